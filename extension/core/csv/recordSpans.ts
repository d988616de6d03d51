import type { CsvDialect } from './dialect';
import type { CellSpan, RecordSpan } from './spans';

/** Both are empty where lines are not divided, as those of JSON lines. */
export type Separators = Pick<CsvDialect, 'delimiter' | 'quote'>;

const LF = 10;
const CR = 13;

/** Where the first record of a text begins: behind a byte order mark. */
export function firstStart(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0;
}

/**
 * Where the record that begins at `start` and its cells stand, by the rules of Python's `csv.reader`: a quote inside an
 * unquoted cell is a plain character, what follows a closing quote belongs to the cell, a quote that is never closed
 * takes the rest.
 */
export function recordSpan(text: string, start: number, dialect: Separators): RecordSpan {
  const cells: CellSpan[] = [];
  let at = start;
  if (at < text.length && !isLineEnd(text, at)) {
    for (;;) {
      const end = cellEnd(text, at, dialect);
      cells.push({ start: at, end, quoted: text[at] === dialect.quote });
      at = end;
      if (text[end] !== dialect.delimiter) break;
      at++;
    }
  }
  return { start, contentEnd: at, end: lineEnd(text, at), cells };
}

/** Where the record that begins at `start` ends, its line end included. */
export function recordEnd(text: string, start: number, dialect: Separators): number {
  for (let at = start; ; at++) {
    at = cellEnd(text, at, dialect);
    if (text[at] !== dialect.delimiter) return lineEnd(text, at);
  }
}

/** Where the cell that begins at `start` ends: at a delimiter, a line end or the end of the text. */
export function cellEnd(text: string, start: number, { delimiter, quote }: Separators): number {
  const delimiterUnit = delimiter.charCodeAt(0);
  const { length } = text;
  let at = text[start] === quote ? quotedEnd(text, start, quote) : start;
  while (at < length && text.charCodeAt(at) !== delimiterUnit && !isLineEnd(text, at)) at++;
  return at;
}

/** Where the quote stands that closes the one at `start`, or -1. */
export function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; ;) {
    const close = text.indexOf(quote, at);
    if (close < 0 || text[close + 1] !== quote) return close;
    at = close + 2;
  }
}

/** One behind the quoted part that begins at `start`. */
function quotedEnd(text: string, start: number, quote: string): number {
  const close = closingQuote(text, start, quote);
  return close < 0 ? text.length : close + 1;
}

export function isLineEnd(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === LF || unit === CR;
}

/** One behind the line end at `at`, if there is one. */
export function lineEnd(text: string, at: number): number {
  return at + (text.startsWith('\r\n', at) ? 2 : at < text.length ? 1 : 0);
}
