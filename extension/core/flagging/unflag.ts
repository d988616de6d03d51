import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CsvDialect } from '../csv/dialect';
import { ExpectedError } from '../errors';
import type { Log } from '../log';
import { findRow } from './findRow';
import { withLock } from './lock';
import { openLog, type SampleRecord } from './log/readLog';
import { removeNote } from './notes';
import { recovery } from './recovery';
import { removeBytes } from './removeBytes';

/**
 * Takes the flags of samples back: their rows and notes. Rows are known by their cells, whatever their places are by
 * now; one that is not there any more, or was changed, is left alone. Files stay beside the log.
 *
 * @param path the log, absolute
 * @param rows the cells of each sample
 * @returns for each whether it was removed
 * @throws ExpectedError for a log that is not in UTF-8, whose bytes are not those of its text
 */
export function unflag(path: string, rows: readonly (readonly string[])[], log: Log): Promise<readonly boolean[]> {
  const directory = dirname(path);
  return withLock(directory, recovery(directory, log), async () => {
    const { layout, encoding, records } = await openLog(path);
    if (encoding !== 'utf-8') {
      throw new ExpectedError(`${path} is in ${encoding}, so its rows cannot be taken out.`, 'Save it as UTF-8 first.');
    }
    const csv = layout.format === 'csv' ? layout.csv : { ...layout.csv, delimiter: '\n', quote: '\n' };
    const wanted = await recordsOf(records, rows);
    const removed: boolean[] = [];
    for (const record of wanted) removed.push(record !== undefined && (await removeRecord(path, record, csv)));
    return removed;
  });
}

/** The record of each row; equal rows get one each. */
async function recordsOf(
  records: AsyncIterable<SampleRecord>,
  rows: readonly (readonly string[])[],
): Promise<(SampleRecord | undefined)[]> {
  const keys = rows.map((cells) => JSON.stringify(cells));
  const known = new Set(keys);
  const found = new Map<string, SampleRecord[]>();
  for await (const record of records) {
    const key = JSON.stringify(record.sample.cells);
    if (known.has(key)) found.set(key, [...(found.get(key) ?? []), record]);
  }
  return keys.map((key) => found.get(key)?.shift());
}

async function removeRecord(path: string, { sample, text }: SampleRecord, csv: CsvDialect): Promise<boolean> {
  const at = await findRow(path, text, (await stat(path)).size, csv);
  if (at === undefined) return false;
  await removeBytes(path, at, Buffer.byteLength(text), csv);
  const { timestamp } = sample;
  if (timestamp !== null) {
    await removeNote(dirname(path), { log: path, timestamp, row: text, rows: 0, offset: at, media: [] });
  }
  return true;
}
