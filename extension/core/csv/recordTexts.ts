import { basename } from 'node:path';
import { ExpectedError } from '../errors';
import { openForReading, readAt } from '../readAt';
import { decode, type DetectedEncoding } from './encodings';
import { isInsideQuotes, scanRecords, scanStart } from './records';
import type { Separators } from './recordSpans';
import { toUnits, unitSize } from './units';

/** A file of records, and how they are written. */
export interface RecordFile extends DetectedEncoding {
  /** Absolute. */
  readonly path: string;
  readonly separators: Separators;
}

/** Whole records that follow each other. */
export interface RecordTexts {
  readonly text: string;
  /** Where they begin. Bytes. */
  readonly start: number;
}

export interface RecordTextsOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the bytes that were read and those of the file. */
  readonly onProgress?: (done: number, size: number) => void;
}

/** Even, so that no code unit of UTF-16 is cut. */
const chunkSize = 1 << 20;
/** Bytes of one record at most, well below the longest string of Node.js. */
const longestRecord = 1 << 28;

/**
 * Reads a file once, about a megabyte at a time and never less than a record.
 *
 * @throws ExpectedError when there is no such file, a quote is never closed, or a record is longer than 256 MB
 */
export async function* recordTexts(
  source: RecordFile,
  { signal, onProgress }: RecordTextsOptions = {},
): AsyncGenerator<RecordTexts, void, undefined> {
  const { path, encoding, bomLength, separators } = source;
  const unit = unitSize(encoding);
  const file = await openForReading(path);
  try {
    const { size } = await file.stat();
    let state = scanStart;
    /** What was read of the record that is not complete yet. */
    let pieces: Buffer[] = [];
    let start = bomLength;
    for (let at = bomLength; at < size; at += chunkSize) {
      signal?.throwIfAborted();
      const bytes = await readAt(file, at, Math.min(at + chunkSize, size));
      state = scanRecords(toUnits(bytes, encoding), state, separators);
      const end = bomLength + state.recordStart * unit;
      if (end > start) {
        pieces.push(bytes.subarray(0, end - at));
        yield { text: decode(Buffer.concat(pieces), encoding), start };
        pieces = [];
        start = end;
      }
      pieces.push(bytes.subarray(Math.max(0, end - at)));
      if (at + bytes.length - start > longestRecord) throw await tooLong(source, start);
      onProgress?.(Math.min(at + chunkSize, size), size);
    }
    if (isInsideQuotes(state)) throw await neverClosed(source, start);
    const rest = decode(Buffer.concat(pieces), encoding);
    if (rest !== '') yield { text: rest, start };
  } finally {
    await file.close();
  }
}

/** The number, from 1, of the line that a byte of the file belongs to. */
export async function lineAt({ path, encoding, bomLength }: RecordFile, byte: number): Promise<number> {
  const file = await openForReading(path);
  try {
    let line = 1;
    let isAfterCr = false;
    for (let at = bomLength; at < byte; at += chunkSize) {
      for (const unit of toUnits(await readAt(file, at, Math.min(at + chunkSize, byte)), encoding)) {
        if (unit === 13 || (unit === 10 && !isAfterCr)) line++;
        isAfterCr = unit === 13;
      }
    }
    return line;
  } finally {
    await file.close();
  }
}

async function tooLong(source: RecordFile, start: number): Promise<ExpectedError> {
  return new ExpectedError(
    `The record in line ${await lineAt(source, start)} of ${basename(source.path)} is longer than 256 MB.`,
    source.separators.quote === '' ? 'Write one record per line.' : 'Look for a quote there that is never closed.',
  );
}

async function neverClosed(source: RecordFile, start: number): Promise<ExpectedError> {
  return new ExpectedError(
    `The record in line ${await lineAt(source, start)} of ${basename(source.path)} has a quote that is never closed.`,
    'Close it, or write a quote at the start of a cell twice and between quotes.',
  );
}
