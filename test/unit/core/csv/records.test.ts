import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apostrophe, encodeRecord, excel, type CsvDialect } from '../../../../extension/core/csv/dialect';
import { parseRecord, parseRecords, readRecord } from '../../../../extension/core/csv/parse';
import {
  isComplete,
  isInsideQuotes,
  scanEnd,
  scanRecords,
  scanStart,
  type ScanState,
} from '../../../../extension/core/csv/records';
import { countRecords } from './texts';

const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', "'", '\n', '\r', ' ', 'é', '😀', '\0'), maxLength: 6 });
const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
const dialect = fc.constantFrom<CsvDialect>(excel, apostrophe, { ...excel, lineEnd: '\n' });
/** Any text at all, malformed quotes included. */
const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é'), maxLength: 40 });

function encoded(rows: readonly (readonly string[])[], csv: CsvDialect): string {
  return rows.map((row) => encodeRecord(row, csv)).join('');
}

/** Scans in pieces of the given lengths and gives the ranges of the records. */
function ranges(bytes: Buffer, pieces: readonly number[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const onRecord = (start: number, end: number): void => void found.push([start, end]);
  let state: ScanState = scanStart;
  for (const piece of [...pieces, bytes.length]) {
    state = scanRecords(bytes.subarray(state.offset, state.offset + piece), state, excel, onRecord);
  }
  const end = scanEnd(state, onRecord);
  expect(end.records).toBe(found.length);
  expect(end.offset).toBe(bytes.length);
  return found;
}

describe('encodeRecord', () => {
  it('is read back by csv-parse, and by parseRecords, as the same cells', () => {
    fc.assert(
      fc.property(records, dialect, (rows, csv) => {
        const written = encoded(rows, csv);
        const peer = parse(written, {
          quote: csv.quote,
          escape: csv.quote,
          record_delimiter: csv.lineEnd,
          relax_column_count: true,
        });
        expect(peer).toEqual(rows);
        expect(parseRecords(written, csv)).toEqual(rows);
      }),
    );
  });

  it('quotes only what needs it', () => {
    expect(encodeRecord(['a b', "it's", 'x;y', '\u2028', '\ufeff', 'a,b', 'say "x"', ''], excel)).toBe(
      'a b,it\'s,x;y,\u2028,\ufeff,"a,b","say ""x""",\r\n',
    );
    expect(encodeRecord([''], excel)).toBe('""\r\n');
    expect(encodeRecord([], excel)).toBe('\r\n');
  });

  it('leaves numbers bare between apostrophes', () => {
    expect(encodeRecord([{ bare: '1.5' }, "it's", ''], apostrophe)).toBe("1.5,'it''s',''\r\n");
  });
});

describe('parseRecord', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['\r\n', []],
    [',', ['', '']],
    ['a"b,c', ['a"b', 'c']],
    ['"a"b"",c', ['ab""', 'c']],
    ['"a,b\r\nc', ['a,b\r\nc']],
    [' "a",b', [' "a"', 'b']],
    ['a\rb', ['a']],
  ])('reads %j as Python does', (line, cells) => {
    expect(parseRecord(line, excel)).toEqual(cells);
  });
});

describe('scanRecords', () => {
  it('finds the records that the parser reads, in any text and however it is cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (content, pieces) => {
        const expected: (readonly [number, number])[] = [];
        for (let at = 0; at < content.length;) {
          const { end } = readRecord(content, at, excel);
          expected.push([Buffer.byteLength(content.slice(0, at)), Buffer.byteLength(content.slice(0, end))]);
          at = end;
        }
        expect(ranges(Buffer.from(content), pieces)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts quoted line ends once', () => {
    const log = Buffer.from('a,b\r\n"x\r\ny",1\n\n"",2');
    expect(countRecords(log, excel)).toBe(4);
    expect(countRecords(Buffer.from("'a\nb',1\r\n"), apostrophe)).toBe(1);
  });

  it.each<[string, boolean, boolean]>([
    ['', true, false],
    ['a,b\r\n', true, false],
    ['a,b\r', true, false],
    ['a,b', false, false],
    ['a,"b', false, true],
    ['a,"b"', false, false],
    ['a,', false, false],
  ])('tells how %j ends', (content, complete, insideQuotes) => {
    const state = scanRecords(Buffer.from(content), scanStart, excel);
    expect([isComplete(state), isInsideQuotes(state)]).toEqual([complete, insideQuotes]);
  });
});
