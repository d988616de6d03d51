import { cellEnd, firstStart, isLineEnd, lineEnd, type Separators } from './recordSpans';
import type { Span } from './spans';

/** A record in a text. */
export interface ParsedRecord {
  /** No cells for an empty line. */
  readonly cells: string[];
  /** Where the next record begins, in UTF-16 units; the length of the text after the last one. */
  readonly end: number;
}

/** A record with its place in the text; the line end belongs to it. */
export interface TextRecord extends Span {
  /** No cells for an empty line. */
  readonly cells: readonly string[];
}

/** Reads the record that begins at `from`; the rules are those of `recordSpan`. */
export function readRecord(text: string, from: number, dialect: Separators): ParsedRecord {
  const cells: string[] = [];
  let at = from;
  if (at === text.length || isLineEnd(text, at)) return { cells, end: lineEnd(text, at) };
  for (;;) {
    const end = cellEnd(text, at, dialect);
    cells.push(cellContent(text, at, end, dialect.quote));
    if (text[end] !== dialect.delimiter) return { cells, end: lineEnd(text, end) };
    at = end + 1;
  }
}

/** What a cell says: its text without quotes. */
export function cellContent(text: string, start: number, end: number, quote: string): string {
  if (text[start] !== quote) return text.slice(start, end);
  let content = '';
  for (let at = start + 1; ;) {
    const close = text.indexOf(quote, at);
    if (close < 0) return content + text.slice(at, end);
    content += text.slice(at, close);
    at = close + 1;
    if (text[at] !== quote) return content + text.slice(at, end);
    content += quote;
    at++;
  }
}

/** The cells of a text that is one record, with or without its line end. */
export function parseRecord(text: string, dialect: Separators): string[] {
  return text === '' ? [] : readRecord(text, 0, dialect).cells;
}

/** All records of a text. */
export function parseRecords(text: string, dialect: Separators): string[][] {
  const records: string[][] = [];
  for (let at = 0; at < text.length;) {
    const { cells, end } = readRecord(text, at, dialect);
    records.push(cells);
    at = end;
  }
  return records;
}

/** The records of a text with their places, without a gap, behind a byte order mark. */
export function* eachRecord(text: string, dialect: Separators): Generator<TextRecord> {
  for (let start = firstStart(text); start < text.length;) {
    const { cells, end } = readRecord(text, start, dialect);
    yield { start, end, cells };
    start = end;
  }
}
