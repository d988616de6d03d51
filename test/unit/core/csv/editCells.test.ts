import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apostrophe, excel, type CsvDialect } from '../../../../extension/core/csv/dialect';
import { applyEdits, removeRecords, setCell } from '../../../../extension/core/csv/editCells';
import { parseRecords } from '../../../../extension/core/csv/parse';
import type { RecordSpan } from '../../../../extension/core/csv/spans';
import { TextIndex } from '../../../../extension/core/csv/textIndex';
import { hasPython, readByPython } from './python';
import { cellValue, dialectAndText, wellFormedText, type DialectAndText } from './texts';

const edit = fc.record({ record: fc.nat(), column: fc.nat(5), value: cellValue });
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function spansOf({ text, dialect }: DialectAndText): RecordSpan[] {
  const index = new TextIndex(text, dialect);
  return Array.from({ length: index.count }, (_, record) => index.span(record));
}

/** Sets a cell, and checks on the way that no character outside of it is touched. */
function withCell({ text, dialect }: DialectAndText, record: RecordSpan, column: number, value: string): string {
  const change = setCell(text, record, column, value, dialect);
  const { start, end } = record.cells[column] ?? { start: record.contentEnd, end: record.contentEnd };
  expect(change.start).toBeGreaterThanOrEqual(start);
  expect(change.end).toBeLessThanOrEqual(end);
  return applyEdits(text, [change]);
}

/** Records with one cell of one of them set. An empty line has no cells; missing cells are empty ones. */
function expectedRows(rows: readonly (readonly string[])[], at: number, column: number, value: string): string[][] {
  return rows.map((row, index) => {
    if (index !== at || (value === '' && column >= row.length)) return [...row];
    const cells = Array.from({ length: Math.max(row.length, column + 1) }, (_, cell) => row[cell] ?? '');
    return cells.with(column, value);
  });
}

/**
 * Texts with malformed quotes are not for csv-parse: it refuses them, or goes on behind a closing quote as if there had
 * been none. An empty line has one empty cell here.
 */
function readByPeer({ text, dialect: { delimiter, quote } }: DialectAndText): string[][] {
  return parse(text, {
    bom: true,
    delimiter,
    quote,
    escape: quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  });
}

describe('setCell', () => {
  it.each<[string, CsvDialect, string, number, string, string]>([
    ['a quoted cell stays quoted', excel, '"a", b\r\n', 0, 'x', '"x", b\r\n'],
    ['a bare cell is quoted when it must be', excel, 'a,b', 1, 'x "y", z', 'a,"x ""y"", z"'],
    ['spaces are no reason for quotes', excel, 'a,b', 0, ' x ', ' x ,b'],
    ['missing cells are added with their delimiters', excel, 'a\n', 3, 'x', 'a,,,x\n'],
    ['an empty line gets a cell', excel, '\n', 0, 'x', 'x\n'],
    ['an empty line gets a later cell', excel, '\n', 1, 'x', ',x\n'],
    ['a missing cell is empty already', excel, 'a\n', 2, '', 'a\n'],
    ['an equal text changes nothing, badly written as it is', excel, '"a"b"",c', 0, 'ab""', '"a"b"",c'],
    ['the only cell of a record is quoted when it is empty', excel, 'a\r\n', 0, '', '""\r\n'],
    ['a quote that is never closed is closed', excel, 'a,"b\n', 2, 'x', 'a,"b\n",x'],
    ['a delimiter of another table needs no quotes', { ...excel, delimiter: ';' }, 'a;b', 0, '1,5', '1,5;b'],
    ['a number stays bare between apostrophes', apostrophe, "'a',1.5", 1, '-2', "'a',-2"],
    ['a bare cell is quoted when it is no number any more', apostrophe, "'a',1.5", 1, '007', "'a','007'"],
    ['a quoted number stays quoted', apostrophe, "'1'", 0, '2', "'2'"],
    ['an apostrophe is doubled', apostrophe, "'a',1", 0, "it's", "'it''s',1"],
    ['what looks like a byte order mark is quoted at the beginning', excel, 'a,b', 0, '\ufeffa', '"\ufeffa",b'],
  ])('%s', (_, dialect, text, column, value, expected) => {
    const [record] = spansOf({ text, dialect });
    expect(record && withCell({ text, dialect }, record, column, value)).toBe(expected);
  });

  it.skipIf(!hasPython)("changes exactly one cell of what Python's csv module reads", () => {
    const cases = fc.sample(fc.tuple(dialectAndText, edit), 2000).flatMap(([before, change]) => {
      const after = edited(before, change);
      return after === undefined ? [] : [{ before, change, after }];
    });
    const rowsBefore = readByPython(cases.map(({ before }) => before));
    const rowsAfter = readByPython(cases.map(({ before, after }) => ({ ...before, text: after })));
    expect(cases.length).toBeGreaterThan(1000);
    cases.forEach(({ before, change, after }, index) => {
      const rows = rowsBefore[index] ?? [];
      expect(parseRecords(before.text.replace(/^\ufeff/, ''), before.dialect)).toEqual(rows);
      const expected = expectedRows(rows, change.record % rows.length, change.column, change.value);
      expect(rowsAfter[index], JSON.stringify({ before, change, after })).toEqual(expected);
    });
  });

  it('changes exactly one cell of what csv-parse reads', () => {
    fc.assert(
      fc.property(wellFormedText, edit, (before, change) => {
        const after = edited(before, change);
        fc.pre(after !== undefined);
        const rows = readByPeer(before);
        const expected = expectedRows(rows, change.record % rows.length, change.column, change.value);
        expect(readByPeer({ ...before, text: after })).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  /** The text after an edit, or undefined when it has no records to edit. */
  function edited(before: DialectAndText, { record, column, value }: Edit): string | undefined {
    const spans = spansOf(before);
    const span = spans[record % spans.length];
    return span && withCell(before, span, column, value);
  }
});

describe('removeRecords', () => {
  it.each([
    ['a\nb\nc\n', [1], 'a\nc\n'],
    ['a\nb\nc\n', [0, 2], 'b\n'],
    ['a\r\nb\r\nc', [2], 'a\r\nb'],
    ['a\r\nb\r\nc', [1, 2], 'a'],
    ['a\r\nb\r\nc', [0, 1, 2], ''],
    ['\ufeffa\nb', [0], '\ufeffb'],
    ['\ufeffa\nb', [0, 1], '\ufeff'],
    ['a\n\nb', [2], 'a\n\n'],
    ['a\rb\n\nc', [1], 'a\r\n\nc'],
    ['a\nb,"c\n', [1], 'a'],
  ])('of %j takes %j out and leaves %j', (text, records, expected) => {
    const spans = spansOf({ text, dialect: excel });
    const chosen = records.flatMap((record) => spans[record] ?? []);
    expect(applyEdits(text, removeRecords(text, chosen))).toBe(expected);
  });

  it('leaves all others as they are, and a missing final line end missing', () => {
    fc.assert(
      fc.property(dialectAndText, fc.infiniteStream(fc.boolean()), ({ dialect, text }, choice) => {
        const spans = spansOf({ dialect, text });
        const chosen = spans.filter(() => choice.next().value);
        const others = spans.filter((span) => !chosen.includes(span));
        const left = applyEdits(text, removeRecords(text, chosen));
        const spansLeft = spansOf({ dialect, text: left });
        expect(spansLeft.map((span) => contentOf(left, span))).toEqual(others.map((span) => contentOf(text, span)));
        const last = others.at(-1);
        if (last && contentOf(text, last)) expect(endsOpen(spansLeft)).toBe(endsOpen(spans));
        const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
        const joined = mark + others.map(({ start, end }) => text.slice(start, end)).join('');
        // Else a CR and an LF would have met.
        if (spansOf({ dialect, text: joined }).length === others.length) expect(joined.startsWith(left)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function contentOf(text: string, { start, contentEnd }: RecordSpan): string {
  return text.slice(start, contentEnd);
}

function endsOpen(spans: readonly RecordSpan[]): boolean {
  const last = spans.at(-1);
  return last !== undefined && last.contentEnd === last.end;
}
