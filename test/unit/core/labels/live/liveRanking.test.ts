import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidentThresholds, countConfidentJoint } from '../../../../../extension/core/labels/confidentJoint';
import { countKnownWords, countWords } from '../../../../../extension/core/labels/countMatrix';
import { crossValPredictProba, predictOutOfFold } from '../../../../../extension/core/labels/crossValidation';
import { filters } from '../../../../../extension/core/labels/filters';
import { rankedLabelIssues } from '../../../../../extension/core/labels/findLabelIssues';
import { LiveRanking } from '../../../../../extension/core/labels/live/liveRanking';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { discarded } from '../../../../../extension/core/labels/naiveBayes';
import type { RankingOptions } from '../../../../../extension/core/labels/ranking';
import { labelQualityScores, rankMethods } from '../../../../../extension/core/labels/scores';
import { stratifiedFolds } from '../../../../../extension/core/labels/stratifiedFolds';

interface Session {
  readonly texts: readonly string[];
  readonly classes: number;
  readonly labels: Int32Array;
  readonly folds: Uint16Array;
  readonly steps: readonly { readonly row: number; readonly label: number }[];
  readonly options: RankingOptions;
}

const words = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg', 'hh', 'rare', 'rarer', 'rarest', 'the', 'the', 'the'];
const sentence = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((chosen) => chosen.join(' '));

/** Any folds, not those of the labels alone; steps discard every fourth time or so. */
const session: fc.Arbitrary<Session> = fc.record({ classes: fc.integer({ min: 2, max: 4 }) }).chain(({ classes }) => {
  const label = fc.integer({ min: 0, max: classes - 1 });
  const record = fc.tuple(sentence, label, fc.integer({ min: 0, max: 3 }));
  const step = fc.record({ row: fc.nat(), label: fc.oneof({ weight: 3, arbitrary: label }, fc.constant(discarded)) });
  return fc
    .record({
      records: fc.array(record, { minLength: 6, maxLength: 24 }),
      steps: fc.array(step, { minLength: 1, maxLength: 10 }),
      options: fc.record({
        filterBy: fc.constantFrom(...filters),
        fracNoise: fc.constantFrom(1, 0.5),
        minExamplesPerClass: fc.integer({ min: 0, max: 3 }),
        rankedBy: fc.constantFrom(...rankMethods),
        adjustPredProbs: fc.boolean(),
      }),
    })
    .map(({ records, steps, options }) => ({
      texts: ['aa bb', ...records.map(([text]) => text)],
      classes,
      labels: Int32Array.of(0, ...records.map(([, given]) => given)),
      folds: Uint16Array.of(0, ...records.map(([, , fold]) => fold)),
      steps: steps.map(({ row, label: next }) => ({ row: row % (records.length + 1), label: next })),
      options,
    }));
});

/** What a ranking says, as plain values; equal only when equal to the last bit. */
function stateOf(live: LiveRanking): unknown {
  return attempt(() => {
    const { predProbs, thresholds, joint, scores, mask, order } = live.ranking();
    const kept = [...live.labels.keys()].filter((row) => live.labels[row] !== discarded);
    const rows = rowsOf(predProbs);
    return {
      predProbs: kept.map((row) => rows[row]),
      thresholds: [...thresholds],
      joint: rowsOf(joint),
      scores: [...scores],
      candidates: [...mask.keys()].filter((row) => mask[row]),
      order: [...order],
    };
  });
}

/** The same from the texts that are kept alone: nothing of the others is known. */
function fromScratch({ texts, classes, folds, options }: Session, labels: Readonly<Int32Array>): unknown {
  return attempt(() => {
    const { vocabulary } = countWords(texts);
    const kept = [...labels.keys()].filter((row) => labels[row] !== discarded);
    const matrix = countKnownWords(
      kept.map((row) => texts[row] ?? ''),
      vocabulary,
    );
    const own = Int32Array.from(kept, (row) => labels[row] ?? 0);
    const ownFolds = Uint16Array.from(kept, (row) => folds[row] ?? 0);
    const { predProbs } = predictOutOfFold(matrix, own, classes, ownFolds);
    const { rankedBy = 'normalized_margin', adjustPredProbs } = options;
    const order = rankedLabelIssues(own, predProbs, rankedBy, options);
    const scores = labelQualityScores(own, predProbs, rankedBy, adjustPredProbs);
    return {
      predProbs: rowsOf(predProbs),
      thresholds: [...confidentThresholds(own, predProbs)],
      joint: rowsOf(countConfidentJoint(own, predProbs).joint),
      scores: [...order].map((index) => scores[index]),
      candidates: [...order].map((index) => kept[index]).sort((a = 0, b = 0) => a - b),
      order: [...order].map((index) => kept[index]),
    };
  });
}

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
}

const begin = ({ texts, classes, folds, options }: Session, labels: Readonly<Int32Array>): LiveRanking =>
  new LiveRanking(countWords(texts), Int32Array.from(labels), classes, folds, options);

const apply = (live: LiveRanking, { row, label }: Session['steps'][number]): void =>
  label === discarded ? live.discard(row) : live.change(row, label);

describe('a live ranking', () => {
  it('is after every step what all of it computed anew would be', () => {
    fc.assert(
      fc.property(session, (one) => {
        const live = begin(one, one.labels);
        const labels = one.labels.slice();
        expect(stateOf(live)).toEqual(fromScratch(one, labels));
        for (const step of one.steps) {
          apply(live, step);
          labels[step.row] = step.label;
          expect(live.labels).toEqual(labels);
          expect(stateOf(live)).toEqual(fromScratch(one, labels));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after all steps at once, and when resumed with the labels that they left', () => {
    fc.assert(
      fc.property(session, (one) => {
        const live = begin(one, one.labels);
        for (const step of one.steps) apply(live, step);
        expect(stateOf(live)).toEqual(fromScratch(one, live.labels));
        expect(stateOf(begin(one, live.labels))).toEqual(stateOf(live));
      }),
    );
  });

  it('is what it was when every step is undone', () => {
    fc.assert(
      fc.property(session, (one) => {
        const live = begin(one, one.labels);
        const before = stateOf(live);
        for (const step of one.steps) apply(live, step);
        for (const row of one.labels.keys()) live.change(row, one.labels[row] ?? 0);
        expect(stateOf(live)).toEqual(before);
      }),
    );
  });

  it('predicts discarded records too, from the others', () => {
    fc.assert(
      fc.property(session, (one) => {
        const live = begin(one, one.labels);
        for (const step of one.steps) apply(live, step);
        const matrix = countWords(one.texts);
        const anew = attempt(() => rowsOf(predictOutOfFold(matrix, live.labels, one.classes, one.folds).predProbs));
        const now = attempt(() => rowsOf(live.ranking().predProbs));
        fc.pre(typeof now !== 'string');
        expect(now).toEqual(anew);
      }),
    );
  });

  it('begins as a cross-validation of its own would end', () => {
    const texts = ['good fun', 'good film', 'bad film', 'bad plot', 'good plot', 'awful', 'bad bad film'];
    const labels = Int32Array.of(1, 1, 0, 0, 1, 2, 0);
    const matrix = countWords(texts);
    const live = new LiveRanking(matrix, labels, 3, stratifiedFolds(labels, 3, 3).folds);
    expect(live.ranking().predProbs).toEqual(crossValPredictProba(matrix, labels, 3, { folds: 3 }).predProbs);
  });
});

describe('a correction', () => {
  const texts = ['good fun', 'good fine', 'good film', 'bad fun', 'bad film', 'bad plot', 'bad fine', 'good plot'];
  const labels = Int32Array.of(1, 1, 1, 0, 0, 0, 1, 0);
  const folds = Uint16Array.of(0, 1, 0, 0, 1, 0, 1, 1);
  const start = (): LiveRanking =>
    new LiveRanking(countWords(texts), labels, 2, folds, { filterBy: 'predicted_neq_given' });

  it('takes a record from the candidates, and those that it misled', () => {
    const live = start();
    expect([...live.ranking().order]).toContain(6);
    live.change(6, 0);
    live.change(7, 1);
    expect([...live.ranking().order]).toEqual([]);
  });

  it('leaves the labels that it was given alone', () => {
    const live = start();
    live.change(0, 0);
    expect([labels[0], live.labels[0]]).toEqual([1, 0]);
  });

  it.each([
    [8, 0, /no row 8/],
    [-1, 0, /no row -1/],
    [0, 2, /no class 2/],
    [0, -2, /no class -2/],
  ])('of row %i to class %i is refused', (row, label, message) => {
    const live = start();
    expect(() => live.change(row, label)).toThrow(message);
    expect(live.ranking()).toEqual(start().ranking());
  });

  it('that leaves a single class says so, and can be undone', () => {
    const live = start();
    const before = [...live.ranking().order];
    const zeros = [...labels.keys()].filter((row) => labels[row] === 0);
    for (const row of zeros) live.change(row, 1);
    expect(() => live.ranking()).toThrow(/Every record has the label 1/);
    for (const row of zeros) live.change(row, 0);
    expect([...live.ranking().order]).toEqual(before);
  });

  it('that leaves a fold without others to learn from says so, and can be undone', () => {
    const live = start();
    const others = [...folds.keys()].filter((row) => folds[row] === 1);
    for (const row of others) live.discard(row);
    expect(() => live.ranking()).toThrow(/no record to learn from/);
    for (const row of others) live.change(row, labels[row] ?? 0);
    expect(live.ranking().predProbs).toEqual(start().ranking().predProbs);
  });
});
