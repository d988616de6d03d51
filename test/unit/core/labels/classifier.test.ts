import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { predictProba, trainClassifier, type TrainingSet } from '../../../../extension/core/labels/classifier';
import { countWords } from '../../../../extension/core/labels/countMatrix';
import { rowsOf } from '../../../../extension/core/labels/matrix';
import { readModel, writeModel } from '../../../../extension/core/labels/modelFile';

const classes = ['n', 'p', 'z'];
const texts = ['good fun', 'good film', 'bad film', 'bad plot', 'good plot', 'awful', 'bad bad film'];
const labels = ['p', 'p', 'n', 'n', 'p', 'z', 'n'];
const example = () => trainClassifier(setOf(texts.map((text, row) => [text, labels[row] ?? ''])));

function setOf(records: readonly (readonly [text: string, label: string])[]): TrainingSet {
  const names = [...new Set(records.map(([, label]) => label))].sort();
  return {
    matrix: countWords(records.map(([text]) => text)),
    labels: Int32Array.from(records, ([, label]) => names.indexOf(label)),
    classes: names,
    leftOut: 0,
  };
}

describe('the classifier', () => {
  it("gives scikit-learn's probabilities", () => {
    const [known, ...unknown] = rowsOf(predictProba(example(), ['good bad', 'unknown words', '']));
    const expected = [0.46108003554812066, 0.4329029222646244, 0.10601704218725497];
    expect(known).toEqual(expected.map((value): unknown => expect.closeTo(value, 12)));
    for (const row of unknown)
      expect(row).toEqual([3 / 7, 3 / 7, 1 / 7].map((value): unknown => expect.closeTo(value, 12)));
  });

  it('agrees with the formula of multinomial naive Bayes', () => {
    const word = fc.constantFrom('ab', 'cd', 'ef', 'gh', 'ij');
    const text = fc.array(word, { minLength: 1, maxLength: 6 });
    const record = fc.tuple(text, fc.constantFrom(...classes));
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), text, (examples, asked) => {
        const model = trainClassifier(setOf(examples.map(([words, label]) => [words.join(' '), label])));
        const [row = []] = rowsOf(predictProba(model, [asked.join(' ')]));
        expect(model.classes).toEqual([...new Set(examples.map(([, label]) => label))].sort());
        const expected = byFormula(examples, model.classes, asked);
        for (const [label, value] of row.entries()) expect(value).toBeCloseTo(expected[label] ?? NaN, 12);
      }),
    );
  });
});

/** The products of the definition, without logarithms. */
function byFormula(
  examples: readonly (readonly [words: readonly string[], label: string])[],
  names: readonly string[],
  asked: readonly string[],
): number[] {
  const vocabulary = new Set(examples.flatMap(([words]) => words));
  const scores = names.map((name) => {
    const own = examples.filter(([, label]) => label === name);
    const words = own.flatMap(([all]) => all);
    const shares = asked
      .filter((word) => vocabulary.has(word))
      .map((word) => (words.filter((one) => one === word).length + 1) / (words.length + vocabulary.size));
    return shares.reduce((product, share) => product * share, own.length / examples.length);
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
