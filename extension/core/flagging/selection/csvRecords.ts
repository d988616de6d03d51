import { readRecord } from '../../csv/parse';
import type { Span } from '../../csv/spans';

/** A record with its place in the text; the line end belongs to it. */
export interface TextRecord extends Span {
  /** No cells for an empty line. */
  readonly cells: readonly string[];
}

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that the first line has most of outside quotes; a comma when it has none. */
export function guessDelimiter(text: string): string {
  const header = /^(?:[^"\r\n]|"(?:[^"]|"")*")*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

/** The records of a CSV text, one after the other and without a gap, behind a byte order mark. */
export function* csvRecords(text: string, delimiter: string): Generator<TextRecord> {
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length;) {
    const { cells, end } = readRecord(text, start, { delimiter, quote: '"' });
    yield { start, end, cells };
    start = end;
  }
}
