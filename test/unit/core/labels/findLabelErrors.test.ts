import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLabelErrors, sortBys, type LabelErrorRecord } from '../../../../extension/core/labels/findLabelErrors';
import { rankedLabelIssues } from '../../../../extension/core/labels/findLabelIssues';
import { matrixOf } from '../../../matrixOf';

const rank = 'label_error_candidate';
const scores = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).map(([label, score]) => ({ label, score }));
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The records of Argilla's own test: every one is annotated with what it is not predicted as. */
const argilla = times(12, (id) => ({
  id,
  prediction: scores(id % 2 === 0 ? { bad: 0.9, good: 0.1 } : { good: 0.8, bad: 0.2 }),
  annotation: id % 2 === 0 ? 'good' : 'bad',
  metadata: {},
}));
const ids = (records: readonly { readonly id: number }[]): number[] => records.map(({ id }) => id);

describe("Argilla's find_label_errors", () => {
  it.each([
    ['likelihood', [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]],
    ['prediction', [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]],
    ['none', times(10, (id) => id)],
  ] as const)('sorts its own test by %s as with cleanlab 2.9', (sortBy, expected) => {
    expect(ids(findLabelErrors(argilla, { sortBy }).candidates)).toEqual(expected);
  });

  it('sorts by likelihood when nothing else is said, and numbers the candidates', () => {
    const { candidates } = findLabelErrors(argilla);
    expect(candidates.map(({ metadata }) => metadata)).toEqual(times(10, (index) => ({ [rank]: index })));
    expect(ids(candidates)).toEqual(ids(findLabelErrors(argilla, { sortBy: 'likelihood' }).candidates));
  });

  it('keeps other metadata, takes back the ranks of earlier runs, and leaves the given records alone', () => {
    const before = argilla.map((record) => ({ ...record, metadata: { source: 'mail', [rank]: 99 } }));
    const copy = structuredClone(before);
    const { candidates, records } = findLabelErrors(before);
    expect(before).toEqual(copy);
    expect(ids(records)).toEqual(ids(before));
    expect(records[10]?.metadata).toEqual({ source: 'mail' });
    expect(candidates[0]).toEqual({ ...before[0], metadata: { source: 'mail', [rank]: 0 } });
    expect(records.filter((record) => candidates.includes(record))).toHaveLength(candidates.length);
  });

  it('writes no ranks when nothing is sorted, and takes a key of ours', () => {
    const ranked = findLabelErrors(argilla, { metadataKey: 'rank' }).records;
    expect(ranked[0]?.metadata).toEqual({ rank: 0 });
    const unsorted = findLabelErrors(ranked, { sortBy: 'none', metadataKey: 'rank' });
    expect(unsorted.candidates).toHaveLength(10);
    for (const { metadata } of unsorted.records) expect(metadata).toEqual({});
  });

  it('orders the classes by code point, from the predictions alone', () => {
    const labels = ['World', 'Sports', 'Business', 'Sci/Tech', '\u{1F600}', '\uFF21'];
    const prediction = labels.map((label) => ({ label, score: 1 / 6 }));
    const records = ['World', 'Sports'].map((annotation) => ({ prediction, annotation }));
    const classes = ['Business', 'Sci/Tech', 'Sports', 'World', '\uFF21', '\u{1F600}'];
    expect(findLabelErrors(records).classes).toEqual(classes);
  });

  it('lets the last of two scores for a label count', () => {
    const twice = argilla.map((record) => ({
      ...record,
      prediction: [{ label: record.annotation, score: 0.99 }, ...record.prediction],
    }));
    expect(ids(findLabelErrors(twice).candidates)).toEqual(ids(findLabelErrors(argilla).candidates));
  });

  it('hands options on to the search', () => {
    expect(findLabelErrors(argilla, { filterBy: 'predicted_neq_given' }).candidates).toHaveLength(12);
    expect(findLabelErrors(argilla, { fracNoise: 0 }).candidates).toEqual([]);
    const { warnings } = findLabelErrors(argilla, { minExamplesPerClass: 6 });
    expect(warnings).toEqual(['Classes with too few examples to find errors in: bad, good.']);
  });

  it('finds errors where a predicted class has no annotated record', () => {
    const records = argilla.map((record) => ({
      ...record,
      prediction: [...record.prediction, { label: 'ugly', score: 0 }],
    }));
    expect(ids(findLabelErrors(records).candidates)).toEqual(ids(findLabelErrors(argilla).candidates));
  });
});

describe('records with several labels', () => {
  const predictions = [
    [0.9, 0.1, 0.2],
    [0.3, 0.8, 0.1],
    [0.7, 0.9, 0.1],
    [0.1, 0.2, 0.9],
    [0.15, 0.2, 0.6],
  ].map(([a = 0, b = 0, c = 0]) => scores({ c, a, b }));
  const annotations = [['a'], ['a', 'b'], ['b'], ['c'], ['a', 'c']];
  const records = predictions.map((prediction, id) => ({ id, prediction, annotation: annotations[id] ?? [] }));

  it('are known by the first annotation, and found and ranked', () => {
    const found = findLabelErrors(records);
    expect(found.candidates[0]?.id).toBe(4);
    expect(ids(found.candidates)).toEqual(ids(findLabelErrors(records, { sortBy: 'prediction' }).candidates));
    expect(ids(findLabelErrors(records, { sortBy: 'none' }).candidates)).toEqual(
      ids(found.candidates).sort((a, b) => a - b),
    );
  });

  it('may not be mixed with others', () => {
    const single = { id: 5, prediction: predictions[0] ?? [], annotation: 'a' };
    expect(() => findLabelErrors<LabelErrorRecord>([...records, single])).toThrow(/Record 5 .* a single label/);
    expect(() => findLabelErrors<LabelErrorRecord>([single, ...records])).toThrow(/Record 1 .* a list of labels/);
  });

  it('may not all have one label', () => {
    const everywhere = records.map((record) => ({ ...record, annotation: [...record.annotation, 'b'] }));
    expect(() => findLabelErrors(everywhere)).toThrow('Every record has the label b.');
  });
});

describe('records that say too little', () => {
  const good = scores({ good: 0.6, bad: 0.4 });

  it('are left out', () => {
    const silent: (LabelErrorRecord & { id: number })[] = [
      { id: 90, prediction: null, annotation: 'good' },
      { id: 91, prediction: [], annotation: 'good' },
      { id: 92, prediction: good },
      { id: 93, prediction: good, annotation: '' },
      { id: 94, prediction: scores({ other: 1 }), annotation: [] },
    ];
    const mixed = [...silent.slice(0, 2), ...argilla, ...silent.slice(2)];
    const found = findLabelErrors(mixed);
    expect(ids(found.candidates)).toEqual(ids(findLabelErrors(argilla).candidates));
    expect(found.classes).toEqual(['bad', 'good']);
    expect(() => findLabelErrors(silent)).toThrow(/No record has both/);
    expect(() => findLabelErrors([])).toThrow(/No record has both/);
  });

  it.each<[string, LabelErrorRecord, RegExp]>([
    ['a missing score', { prediction: scores({ good: 1 }), annotation: 'good' }, /Record 12 has no score for .* bad/],
    ['an unknown annotation', { prediction: good, annotation: 'ugly' }, /Record 12 is annotated with ugly/],
    ['a score above 1', { prediction: scores({ good: 1.5, bad: 0 }), annotation: 'bad' }, /record 12 for good is 1.5/],
    ['no number', { prediction: scores({ good: NaN, bad: 0 }), annotation: 'bad' }, /record 12 for good is NaN/],
  ])('are named: %s', (_, record, message) => {
    expect(() => findLabelErrors<LabelErrorRecord>([...argilla, record])).toThrow(message);
  });

  it('have a single label among them', () => {
    const records = argilla.map((record) => ({ ...record, annotation: 'good' }));
    expect(() => findLabelErrors(records)).toThrow('Every record has the label good.');
  });
});

describe('whatever the records', () => {
  const labels = ['a', 'b', 'c'];
  const record = fc.record({
    annotation: fc.constantFrom(...labels),
    prediction: fc.tuple(...labels.map((label) => fc.integer({ min: 0, max: 5 }).map((score) => ({ label, score })))),
    order: fc.nat(),
  });
  const records = fc.array(record, { minLength: 3, maxLength: 40 }).map((made) =>
    [...made, ...labels.map((label) => ({ annotation: label, prediction: made[0]?.prediction ?? [], order: 0 }))].map(
      ({ annotation, prediction, order }) => ({
        annotation,
        // the order in which a record's scores are listed means nothing
        prediction: (order % 2 ? [...prediction].reverse() : prediction).map(({ label, score }) => ({
          label,
          score: score / 5,
        })),
      }),
    ),
  );

  it('the candidates are those of the confident learning on the same numbers', () => {
    fc.assert(
      fc.property(records, (made) => {
        const predProbs = matrixOf(
          made.map(({ prediction }) =>
            labels.map((label) => prediction.find((one) => one.label === label)?.score ?? -1),
          ),
        );
        const given = Int32Array.from(made, ({ annotation }) => labels.indexOf(annotation));
        for (const [sortBy, method] of [
          ['likelihood', 'normalized_margin'],
          ['prediction', 'self_confidence'],
        ] as const) {
          const rows = [...rankedLabelIssues(given, predProbs, method)];
          const found = findLabelErrors(made, { sortBy });
          expect(rows.map((row) => found.records[row])).toEqual(found.candidates);
        }
      }),
    );
  });

  it('every order has the same candidates, and a second run says the same', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(...sortBys), (made, sortBy) => {
        const numbered = made.map((one, id) => ({ ...one, id }));
        const found = findLabelErrors(numbered, { sortBy });
        const unsorted = ids(findLabelErrors(numbered, { sortBy: 'none' }).candidates);
        expect(ids(found.candidates).sort((a, b) => a - b)).toEqual(unsorted);
        expect(findLabelErrors(found.records, { sortBy })).toEqual(found);
      }),
    );
  });
});
