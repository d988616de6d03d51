import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { wellFormedText } from '../csv/texts';
import { testFiles } from './folder';
import { rowsOf } from './rows';

const write = testFiles();

const encoders = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`),
  'utf-16le': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};
type EncoderName = keyof typeof encoders;

const encoding = fc.constantFrom(...(Object.keys(encoders) as EncoderName[]));
/** Some records cross the pieces in which a file is read, which have a megabyte. */
const padding = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1_048_500, max: 1_048_600 }));

/** What csv-parse reads in a table of four columns; it tells the line end by the first one, so they are made one. */
function peerRows(text: string, delimiter: string): (string | null)[][] {
  const records = parse(text, {
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return records.slice(1).map((record) => ['a', 'b', 'c', 'd'].map((_, column) => record[column] ?? null));
}

describe('a CSV table', () => {
  it('has the cells that csv-parse reads, in every encoding, by scanning and by its index', async () => {
    await fc.assert(
      fc.asyncProperty(wellFormedText, encoding, padding, async ({ text, dialect }, name, length) => {
        fc.pre(dialect.quote === '"');
        const { delimiter } = dialect;
        const header = ['a', 'b', 'c', 'd'].join(delimiter);
        const filler = length > 0 ? `"${'x'.repeat(length)}"\n` : '';
        const content = `${header}\n${filler}${text.replace(/^\ufeff/, '')}`;
        const table = await openTable(await write('data.csv', encoders[name](content)));
        const expected = peerRows(content, delimiter);
        expect(await rowsOf(table)).toEqual(expected);
        const index = await table.index();
        expect(index.rows).toBe(expected.length);
        expect(await index.read(0, expected.length)).toEqual(expected);
        expect(await index.read(1, 2)).toEqual(expected.slice(1, 3));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the columns that are asked for, in that order', async () => {
    const table = await openTable(await write('data.csv', 'text,label,id\nhello,ham,1\n"a, b",spam,2\n'));
    expect(table).toMatchObject({ format: 'csv', encoding: 'utf-8', columns: ['text', 'label', 'id'] });
    expect(await rowsOf(table, ['id', 'text'])).toEqual([
      ['1', 'hello'],
      ['2', 'a, b'],
    ]);
    await expect(rowsOf(table, ['lable'])).rejects.toThrow(
      'data.csv has no column "lable". Its columns are text, label, id.',
    );
  });

  it('finds the delimiter, and takes tabs for it in .tsv', async () => {
    expect((await openTable(await write('a.csv', '\n\nv1;v2\n1;2\n'))).columns).toEqual(['v1', 'v2']);
    const table = await openTable(await write('a.tsv', 'v1;x,y\tv2\n1\t2\n'));
    expect([table.format, table.columns]).toEqual(['tsv', ['v1;x,y', 'v2']]);
  });

  it('reads Windows-1252', async () => {
    const table = await openTable(await write('spam.csv', Buffer.from('v1,v2\nham,\xa3100 is \x80115\n', 'latin1')));
    expect([table.encoding, await rowsOf(table)]).toEqual(['windows-1252', [['ham', '£100 is €115']]]);
  });

  it('gives a second column of the same name a number', async () => {
    const table = await openTable(await write('a.csv', 'a,a,b,a (2),,a,\n1,2,3,4,5,6,7\n'));
    expect(table.columns).toEqual(['a', 'a (3)', 'b', 'a (2)', '', 'a (4)', ' (2)']);
    expect(await rowsOf(table, ['a (3)', ' (2)'])).toEqual([['2', '7']]);
  });

  it('gives null for cells that a record lacks, and refuses those that no column names', async () => {
    const table = await openTable(await write('a.csv', 'a,b\r\n\r\n1\r\n"x\r\ny",2,,\r\n1,2,3\r\n'));
    const index = await table.index();
    expect(await index.read(0, 2)).toEqual([
      ['1', null],
      ['x\r\ny', '2'],
    ]);
    const message =
      'Line 6 of a.csv has 3 cells, but the header names 2 columns. ' +
      'Put quotes around a cell that has a "," in it, or remove what is too much.';
    await expect(rowsOf(table)).rejects.toMatchObject({ name: 'ExpectedError', message });
    await expect(index.read(2, 1)).rejects.toMatchObject({ name: 'ExpectedError', message });
  });

  it('names the line of a bad record far into the file', async () => {
    const table = await openTable(await write('a.csv', `a,b\n${'1,2\n'.repeat(400_000)}1,2,3\n`));
    await expect(rowsOf(table)).rejects.toThrow('Line 400002 of a.csv has 3 cells');
  });

  it('refuses a quote that is never closed instead of taking the rest of the file for a cell', async () => {
    const table = await openTable(await write('a.csv', 'a,b\n1,2\n1,"2\n3,4\n'));
    await expect(rowsOf(table)).rejects.toThrow('The record in line 3 of a.csv has a quote that is never closed.');
  });

  it('says how far it is, and stops when it is told to', async () => {
    const table = await openTable(await write('a.csv', `a,b\n${'1,2\n'.repeat(1_000_000)}`));
    const progress: number[] = [];
    await rowsOf(table, ['b'], { onProgress: (done, size) => progress.push(done / size) });
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    expect(progress.at(-1)).toBe(1);
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    await expect(rowsOf(table, ['b'], options)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(table.index(options)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('has no records when there is nothing but a header', async () => {
    const table = await openTable(await write('a.csv', 'text,label'));
    expect(await rowsOf(table)).toEqual([]);
    expect(await (await table.index()).read(0, 10)).toEqual([]);
  });
});
