import type { CsvDialect } from './dialect';

/**
 * What the next byte may be. A quote opens a quoted cell only at the start of a cell; after a quote inside a quoted
 * cell a second one is one of its characters; after a CR an LF belongs to the same line end.
 */
type Position = 'record-start' | 'cell-start' | 'plain' | 'quoted' | 'after-quote' | 'after-cr';

/** Where a scan stopped; a later scan of the bytes that follow goes on from here. */
export interface ScanState {
  /** Complete records so far. A line without text is a record too, as in Python's `csv.reader`. */
  readonly records: number;
  /** Bytes read so far, or code units of UTF-16. */
  readonly offset: number;
  /** Where the record begins that is not complete yet. */
  readonly recordStart: number;
  readonly position: Position;
}

export const scanStart: ScanState = { records: 0, offset: 0, recordStart: 0, position: 'record-start' };

/** Called for each complete record with its range, line end included, and where that line end begins. */
export type OnRecord = (start: number, end: number, contentEnd: number) => void;

const LF = 10;
const CR = 13;

/**
 * Finds the ends of records in UTF-8 (or any encoding that keeps ASCII bytes) or in the code units of UTF-16, in the way
 * Python's `csv.reader` splits a file that was opened with universal newlines: CR, LF and CR LF end a record outside
 * quotes.
 *
 * @param bytes what follows the bytes that led to `state`
 */
export function scanRecords(
  bytes: Uint8Array | Uint16Array,
  state: ScanState,
  { delimiter, quote }: Pick<CsvDialect, 'delimiter' | 'quote'>,
  onRecord?: OnRecord,
): ScanState {
  const delimiterByte = delimiter.charCodeAt(0);
  const quoteByte = quote.charCodeAt(0);
  const { length } = bytes;
  let { records, recordStart, position } = state;
  let at = 0;

  const endRecord = (end: number, lineEnd: number): void => {
    onRecord?.(recordStart, state.offset + end, state.offset + end - lineEnd);
    records++;
    recordStart = state.offset + end;
    position = 'record-start';
  };

  while (at < length) {
    if (position === 'quoted') {
      const close = bytes.indexOf(quoteByte, at);
      if (close < 0) break;
      at = close + 1;
      position = 'after-quote';
      continue;
    }
    if (position === 'after-cr') {
      const hasLf = bytes[at] === LF;
      if (hasLf) at++;
      endRecord(at, hasLf ? 2 : 1);
      continue;
    }
    if (position === 'plain') {
      let byte = bytes[at];
      while (byte !== undefined && byte !== delimiterByte && byte !== LF && byte !== CR) byte = bytes[++at];
      if (byte === undefined) break;
    }
    const byte = bytes[at++];
    if (byte === LF) endRecord(at, 1);
    else if (byte === CR) position = 'after-cr';
    else if (byte === delimiterByte) position = 'cell-start';
    else position = byte === quoteByte && position !== 'plain' ? 'quoted' : 'plain';
  }
  return { records, offset: state.offset + length, recordStart, position };
}

/** Whether the bytes so far end with a complete record, so that another one may follow. */
export function isComplete({ position }: ScanState): boolean {
  return position === 'record-start' || position === 'after-cr';
}

/** Whether the last record has a quote that was never closed. */
export function isInsideQuotes({ position }: ScanState): boolean {
  return position === 'quoted';
}

/** The state at the end of a file: what follows the last line end is a record as well. */
export function scanEnd(state: ScanState, onRecord?: OnRecord): ScanState {
  const { offset, position, records, recordStart } = state;
  if (position === 'record-start') return state;
  onRecord?.(recordStart, offset, position === 'after-cr' ? offset - 1 : offset);
  return { records: records + 1, offset, recordStart: offset, position: 'record-start' };
}
