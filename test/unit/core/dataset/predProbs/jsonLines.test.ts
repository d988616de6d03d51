import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPredProbs } from '../../../../../extension/core/dataset/predProbs/readPredProbs';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { testFiles } from '../folder';

const write = testFiles();
const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('probabilities in JSON Lines', () => {
  it.each([
    ['lists', lines([0.25, 0.75], [1, 0]), null],
    ['objects in the order of the first', lines({ ham: 0.25, spam: 0.75 }, { spam: 0, ham: 1 }), ['ham', 'spam']],
    [
      'lists of label and score, sorted by label',
      lines(
        [
          { label: 'spam', score: 0.75 },
          { label: 'ham', score: 0.25 },
        ],
        [
          { label: 'ham', score: 1 },
          { label: 'spam', score: 0 },
        ],
      ),
      ['ham', 'spam'],
    ],
    [
      'records with predictions',
      lines(
        {
          text: 'a',
          prediction: [
            { label: 'ham', score: 0.25 },
            { label: 'spam', score: 0.75 },
          ],
          annotation: 'ham',
        },
        {
          text: 'b',
          prediction: [
            { label: 'ham', score: 1 },
            { label: 'spam', score: 0 },
          ],
          annotation: null,
        },
      ),
      ['ham', 'spam'],
    ],
    ['records with lists', lines({ id: 1, pred_probs: [0.25, 0.75] }, { id: 2, pred_probs: [1, 0] }), null],
  ])('may be %s', async (_, text, names) => {
    const { predProbs, classes } = await readPredProbs(await write('p.jsonl', `\uFEFF${text}\r\n`));
    expect(rowsOf(predProbs)).toEqual([
      [0.25, 0.75],
      [1, 0],
    ]);
    expect(classes).toEqual(names);
  });

  it('come in the order of classes that is asked for, further ones behind', async () => {
    const names = fc.uniqueArray(
      fc.string({ minLength: 1 }).filter((name) => !/^\d+$|^__proto__$/.test(name)),
      { minLength: 2, maxLength: 6 },
    );
    const cases = names.chain((classes) =>
      fc.record({
        classes: fc.constant(classes),
        asked: fc.shuffledSubarray(classes, { minLength: 1 }),
        orders: fc.array(fc.shuffledSubarray(classes, { minLength: classes.length }), { minLength: 1, maxLength: 5 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ classes, asked, orders }) => {
        const value = (name: string, row: number): number => ((classes.indexOf(name) + 1) * (row + 1)) / 64;
        const records = orders.map((order, row) => Object.fromEntries(order.map((name) => [name, value(name, row)])));
        const read = await readPredProbs(await write('p.jsonl', lines(...records)), { classes: asked });
        const ordered = read.classes ?? [];
        expect(ordered.slice(0, asked.length)).toEqual(asked);
        expect([...ordered].sort()).toEqual([...classes].sort());
        expect(rowsOf(read.predProbs)).toEqual(records.map((record) => ordered.map((name) => record[name])));
      }),
      { numRuns: 50 },
    );
  });

  it('lack no label of the dataset', async () => {
    const path = await write('p.jsonl', lines({ ham: 0.5, spam: 0.5 }));
    await expect(readPredProbs(path, { classes: ['ham', 'eggs', 'bacon'] })).rejects.toThrow(
      'p.jsonl has no column for eggs, bacon; its classes are ham, spam.',
    );
  });

  it.each([
    [
      'a row without a label',
      lines({ a: 0.5, b: 0.5 }, { a: 1 }),
      'Row 1 of p.jsonl has no probability of b, which row 0 has.',
    ],
    [
      'a row with a further label',
      lines({ a: 1, b: 0 }, { a: 1, b: 0, c: 0 }),
      'Row 1 of p.jsonl has a probability of c, which row 0 has not.',
    ],
    ['a longer row', lines([0, 1], [0, 1, 0]), 'Row 1 of p.jsonl has 3 values, row 0 has 2.'],
    [
      'a row with names after one without',
      lines([0, 1], { a: 1, b: 0 }),
      'Row 1 of p.jsonl names its classes, unlike row 0.',
    ],
    ['the best label alone', lines({ label: 'a', score: 0.9 }), 'top_k=None'],
    ['the best label alone, in a list', lines([{ label: 'a', score: 0.9 }]), 'top_k=None'],
    ['texts', lines({ a: 'x', b: 0 }), 'Row 0 of p.jsonl has "x" for a, not a probability.'],
    ['a nested list', lines([[0.5, 0.5]]), 'Row 0 of p.jsonl has a list for value 0, not a probability.'],
    ['null', lines(null), 'Row 0 of p.jsonl is null, not probabilities.'],
    ['a torn line', `${lines([0, 1])}[0,`, 'Row 1 of p.jsonl is no JSON. Every line has to be complete.'],
    ['NaN', '[NaN, 1]\n', 'p.jsonl has NaN in row 0, column 0'],
    ['nothing', '', 'p.jsonl holds no probabilities'],
  ])('with %s are refused', async (_, text, message) => {
    await expect(readPredProbs(await write('p.jsonl', text))).rejects.toThrow(message);
  });
});
