import type { CsvDialect } from './dialect';

/** A record in a text. */
export interface ParsedRecord {
  /** No cells for an empty line. */
  readonly cells: string[];
  /** Where the next record begins, in UTF-16 units; the length of the text after the last one. */
  readonly end: number;
}

type Separators = Pick<CsvDialect, 'delimiter' | 'quote'>;

/**
 * Reads the record that begins at `from`, as Python's `csv.reader` does: a quote inside an unquoted cell is a plain
 * character, what follows a closing quote belongs to the cell, a quote that is never closed takes the rest.
 */
export function readRecord(text: string, from: number, dialect: Separators): ParsedRecord {
  const cells: string[] = [];
  let at = from;
  if (isLineEnd(text[at])) return { cells, end: afterLineEnd(text, at) };
  while (at <= text.length) {
    const [cell, end] = readCell(text, at, dialect);
    cells.push(cell);
    if (text[end] !== dialect.delimiter) return { cells, end: afterLineEnd(text, end) };
    at = end + 1;
  }
  return { cells, end: text.length };
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

function readCell(text: string, from: number, { delimiter, quote }: Separators): [cell: string, end: number] {
  let at = from;
  let quotedPart = '';
  if (text[at] === quote) {
    at++;
    for (;;) {
      const close = text.indexOf(quote, at);
      if (close < 0) return [quotedPart + text.slice(at), text.length];
      quotedPart += text.slice(at, close);
      at = close + 1;
      if (text[at] !== quote) break;
      quotedPart += quote;
      at++;
    }
  }
  const start = at;
  while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at++;
  return [quotedPart + text.slice(start, at), at];
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function afterLineEnd(text: string, at: number): number {
  return at + (text.startsWith('\r\n', at) ? 2 : at < text.length ? 1 : 0);
}
