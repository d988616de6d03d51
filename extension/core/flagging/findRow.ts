import { open } from 'node:fs/promises';
import type { CsvDialect } from '../csv/dialect';
import { scanEnd, scanRecords, scanStart } from '../csv/records';
import { readAt } from '../readAt';

/**
 * Where a row is now, in bytes. Undoing others moves a row towards the beginning, so of several equal rows it is the
 * last one that begins no later than this one did.
 *
 * @param row its text when it was written, line end included
 * @returns undefined when it is no longer there as it was
 */
export async function findRow(path: string, row: string, offset: number, csv: CsvDialect): Promise<number | undefined> {
  const bytes = Buffer.from(row);
  const file = await open(path, 'r');
  try {
    if ((await readAt(file, offset, offset + bytes.length)).equals(bytes)) return offset;
    const before = await readAt(file, 0, Math.min(offset + bytes.length, (await file.stat()).size));
    let found: number | undefined;
    const compare = (start: number, end: number): void => {
      if (before.subarray(start, end).equals(bytes)) found = start;
    };
    scanEnd(scanRecords(before, scanStart, csv, compare), compare);
    return found;
  } finally {
    await file.close();
  }
}
