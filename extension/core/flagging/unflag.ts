import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { resolveMedia } from './log/mediaPath';
import { openLog, type SampleRecord } from './log/readLog';
import type { LogRows } from './log/rowChanges';

/** What taking the flags of samples back would do: nothing is changed before `takeOut`. */
export interface UnflagPlan extends LogRows {
  /** Files beside the log that no other row names, absolute. */
  readonly media: readonly string[];
}

export interface UnflagOptions {
  /** Folders that files may lie in, absolute. */
  readonly folders: readonly string[];
  readonly signal?: AbortSignal;
  /** Called now and then with the rows that were looked at. */
  readonly onProgress?: (rows: number) => void;
}

/** How a sample is known again. Of equal ones as many are meant as keys are given. */
export type SampleKey = (record: SampleRecord) => string;

export const byText: SampleKey = ({ text }) => text;
export const byCells: SampleKey = ({ sample }) => JSON.stringify(sample.cells);

/** Others work in between after so many rows. */
const rowsAtOnce = 2048;

/**
 * Finds samples in a log, wherever they are by now, and the files that go with them. Samples that are not there any more
 * are left out.
 *
 * @param log absolute path
 * @param keys what `keyOf` gives for each sample
 */
export async function planUnflag(
  log: string,
  keys: readonly string[],
  keyOf: SampleKey,
  options: UnflagOptions,
): Promise<UnflagPlan> {
  const { layout, records } = await openLog(log);
  const wanted = new Map<string, number>();
  for (const key of keys) wanted.set(key, (wanted.get(key) ?? 0) + 1);
  const chosen = new Map<number, SampleRecord>();
  for await (const [row, record] of inTurn(records, options)) {
    const key = keyOf(record);
    const left = wanted.get(key) ?? 0;
    if (left === 0) continue;
    wanted.set(key, left - 1);
    chosen.set(row, record);
  }
  const own = new Set([...chosen.values()].flatMap(pathsOf));
  const others = new Set<string>();
  if (own.size > 0) {
    for await (const [row, record] of inTurn((await openLog(log)).records, options)) {
      if (!chosen.has(row)) for (const path of pathsOf(record)) others.add(path);
    }
  }
  const media = await filesBeside(
    log,
    [...own].filter((path) => !others.has(path)),
    options.folders,
  );
  return { log, layout, texts: Array.from(chosen.values(), ({ text }) => text), media };
}

/** Records with their places among the samples; lets others work in between. */
async function* inTurn(
  records: AsyncIterable<SampleRecord>,
  { signal, onProgress }: UnflagOptions,
): AsyncGenerator<readonly [row: number, record: SampleRecord]> {
  let row = 0;
  for await (const record of records) {
    yield [row++, record];
    if (row % rowsAtOnce > 0) continue;
    onProgress?.(row);
    await nextTurn();
    signal?.throwIfAborted();
  }
}

function pathsOf({ sample }: SampleRecord): readonly string[] {
  return sample.values.flatMap(({ media }) => media);
}

/** Their paths go through the folder as it was given, which may be a link. */
async function filesBeside(log: string, paths: readonly string[], folders: readonly string[]): Promise<string[]> {
  const folder = dirname(log);
  const place = await realpath(folder);
  const files = new Set<string>();
  for (const path of paths) {
    const found = await resolveMedia(path, { log, folders });
    const inside = 'file' in found ? relative(place, found.file) : '..';
    if (!inside.startsWith('..') && !isAbsolute(inside)) files.add(join(folder, inside));
  }
  return [...files];
}
