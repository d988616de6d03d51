import type { Span } from './selection';

/** A record with its place in the text; the line end belongs to it. */
export interface TextRecord extends Span {
  readonly cells: readonly string[];
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that the first line has most of outside quotes; a comma when it has none. */
export function guessDelimiter(text: string): string {
  const header = /^(?:[^"\r\n]|"(?:[^"]|"")*")*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

/**
 * The records of a CSV text (RFC 4180). A quote opens a quoted cell only at the cell's start; one that is never closed
 * reaches to the end of the text.
 */
export function* csvRecords(text: string, delimiter: string): Generator<TextRecord> {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const cells: string[] = [];
    for (let more = true; more;) {
      const cell = cellAt(text, at, delimiter);
      cells.push(cell.text);
      more = text[cell.end] === delimiter;
      at = more ? cell.end + 1 : afterLineEnd(text, cell.end);
    }
    yield { start, end: at, cells };
  }
}

function cellAt(text: string, start: number, delimiter: string): { text: string; end: number } {
  if (text[start] !== '"') {
    const end = endOfPlain(text, start, delimiter);
    return { text: text.slice(start, end), end };
  }
  let quoted = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { text: quoted + text.slice(at), end: text.length };
    quoted += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = endOfPlain(text, quote + 1, delimiter);
      return { text: quoted + text.slice(quote + 1, end), end };
    }
    quoted += '"';
    at = quote + 2;
  }
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function afterLineEnd(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return Math.min(at + 1, text.length);
}
