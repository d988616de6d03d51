import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../../extension/core/csv/parse';
import { recordEnd, recordSpan } from '../../../../extension/core/csv/recordSpans';
import { TextIndex } from '../../../../extension/core/csv/textIndex';
import { countRecords, dialectAndText } from './texts';

describe('recordSpan', () => {
  it('divides any text into cells, delimiters and line ends without a gap', () => {
    fc.assert(
      fc.property(dialectAndText, ({ dialect, text }) => {
        const index = new TextIndex(text, dialect);
        let rebuilt = text.startsWith('\ufeff') ? '\ufeff' : '';
        for (let record = 0; record < index.count; record++) {
          const { start, contentEnd, end, cells } = index.span(record);
          expect(start).toBe(rebuilt.length);
          expect(recordEnd(text, start, dialect)).toBe(end);
          expect(['\r\n', '\r', '\n', '']).toContain(text.slice(contentEnd, end));
          rebuilt += cells.map((cell) => text.slice(cell.start, cell.end)).join(dialect.delimiter);
          rebuilt += text.slice(contentEnd, end);
          expect(cells.every((cell) => cell.quoted === (text[cell.start] === dialect.quote))).toBe(true);
        }
        expect(rebuilt).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('divides a text without separators at its line ends alone', () => {
    const lines = { delimiter: '', quote: '' };
    fc.assert(
      fc.property(dialectAndText, ({ text }) => {
        const index = new TextIndex(text, lines);
        const found = Array.from({ length: index.count }, (_, record) => index.span(record).end);
        const ends = [...text.matchAll(/\r\n|\r|\n|(?<=[^\r\n\ufeff])$/g)].map(
          ({ 0: end, index: at }) => at + end.length,
        );
        expect(found).toEqual(ends);
        expect(countRecords(Buffer.from(text.replace(/^\ufeff/, '')), lines)).toBe(index.count);
      }),
    );
  });

  it('reads a record of 10,000 columns and a cell of five million characters', () => {
    const wide = Array.from({ length: 10_000 }, (_, column) => `"c""${column}"`).join(',');
    const long = `"${'a""b\n'.repeat(1_000_000)}"`;
    const text = `${wide}\n${long},x\n`;
    const peer = parse(text, { relax_column_count: true });
    const first = readRecord(text, 0, { delimiter: ',', quote: '"' });
    expect([first.cells, readRecord(text, first.end, { delimiter: ',', quote: '"' }).cells]).toEqual(peer);
    expect(recordSpan(text, first.end, { delimiter: ',', quote: '"' }).end).toBe(text.length);
  });
});
