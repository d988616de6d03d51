import { parquetWriteFile } from 'hyparquet-writer';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { readPredProbs } from '../../../../../extension/core/dataset/predProbs/readPredProbs';
import { columnsPredProbs } from '../../../../../extension/core/dataset/predProbs/tablePredProbs';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { testFiles } from '../folder';

const write = testFiles();
const rows = [
  [0.25, 0.75],
  [1, 0],
];

describe('probabilities in a table', () => {
  it.each([
    ['names.csv', 'ham,spam\n0.25,.75\n1,0\n', ['ham', 'spam']],
    ['names.tsv', 'ham\tspam\r\n2.5e-1\t0.75\r\n1.0\t0.0\r\n', ['ham', 'spam']],
    ['prefixes.csv', 'prob_ham,prob_spam\n0.25,0.75\n1,0\n', ['ham', 'spam']],
    ['prefixes.csv', 'proba_ham,proba_spam\n0.25,0.75\n1,0\n', ['ham', 'spam']],
    ['prefixes.csv', 'p_ham,p_spam\n0.25,0.75\n1,0\n', ['ham', 'spam']],
    ['decimal commas.csv', 'ham;spam\n0,25;,75\n1,0;0\n', ['ham', 'spam']],
    ['part of the names.csv', 'p_value,other\n0.25,0.75\n1,0\n', ['p_value', 'other']],
    ['pandas with its index.csv', ',ham,spam\n0,0.25,0.75\n1,1.0,0.0\n', ['ham', 'spam']],
    ['pandas with its index, without names.csv', ',0,1\n0,0.25,0.75\n1,1.0,0.0\n', null],
    ['without names.csv', '0.25,0.75\n1,0\n', null],
    ['pandas without names.csv', '0,1\n0.25,0.75\n1.0,0.0\n', null],
  ])('%s', async (name, text, names) => {
    const { predProbs, classes } = await readPredProbs(await write(name, text));
    expect(rowsOf(predProbs)).toEqual(rows);
    expect(classes).toEqual(names);
  });

  it('may repeat a number in its first line', async () => {
    const { predProbs, classes } = await readPredProbs(await write('p.csv', '0.25,0.5,0.25\n0.25,0.5,0.25\n'));
    expect(rowsOf(predProbs)).toEqual([
      [0.25, 0.5, 0.25],
      [0.25, 0.5, 0.25],
    ]);
    expect(classes).toBeNull();
  });

  it('says what it leaves out, and what it assumes', async () => {
    const path = await write('p.csv', 'text,prob_ham,label,prob_spam\n"a, b",0.25,ham,0.75\nc,1,spam,0\n');
    const { predProbs, warnings } = await readPredProbs(path);
    expect(rowsOf(predProbs)).toEqual(rows);
    expect(warnings).toEqual(['Columns without probabilities were left out: text, label.']);
    expect((await readPredProbs(await write('p.csv', ',a,b\n0,0.5,0.5\n'))).warnings).toEqual([]);
    const numbered = await readPredProbs(await write('p.csv', '0,1\n0.5,0.5\n'));
    expect(numbered.warnings).toEqual(['The first line, 0, 1, was taken for the numbers of the columns.']);
  });

  it.each([
    ['text', 'ham,spam\n0.5,0.5\nwhat,0\n', 'Row 1 of p.csv has "what" in column ham, where a probability is needed.'],
    ['an empty cell', 'ham,spam\n0.5,\n', 'Row 0 of p.csv has nothing in column spam'],
    ['NaN', 'ham,spam\n0.5,0.5\nnan,0\n', 'p.csv has NaN in row 1, column ham'],
    ['an infinity', 'ham,spam\n0.5,0.5\n-inf,0\n', 'p.csv has -Infinity in row 1, column ham'],
    ['one column', 'spam\n0.5\n', 'Row 0 of p.csv is 0.5, not probabilities.'],
    ['no rows', 'ham,spam\n', 'p.csv holds no probabilities'],
  ])('with %s is refused', async (_, text, message) => {
    await expect(readPredProbs(await write('p.csv', text))).rejects.toThrow(message);
  });

  it('may be Parquet, of columns or of lists', async () => {
    const path = await write('p.parquet', '');
    const columns = [
      { name: 'ham', data: [0.25, 1], type: 'DOUBLE' as const },
      { name: 'spam', data: [0.75, 0], type: 'DOUBLE' as const },
    ];
    parquetWriteFile({ filename: path, columnData: columns });
    const { predProbs, classes } = await readPredProbs(path, { classes: ['spam', 'ham'] });
    expect(rowsOf(predProbs)).toEqual(rows.map((row) => row.toReversed()));
    expect(classes).toEqual(['spam', 'ham']);
    const lists = join(path, '..', 'lists.parquet');
    parquetWriteFile({
      filename: lists,
      columnData: [
        { name: 'text', data: ['a', 'b'], type: 'STRING' },
        { name: 'prediction', data: rows, type: 'JSON' },
      ],
    });
    expect(rowsOf((await readPredProbs(lists)).predProbs)).toEqual(rows);
  });
});

describe('columns of the dataset itself', () => {
  const csv = 'text,label,prob_ham,prob_spam,list\na,ham,0.25,0.75,"[0.25, 0.75]"\nb,spam,1,0,"[1.0, 0.0]"\n';

  it('are chosen by name', async () => {
    const table = await openTable(await write('data.csv', csv));
    const read = await columnsPredProbs(table, ['prob_spam', 'prob_ham'], { classes: ['ham', 'spam'], rows: 2 });
    expect([rowsOf(read.predProbs), read.classes]).toEqual([rows, ['ham', 'spam']]);
  });

  it('may be one of lists', async () => {
    const table = await openTable(await write('data.csv', csv));
    expect(rowsOf((await columnsPredProbs(table, ['list'])).predProbs)).toEqual(rows);
    const predictions = rows.map(([ham, spam], row) => ({
      text: String(row),
      prediction: [
        { label: 'spam', score: spam },
        { label: 'ham', score: ham },
      ],
    }));
    const path = await write('data.jsonl', predictions.map((record) => JSON.stringify(record)).join('\n'));
    const read = await columnsPredProbs(await openTable(path), ['prediction']);
    expect([rowsOf(read.predProbs), read.classes]).toEqual([rows, ['ham', 'spam']]);
  });

  it('have to be there', async () => {
    const table = await openTable(await write('data.csv', csv));
    await expect(columnsPredProbs(table, ['prob_eggs', 'prob_ham'])).rejects.toThrow(
      'data.csv has no column "prob_eggs". Its columns are text, label, prob_ham, prob_spam, list.',
    );
    await expect(columnsPredProbs(table, [])).rejects.toThrow('No columns of probabilities were chosen.');
    await expect(columnsPredProbs(table, ['label', 'prob_ham'])).rejects.toThrow('has "ham" in column label');
  });
});
