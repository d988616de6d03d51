import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { predictProba, trainClassifier, trainingSetOf } from '../../../../extension/core/labels/classifier';
import { rowsOf } from '../../../../extension/core/labels/matrix';
import { readModel, writeModel } from '../../../../extension/core/labels/modelFile';
import { discarded } from '../../../../extension/core/labels/naiveBayes';

const classes = ['n', 'p', 'z'];
const texts = ['good fun', 'good film', 'bad film', 'bad plot', 'good plot', 'awful', 'bad bad film'];
const labels = Int32Array.from(['p', 'p', 'n', 'n', 'p', 'z', 'n'], (name) => classes.indexOf(name));
const example = () => trainClassifier(trainingSetOf(texts, labels, classes));

describe('the classifier', () => {
  it("gives scikit-learn's probabilities", () => {
    const [known, ...unknown] = rowsOf(predictProba(example(), ['good bad', 'unknown words', '']));
    const expected = [0.46108003554812066, 0.4329029222646244, 0.10601704218725497];
    expect(known).toEqual(expected.map((value): unknown => expect.closeTo(value, 12)));
    for (const row of unknown)
      expect(row).toEqual([3 / 7, 3 / 7, 1 / 7].map((value): unknown => expect.closeTo(value, 12)));
  });

  it('leaves out records without a label or a text, and says how many', () => {
    const set = trainingSetOf(
      [...texts, 'good', null, ' \n', ''],
      Int32Array.of(...labels, discarded, 0, 0, 2),
      classes,
    );
    expect(set.leftOut).toBe(4);
    expect(set.labels).toEqual(labels);
    const { counts } = trainClassifier(set);
    expect(counts.examples).toEqual(example().counts.examples);
    expect(counts.words).toEqual(example().counts.words);
  });

  it('agrees with the formula of multinomial naive Bayes', () => {
    const word = fc.constantFrom('ab', 'cd', 'ef', 'gh', 'ij');
    const text = fc.array(word, { minLength: 1, maxLength: 6 });
    const record = fc.tuple(text, fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), text, (records, asked) => {
        const set = trainingSetOf(
          records.map(([words]) => words.join(' ')),
          Int32Array.from(records, ([, label]) => label),
          classes,
        );
        const [row = []] = rowsOf(predictProba(trainClassifier(set), [asked.join(' ')]));
        const expected = byFormula(records, asked);
        for (const [label, value] of row.entries()) expect(value).toBeCloseTo(expected[label] ?? NaN, 12);
      }),
    );
  });
});

/** The products of the definition, without logarithms. */
function byFormula(records: readonly (readonly [readonly string[], number])[], asked: readonly string[]): number[] {
  const vocabulary = new Set(records.flatMap(([words]) => words));
  const scores = classes.map((_, label) => {
    const own = records.filter((record) => record[1] === label);
    const words = own.flatMap(([all]) => all);
    return asked
      .filter((word) => vocabulary.has(word))
      .reduce(
        (product, word) =>
          (product * (words.filter((one) => one === word).length + 1)) / (words.length + vocabulary.size),
        own.length / records.length,
      );
  });
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.map((score) => score / total);
}

describe('a model file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flag-review-model-'));
    file = join(folder, 'model.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const trainedOn = {
    file: 'reviews.csv',
    sha256: 'ab'.repeat(32),
    rows: 7,
    text: 'text',
    label: 'label',
    date: '2026-11-21T09:00:00.000Z',
  };

  it('predicts as the classifier that was written, and says what it has learned from', async () => {
    await writeModel(file, { classifier: example(), trainedOn });
    const model = await readModel(file);
    const asked = [...texts, 'good bad', 'unknown words', ''];
    expect(predictProba(model.classifier, asked)).toEqual(predictProba(example(), asked));
    expect(model.classifier).toEqual(example());
    expect(model.trainedOn).toEqual(trainedOn);
  });

  it('is replaced whole', async () => {
    writeFileSync(file, 'another file');
    await writeModel(file, { classifier: example(), trainedOn });
    expect(readdirSync(folder)).toEqual(['model.json']);
    await expect(readModel(file)).resolves.toMatchObject({ trainedOn });
  });

  it.each([
    ['another JSON file', '{"format": "gradio"}', /no model of Flag & Review/],
    ['a list', '[1]', /no model of Flag & Review/],
    ['text', 'import pickle', /no model of Flag & Review/],
    ['a later version', '{"format": "flag-review-classifier", "version": 2}', /later version/],
    ['half a model', '{"format": "flag-review-classifier", "version": 1, "classes": ["a"]}', /damaged/],
  ])('is refused when it is %s', async (_, text, message) => {
    writeFileSync(file, text);
    await expect(readModel(file)).rejects.toThrow(message);
  });

  it.each([
    ['a column beyond the vocabulary', { words: [{ columns: [99], counts: [1] }, none(), none()] }],
    ['counts of another length', { words: [{ columns: [0], counts: [] }, none(), none()] }],
    ['columns out of order', { words: [{ columns: [1, 0], counts: [1, 1] }, none(), none()] }],
    ['a negative count', { examples: [3, -1, 1] }],
    ['no examples', { examples: [0, 0, 0] }],
    ['a class without its counts', { words: [none(), none()] }],
    ['nothing on its origin', { trainedOn: null }],
  ])('is refused with %s', async (_, change) => {
    await writeModel(file, { classifier: example(), trainedOn });
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...change }));
    await expect(readModel(file)).rejects.toThrow(/damaged/);
  });

  it('must be there', async () => {
    await expect(readModel(file)).rejects.toThrow(/cannot be read/);
  });
});

function none() {
  return { columns: [], counts: [] };
}
