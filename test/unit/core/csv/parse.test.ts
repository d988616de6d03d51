import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excel } from '../../../../extension/core/csv/dialect';
import { eachRecord } from '../../../../extension/core/csv/parse';

describe('eachRecord', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', ' ', 'é', '😀'), maxLength: 8 });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const write = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',') + '\r\n').join('');

  it('agrees with csv-parse and covers the whole text', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = write(rows);
        const records = [...eachRecord(text, excel)];
        const expected: unknown = parse(text, { relax_column_count: true });
        expect(records.map(({ cells }) => cells)).toEqual(expected);
        expect(records.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
    );
  });

  it('ends on any text, with records that follow each other', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\ufeff') }), (text) => {
        let at = text.startsWith('\ufeff') ? 1 : 0;
        for (const { start, end } of eachRecord(text, excel)) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBe(text.length);
      }),
    );
  });
});
