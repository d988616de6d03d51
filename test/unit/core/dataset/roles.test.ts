import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessRoles, type ColumnRoles } from '../../../../extension/core/dataset/roles';
import type { Json } from '../../../../extension/core/json';

const story = 'Wall Street bears are seeing green again, after another week of falling prices';
const argilla: Json = [
  { label: 'ham', score: 0.9 },
  { label: 'spam', score: 0.1 },
];

function rows(row: (index: number) => readonly Json[]): Json[][] {
  return Array.from({ length: 40 }, (_, index) => [...row(index)]);
}

interface DatasetCase {
  readonly name: string;
  readonly columns: readonly string[];
  readonly row: (index: number) => readonly Json[];
  readonly roles: Partial<ColumnRoles>;
}

const cases: readonly DatasetCase[] = [
  {
    name: 'SMS Spam Collection of Kaggle, whose names say nothing',
    columns: ['v1', 'v2', '', ' (2)', ' (3)'],
    row: (index) => [index % 3 ? 'ham' : 'spam', `Free entry in ${index} a weekly competition`, '', '', null],
    roles: { text: 'v2', label: 'v1' },
  },
  {
    name: 'SMS in JSON Lines',
    columns: ['id', 'label', 'text'],
    row: (index) => [index, index % 5 ? 'ham' : 'spam', index % 2 ? 'Ok lar' : `Nah ${index} I do not think so`],
    roles: { id: 'id', text: 'text', label: 'label' },
  },
  {
    name: 'AG News of the Hub',
    columns: ['text', 'label'],
    row: (index) => [`${story} ${index}`, index % 4],
    roles: { text: 'text', label: 'label', id: undefined },
  },
  {
    name: 'AG News of Kaggle',
    columns: ['Class Index', 'Title', 'Description'],
    row: (index) => [String((index % 4) + 1), `Wall St. Bears ${index}`, `${story} ${index}`],
    roles: { text: 'Description', label: 'Class Index' },
  },
  {
    name: 'IMDB',
    columns: ['review', 'sentiment'],
    row: (index) => [`One of the other reviewers ${index}. ${story.repeat(9)}`, index % 2 ? 'positive' : 'negative'],
    roles: { text: 'review', label: 'sentiment' },
  },
  {
    name: 'records of Argilla',
    columns: ['text', 'prediction', 'annotation', 'id', 'metadata'],
    row: (index) => [`${story} ${index}`, argilla, index % 2 ? 'ham' : 'spam', `a-${index}`, { split: 'train' }],
    roles: { text: 'text', prediction: 'prediction', label: 'annotation', id: 'id' },
  },
  {
    name: 'images with labels',
    columns: ['image', 'label'],
    row: (index) => [`images/${index}.png`, index % 10],
    roles: { media: 'image', label: 'label', text: undefined, id: undefined },
  },
  {
    name: 'images as the Hub keeps them',
    columns: ['img', 'fine_label'],
    row: (index) => [{ bytes: 'AQ==', path: null }, index % 7],
    roles: { media: 'img', label: 'fine_label', text: undefined },
  },
  {
    name: 'a column of probabilities a class',
    columns: ['text', 'label', 'prob_ham', 'prob_spam'],
    row: (index) => [`${story} ${index}`, index % 2 ? 'ham' : 'spam', '0.25', '0.75'],
    roles: { text: 'text', label: 'label', probabilities: ['prob_ham', 'prob_spam'] },
  },
  {
    name: 'numbers without texts and labels',
    columns: ['width', 'height'],
    row: (index) => [index * 1.5, index / 7],
    roles: { text: undefined, label: undefined, id: undefined, media: undefined, probabilities: [] },
  },
];

describe('guessRoles', () => {
  it.each(cases)('finds the roles of $name', ({ columns, row, roles }) => {
    expect(guessRoles(columns, rows(row))).toMatchObject(roles);
  });

  it('says why', () => {
    const { reasons } = guessRoles(
      ['v1', 'review'],
      rows((index) => [index % 2, 'a good film']),
    );
    expect(Object.fromEntries(reasons)).toEqual({
      review: 'the text: its name says so, and its texts have 11 characters on average',
      v1: 'the label: it has 2 different values in 40 records',
    });
  });

  it('gives a column one role at most, and a reason to each that has one', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(argilla),
    );
    const names = fc.constantFrom('text', 'label', 'id', 'image', 'prediction', 'prob_a', 'prob_b', 'x', '');
    const table = fc
      .uniqueArray(names)
      .chain((columns) =>
        fc.tuple(
          fc.constant(columns),
          fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length })),
        ),
      );
    fc.assert(
      fc.property(table, ([columns, sample]) => {
        const { reasons, probabilities, ...roles } = guessRoles(columns, sample);
        const used = [...probabilities, ...Object.values(roles).filter((name) => name !== undefined)];
        expect(new Set(used).size).toBe(used.length);
        expect([...reasons.keys()].sort()).toEqual([...used].sort());
      }),
    );
  });
});
