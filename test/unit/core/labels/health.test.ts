import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../extension/core/labels/confidentJoint';
import { estimateJoint, labelHealth } from '../../../../extension/core/labels/health';
import { at, rowsOf } from '../../../../extension/core/labels/matrix';
import { findMultilabelIssues, multilabelScores } from '../../../../extension/core/labels/multilabel';
import { orderLabelIssues } from '../../../../extension/core/labels/findLabelIssues';
import { roundPreservingSum } from '../../../../extension/core/labels/numeric';
import { matrixOf } from '../../../matrixOf';
import { missing, ties } from './acceptance';

describe('the health of labels is what cleanlab 2.9 says', () => {
  it('as a score and per class', () => {
    const health = labelHealth(ties.labels, ties.predProbs);
    expect(health.healthScore).toBe(0.625);
    expect(health.numLabelIssues).toBe(15);
    const joint = estimateJoint(ties.labels, ties.predProbs);
    expect((1 - at(joint, 0, 0) - at(joint, 1, 1)) * ties.labels.length).toBeCloseTo(15, 12);
    expect(health.classes).toEqual([
      expect.objectContaining({
        label: 0,
        labelIssues: 9,
        inverseLabelIssues: 6,
        labelNoise: expect.closeTo(0.45, 12) as unknown,
        labelQuality: 0.55,
      }),
      expect.objectContaining({
        label: 1,
        labelIssues: 6,
        inverseLabelIssues: 9,
        labelNoise: expect.closeTo(0.3, 12) as unknown,
        labelQuality: 0.7,
      }),
    ]);
    expect(health.classes.map(({ inverseLabelNoise }) => inverseLabelNoise)).toEqual([
      expect.closeTo(6 / 17, 12),
      expect.closeTo(9 / 23, 12),
    ]);
    expect(health.overlaps).toEqual([{ first: 0, second: 1, examples: 15, jointProbability: 0.375 }]);
  });

  it('of a dataset with a class that nobody has', () => {
    const health = labelHealth(missing.labels, missing.predProbs);
    expect(health.healthScore).toBe(0.75);
    expect(health.overlaps.map(({ first, second, examples }) => [first, second, examples])).toEqual([
      [0, 2, 2],
      [0, 1, 0],
      [1, 2, 0],
    ]);
  });
});

describe('numbers are rounded and scaled as in cleanlab', () => {
  it.each([
    [
      [2.5, 2.5, 1],
      [2, 3, 1],
    ],
    [
      [0.5, 0.5, 0.5, 0.5],
      [0, 0, 1, 1],
    ],
    [
      [1.5, 1.5, 1],
      [1, 2, 1],
    ],
    [
      [0.6, 0.6, 0.6, 0.2],
      [0, 1, 1, 0],
    ],
    [
      [0.4, 0.4, 0.4, 0.8],
      [0, 0, 1, 1],
    ],
    [
      [2.5, 3.5, 4],
      [2, 4, 4],
    ],
    [
      [1 / 3, 1 / 3, 1 / 3],
      [0, 0, 1],
    ],
    [
      [10.5, 0.25, 0.25],
      [11, 0, 0],
    ],
  ])('%j keeps its sum', (values, rounded) => {
    expect([...roundPreservingSum(Float64Array.from(values))]).toEqual(rounded);
  });

  it('confident joints', () => {
    const calibrated = (rows: readonly (readonly number[])[], counts: readonly number[]): number[][] =>
      rowsOf(calibrate(matrixOf(rows), Float64Array.from(counts)));
    expect(
      calibrated(
        [
          [3, 1],
          [1, 3],
        ],
        [6, 6],
      ),
    ).toEqual([
      [4, 2],
      [2, 4],
    ]);
    expect(
      calibrated(
        [
          [1, 1, 2],
          [0, 5, 0],
          [2, 1, 1],
        ],
        [10, 7, 6],
      ),
    ).toEqual([
      [2, 3, 5],
      [0, 7, 0],
      [3, 1, 2],
    ]);
  });
});

describe('records with several labels', () => {
  const labels = [[0], [0, 1], [1], [], [2], [0, 2]];
  const predProbs = matrixOf([
    [0.9, 0.1, 0.2],
    [0.3, 0.8, 0.1],
    [0.7, 0.9, 0.1],
    [0.2, 0.1, 0.85],
    [0.1, 0.2, 0.9],
    [0.15, 0.2, 0.6],
  ]);

  it('are found and ordered as by cleanlab 2.9', () => {
    const { mask } = findMultilabelIssues(labels, predProbs);
    expect([...mask]).toEqual([0, 1, 1, 1, 0, 1]);
    const scores = multilabelScores(labels, predProbs, 'self_confidence');
    expect([...scores]).toEqual([
      0.8200000000000001, 0.40399999999999997, 0.42000000000000004, 0.28400000000000003, 0.8200000000000001,
      0.24799999999999994,
    ]);
    expect([...orderLabelIssues(mask, scores)]).toEqual([5, 3, 1, 2]);
    expect([...orderLabelIssues(mask, multilabelScores(labels, predProbs, 'normalized_margin'))]).toEqual([5, 3, 1, 2]);
  });

  it('refuse a class that every record has', () => {
    const everywhere = labels.map((own) => [...new Set([0, ...own])]);
    expect(() => findMultilabelIssues(everywhere, predProbs)).toThrow(/at least two classes/);
  });
});
