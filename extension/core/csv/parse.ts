import { closingQuote, recordSpan, type Separators } from './recordSpans';
import type { CellSpan } from './spans';

/** A record in a text. */
export interface ParsedRecord {
  /** No cells for an empty line. */
  readonly cells: string[];
  /** Where the next record begins, in UTF-16 units; the length of the text after the last one. */
  readonly end: number;
}

/** Reads the record that begins at `from`; the rules are those of `recordSpan`. */
export function readRecord(text: string, from: number, dialect: Separators): ParsedRecord {
  const { cells, end } = recordSpan(text, from, dialect);
  return { cells: cells.map((cell) => cellContent(text, cell, dialect.quote)), end };
}

/** What a cell says: its text without quotes. */
export function cellContent(text: string, { start, end, quoted }: CellSpan, quote: string): string {
  if (!quoted) return text.slice(start, end);
  const close = closingQuote(text, start, quote);
  const inner = text.slice(start + 1, close < 0 ? end : close);
  return inner.replaceAll(quote + quote, quote) + (close < 0 ? '' : text.slice(close + 1, end));
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
