import { join } from 'node:path';
import type { Log } from '../log';
import { resolveMedia } from './log/mediaPath';
import { openLog, type SampleRecord } from './log/readLog';
import { takeOut } from './log/rowChanges';

export interface UnflagOptions {
  /** Absolute path of the log. */
  readonly path: string;
  /** Folders that files may lie in, absolute. */
  readonly folders: readonly string[];
  /** A folder of ours, in which files of the rows are kept; absolute. */
  readonly keepIn: string;
  readonly log: Log;
}

/**
 * Takes the flags of samples back: their rows, their notes, and the files beside the log that no other row names. Rows
 * are known by their cells, whatever their places are by now; one that is not there any more is left alone.
 *
 * @param rows the cells of each sample
 * @returns how many rows were taken out
 * @throws ExpectedError for a log whose rows cannot be taken out, such as one in UTF-16
 */
export async function unflag(rows: readonly (readonly string[])[], options: UnflagOptions): Promise<number> {
  const { path, keepIn, log } = options;
  const { layout, records } = await openLog(path);
  const { taken, named } = await split(records, rows);
  for (const [index, { sample, text }] of taken.entries()) {
    const media = await filesOf({ sample, text }, named, options);
    const { timestamp } = sample;
    await takeOut({ log: path, layout, text, timestamp, media }, join(keepIn, String(index)), log);
  }
  return taken.length;
}

/** The records of these rows, equal rows one each, and the paths that all other records name. */
async function split(
  records: AsyncIterable<SampleRecord>,
  rows: readonly (readonly string[])[],
): Promise<{ readonly taken: readonly SampleRecord[]; readonly named: ReadonlySet<string> }> {
  const wanted = new Map<string, number>();
  for (const cells of rows) {
    const key = JSON.stringify(cells);
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const taken: SampleRecord[] = [];
  const named = new Set<string>();
  for await (const record of records) {
    const key = JSON.stringify(record.sample.cells);
    const left = wanted.get(key) ?? 0;
    if (left > 0) {
      wanted.set(key, left - 1);
      taken.push(record);
    } else {
      for (const path of pathsOf(record)) named.add(path);
    }
  }
  return { taken, named };
}

function pathsOf({ sample }: SampleRecord): readonly string[] {
  return sample.values.flatMap(({ media }) => media);
}

async function filesOf(
  record: SampleRecord,
  named: ReadonlySet<string>,
  { path, folders }: UnflagOptions,
): Promise<string[]> {
  const files: string[] = [];
  for (const text of pathsOf(record)) {
    if (named.has(text)) continue;
    const found = await resolveMedia(text, { log: path, folders });
    if ('file' in found) files.push(found.file);
  }
  return files;
}
