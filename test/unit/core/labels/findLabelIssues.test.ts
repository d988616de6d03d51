import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, confidentThresholds, countConfidentJoint } from '../../../../extension/core/labels/confidentJoint';
import { filters, type FilterBy } from '../../../../extension/core/labels/filters';
import {
  findLabelIssues,
  rankedLabelIssues,
  type FindLabelIssuesOptions,
} from '../../../../extension/core/labels/findLabelIssues';
import { rowsOf } from '../../../../extension/core/labels/matrix';
import { rankMethods } from '../../../../extension/core/labels/scores';
import { labelQualityScores } from '../../../../extension/core/labels/scores';
import { matrixOf } from '../../../matrixOf';
import { missing, near, small, ties, type Case } from './acceptance';

const flagged = ({ labels, predProbs }: Case, options: FindLabelIssuesOptions = {}): number[] => {
  const { mask } = findLabelIssues(labels, predProbs, options);
  return [...mask.keys()].filter((row) => mask[row]);
};
const ranked = ({ labels, predProbs }: Case, options: FindLabelIssuesOptions = {}): number[] => [
  ...rankedLabelIssues(labels, predProbs, 'normalized_margin', options),
];
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('confident learning gives what cleanlab 2.9 gives', () => {
  it('for thresholds and the confident joint', () => {
    expect([...confidentThresholds(small.labels, small.predProbs)]).toEqual([0.5, 0.6000000000000001, 0.4]);
    const { joint } = countConfidentJoint(small.labels, small.predProbs);
    const expected = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ];
    expect(rowsOf(joint)).toEqual(expected);
    expect(rowsOf(calibrate(joint, Float64Array.of(2, 2, 1)))).toEqual(expected);
  });

  it.each(filters)('for few examples, by %s', (filterBy) => {
    expect(flagged(small, { filterBy })).toEqual([2, 3]);
    for (const method of rankMethods)
      expect([...rankedLabelIssues(small.labels, small.predProbs, method, { filterBy })]).toEqual([3, 2]);
  });

  it('for classes that have too few examples', () => {
    const { warnings } = findLabelIssues(small.labels, small.predProbs, { classNames: ['a', 'b', 'c'] });
    expect(warnings).toEqual(['Classes with too few examples to find errors in: c.']);
    const loose = findLabelIssues(small.labels, small.predProbs, { filterBy: 'predicted_neq_given' });
    expect(loose.warnings).toEqual([]);
  });

  it('for scores', () => {
    const scores = (method: (typeof rankMethods)[number], adjust = false): number[] => [
      ...labelQualityScores(small.labels, small.predProbs, method, adjust),
    ];
    expect(scores('normalized_margin')).toEqual([0.9, 0.8, 0.4, 0.09999999999999998, 0.55]);
    const entropy = [
      0.8645935562308207, 0.7915348727797152, 0.6064715353800124, 0.46501673288013445, 0.5030182606694615,
    ];
    for (const [row, score] of scores('confidence_weighted_entropy').entries())
      expect(score).toBeCloseTo(entropy[row] ?? 0, 12);
    expect(scores('normalized_margin', true)).toEqual([
      0.8076923076923076, 0.6923076923076923, 0.3846153846153846, 0.23076923076923084, 0.5769230769230769,
    ]);
  });

  it.each<[FilterBy, number[]]>([
    ['predicted_neq_given', [3, 4, 5]],
    ['prune_by_noise_rate', [3, 4, 5]],
    ['prune_by_class', [3, 4, 5]],
    ['both', [3, 4, 5]],
    ['confident_learning', [4, 5]],
    ['low_normalized_margin', [4, 5]],
    ['low_self_confidence', [4, 5]],
  ])('for probabilities that are nearly equal, by %s', (filterBy, rows) => {
    expect(flagged(near, { filterBy })).toEqual(rows);
  });

  it('for the thresholds and the confident joint of nearly equal probabilities', () => {
    const [first, second] = confidentThresholds(near.labels, near.predProbs);
    expect(first).toBeCloseTo(0.5414999833333333, 15);
    expect(second).toBe(0.5875);
    const { joint } = countConfidentJoint(near.labels, near.predProbs);
    expect(rowsOf(joint)).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(rowsOf(calibrate(joint, Float64Array.of(6, 4)))).toEqual([
      [4, 2],
      [1, 3],
    ]);
  });

  it('for the order of nearly equal probabilities', () => {
    expect(ranked(near)).toEqual([5, 4, 3]);
  });

  it('for a class without examples', () => {
    expect([...confidentThresholds(missing.labels, missing.predProbs)]).toEqual([0.5, 2, 0.65]);
    const { joint } = countConfidentJoint(missing.labels, missing.predProbs);
    expect(rowsOf(joint)).toEqual([
      [2, 0, 1],
      [0, 1, 0],
      [1, 0, 3],
    ]);
    expect(rowsOf(calibrate(joint, Float64Array.of(4, 0, 4)))).toEqual([
      [3, 0, 1],
      [0, 0, 0],
      [1, 0, 3],
    ]);
    expect(flagged(missing)).toEqual([4, 5]);
    expect(ranked(missing)).toEqual([4, 5]);
    expect(flagged(missing, { filterBy: 'predicted_neq_given' })).toEqual([4, 5, 6]);
  });

  it.each(filters)('for many equal scores, by %s', (filterBy) => {
    expect(flagged(ties, { filterBy })).toEqual([...range(0, 8), ...range(34, 39)]);
    expect(ranked(ties, { filterBy })).toEqual([...range(0, 8), ...range(34, 39)]);
  });

  it('for the thresholds and the confident joint of many equal scores', () => {
    expect([...confidentThresholds(ties.labels, ties.predProbs)]).toEqual([0.54, 0.6500000000000001]);
    expect(rowsOf(countConfidentJoint(ties.labels, ties.predProbs).joint)).toEqual([
      [11, 9],
      [6, 14],
    ]);
  });

  /** The first rows of the 9 and 6 that score equal; how many are taken is cleanlab's, and which ones ours. */
  const firstOfEqual = ([first = 0, second = 0]: readonly number[]): number[] => [
    ...range(0, first - 1),
    ...range(34, 34 + second - 1),
  ];

  it.each([
    [{ fracNoise: 0.5 }, [4, 3]],
    [{ fracNoise: 0.33 }, [2, 1]],
    [{ minExamplesPerClass: 15 }, [5, 5]],
    [{ minExamplesPerClass: 19 }, [1, 1]],
    [{ minExamplesPerClass: 20 }, [0, 0]],
  ])('for how many of equal scores are taken with %j', (options, counts) => {
    expect(flagged(ties, options)).toEqual(firstOfEqual(counts));
  });

  it.each<[FilterBy, number[], number[]]>([
    ['prune_by_class', [3, 2], [3, 2]],
    ['prune_by_noise_rate', [3, 2], [2, 3]],
    ['prune_by_class', [0, 4], [0, 4]],
    ['prune_by_noise_rate', [0, 4], [4, 0]],
    ['prune_by_class', [25, 1], [9, 1]],
    ['prune_by_noise_rate', [25, 1], [1, 6]],
  ])('for %s with numbers per class %j', (filterBy, numToRemovePerClass, counts) => {
    expect(flagged(ties, { filterBy, numToRemovePerClass })).toEqual(firstOfEqual(counts));
  });
});

const dataset = fc
  .integer({ min: 2, max: 4 })
  .chain((classes) =>
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: classes - 1 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: classes, maxLength: classes }),
      ),
      { minLength: 4, maxLength: 40 },
    ),
  )
  .map((rows): Case => ({
    labels: Int32Array.from([0, 1, ...rows.map(([label]) => label)]),
    predProbs: matrixOf(
      [rows[0], rows[1], ...rows].map((row) => {
        const weights = (row?.[1] ?? []).map((weight) => weight + 0.5);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return weights.map((weight) => weight / total);
      }),
    ),
  }));

describe('whatever the data', () => {
  it('a candidate is never one whose given label is the most probable', () => {
    fc.assert(
      fc.property(dataset, fc.constantFrom(...filters.slice(0, 5)), ({ labels, predProbs }, filterBy) => {
        const { mask } = findLabelIssues(labels, predProbs, { filterBy });
        for (const [row, probabilities] of rowsOf(predProbs).entries()) {
          if (mask[row]) expect(probabilities[labels[row] ?? 0]).toBeLessThan(Math.max(...probabilities));
        }
      }),
    );
  });

  it('candidates of both filters are candidates of each', () => {
    fc.assert(
      fc.property(dataset, (data) => {
        const both = new Set(flagged(data, { filterBy: 'both' }));
        const each = [new Set(flagged(data)), new Set(flagged(data, { filterBy: 'prune_by_class' }))];
        expect([...both].every((row) => each.every((rows) => rows.has(row)))).toBe(true);
      }),
    );
  });

  it('less noise asked for gives a part of the candidates', () => {
    fc.assert(
      fc.property(dataset, (data) => {
        const all = new Set(flagged(data));
        expect(flagged(data, { fracNoise: 0.5 }).every((row) => all.has(row))).toBe(true);
      }),
    );
  });
});

describe('labels and probabilities that do not belong together', () => {
  it.each([
    [
      [1, 1],
      [
        [0.5, 0.5],
        [0.4, 0.6],
      ],
      {},
      /Every record has the label 1/,
    ],
    [
      [0, 3],
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      {},
      /at least 4 columns/,
    ],
    [
      [0, 1],
      [
        [1.2, 0],
        [0, 1],
      ],
      {},
      /row 0, column 0 is 1.2/,
    ],
    [
      [0, 1],
      [
        [NaN, 0],
        [0, 1],
      ],
      {},
      /row 0, column 0 is NaN/,
    ],
    [
      [0, -1],
      [
        [1, 0],
        [0, 1],
      ],
      {},
      /row 1 is negative/,
    ],
    [
      [0, 1, 1],
      [
        [1, 0],
        [0, 1],
      ],
      {},
      /3 labels but predicted probabilities of 2 rows/,
    ],
    [[], [], {}, /no labels/],
    [
      [0, 1],
      [
        [1, 0],
        [0, 1],
      ],
      { fracNoise: 2 },
      /frac_noise/,
    ],
    [
      [0, 1],
      [
        [1, 0],
        [0, 1],
      ],
      { numToRemovePerClass: [1] },
      /has 1 numbers/,
    ],
    [
      [0, 1],
      [
        [1, 0],
        [0, 1],
      ],
      { filterBy: 'predicted_neq_given', numToRemovePerClass: [1, 1] },
      /cannot be kept/,
    ],
  ] as const)('%j, %j', (labels, rows, options, message) => {
    expect(() => findLabelIssues(Int32Array.from(labels), matrixOf(rows), options)).toThrow(message);
  });

  it('are no error where every label is the first class', () => {
    expect(
      flagged({
        labels: Int32Array.of(0, 0),
        predProbs: matrixOf([
          [0.5, 0.5],
          [0.4, 0.6],
        ]),
      }),
    ).toEqual([]);
  });
});
