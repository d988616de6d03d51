import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { selectCsv } from '../../../../../extension/core/flagging/selection/csvSelection';

const cursor = (offset: number) => ({ start: offset, end: offset });
const dataAt = (text: string, ...offsets: number[]) =>
  selectCsv(text, offsets.map(cursor), 'reviews.csv').samples.map(({ data }) => data);

describe('the records under the cursors', () => {
  const text = 'text,stars\r\n"Good,\r\nreally",5\r\nbad,1\r\n';

  it('takes the header names as columns and numbers as numbers', () => {
    const { folder, samples } = selectCsv(text, [cursor(text.indexOf('bad'))], 'reviews.csv');
    expect(folder).toBe('reviews.csv');
    expect(samples).toEqual([
      {
        components: [
          { kind: 'textbox', label: 'text' },
          { kind: 'number', label: 'stars' },
        ],
        data: ['bad', 1],
      },
    ]);
  });

  it('finds a record by a cursor on its second line', () => {
    expect(dataAt(text, text.indexOf('really'))).toEqual([['Good,\r\nreally', 5]]);
  });

  it('takes one sample per record, however many cursors it has', () => {
    expect(dataAt(text, text.indexOf('bad'), text.indexOf('bad') + 1, text.indexOf('Good'))).toHaveLength(2);
  });

  it('takes every record that a selection touches, but not the one at whose start it ends', () => {
    const start = text.indexOf('"Good');
    const samples = (end: number) => selectCsv(text, [{ start, end }], 'a.csv').samples.length;
    expect([samples(text.indexOf('bad')), samples(text.indexOf('bad') + 1)]).toEqual([1, 2]);
  });

  it('finds the last record from behind it when no line end follows', () => {
    expect(dataAt('a\nx', 3)).toEqual([['x']]);
    expect(() => dataAt('a\nx\n', 4)).toThrow(ExpectedError);
  });

  it('says so on the header, on an empty line and in an empty file', () => {
    for (const [content, offset] of [
      ['a,b\n1,2\n', 1],
      ['a\n\n1\n', 2],
      ['', 0],
    ] as const) {
      expect(() => dataAt(content, offset)).toThrow('There is no record at the cursor.');
    }
  });

  it('keeps text as it stands: leading zeros, plus signs, spaces', () => {
    expect(dataAt('a,b,c\n007,+1, 1\n', 7)).toEqual([['007', '+1', ' 1']]);
  });

  it('neither loses cells beyond the header nor shifts those of a short record', () => {
    const columns = (line: string) => {
      const sample = selectCsv(`a,\n${line}\n`, [cursor(3)], 'a.csv').samples[0];
      return sample?.components.map(({ label }, index) => [label, sample.data[index]]);
    };
    expect(columns('x,y,z')).toEqual([
      ['a', 'x'],
      ['column 2', 'y'],
      ['column 3', 'z'],
    ]);
    expect(columns('x')).toEqual([
      ['a', 'x'],
      ['column 2', ''],
    ]);
  });

  it('reads tabs in a .tsv and guesses semicolons', () => {
    expect(selectCsv('a,b\tc\nx,y\tz\n', [cursor(7)], 'data.tsv').samples[0]?.data).toEqual(['x,y', 'z']);
    expect(dataAt('a;b\n1,5;x\n', 5)).toEqual([['1,5', 'x']]);
  });
});
