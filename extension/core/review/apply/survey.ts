import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isInsideQuotes, scanEnd, scanRecords, scanStart, type OnRecord } from '../../csv/records';
import type { RecordFile } from '../../csv/recordTexts';
import { toUnits, unitSize } from '../../csv/units';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { versionOf } from '../../fileVersion';
import { openForReading, readAt } from '../../readAt';
import type { FileState } from './types';

/** Even, so that no code unit of UTF-16 is cut. */
const pieceSize = 1 << 20;

/** Where a record stands in its file, in bytes. */
export interface RecordPlace {
  readonly start: number;
  readonly contentEnd: number;
  /** Behind its line end. */
  readonly end: number;
  /** Number among all records of the file, from 0; header and empty lines count. */
  readonly number: number;
}

export interface Survey {
  readonly state: FileState;
  readonly header: RecordPlace | undefined;
  /** Records of the dataset. */
  readonly records: number;
  /** The places of the rows that were asked for, as far as there are such rows. */
  readonly places: ReadonlyMap<number, RecordPlace>;
}

/**
 * Reads a file once, without looking into its cells.
 *
 * @throws ExpectedError when there is no such file, or a quote is never closed
 */
export async function surveyRecords(
  source: RecordFile,
  hasHeader: boolean,
  rows: ReadonlySet<number>,
  { signal, onProgress }: TableOptions = {},
): Promise<Survey> {
  const { path, encoding, bomLength, separators } = source;
  const unit = unitSize(encoding);
  const places = new Map<number, RecordPlace>();
  let header: RecordPlace | undefined;
  let [number, row] = [0, 0];
  const onRecord: OnRecord = (start, end, contentEnd) => {
    const own = number++;
    if (start === contentEnd) return;
    const isHeader = hasHeader && header === undefined;
    if (isHeader || rows.has(row)) {
      const [from, content, to] = [start, contentEnd, end].map((at) => bomLength + at * unit);
      const place = { start: from ?? 0, contentEnd: content ?? 0, end: to ?? 0, number: own };
      if (isHeader) header = place;
      else places.set(row, place);
    }
    if (!isHeader) row++;
  };
  const file = await openForReading(path);
  try {
    const version = versionOf(await file.stat());
    const hash = createHash('sha256').update(await readAt(file, 0, bomLength));
    let state = scanStart;
    for (let at = bomLength; at < version.size; at += pieceSize) {
      signal?.throwIfAborted();
      const bytes = await readAt(file, at, Math.min(at + pieceSize, version.size));
      hash.update(bytes);
      state = scanRecords(toUnits(bytes, encoding), state, separators, onRecord);
      onProgress?.(at + bytes.length, version.size);
    }
    if (isInsideQuotes(state)) {
      throw new ExpectedError(`${basename(path)} has a quote that is never closed.`, 'Close it, then plan again.');
    }
    scanEnd(state, onRecord);
    return { state: { version, sha256: hash.digest('hex') }, header, records: row, places };
  } finally {
    await file.close();
  }
}
