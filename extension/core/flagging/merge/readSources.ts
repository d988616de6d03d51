import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesIn } from '../../demo/fileData';
import { isRecord } from '../../json';
import { hashesOf, resolveAll } from '../doctor/facts';
import { resolveMedia, type MediaPlaces, type ResolvedMedia } from '../log/mediaPath';
import { linesOf } from '../lineFile';
import { marksName } from '../log/marks';
import { matchNotes } from '../log/notesOf';
import { openLog, type SampleRecord } from '../log/readLog';
import { notesName } from '../notes';
import type { MergeFile, MergeSource, RowLine } from './types';

/**
 * Reads the logs that are to be merged.
 *
 * @param logs absolute paths
 * @param folders absolute; where media may lie besides each log's own folder
 * @throws ExpectedError when a log cannot be read; the signal's reason when it is aborted
 */
export async function readSources(
  logs: readonly string[],
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<MergeSource[]> {
  const read: ReadSource[] = [];
  for (const log of logs) {
    signal?.throwIfAborted();
    read.push(await readSource(log, folders));
  }
  const files = await describeFiles(read, signal);
  return read.map(({ media, ...source }) => ({
    ...source,
    files: new Map(
      [...media].flatMap(([path, found]) => {
        const file = 'file' in found ? files.get(found.file) : undefined;
        return file ? [[path, file] as const] : [];
      }),
    ),
  }));
}

interface ReadSource extends Omit<MergeSource, 'files'> {
  readonly media: ReadonlyMap<string, ResolvedMedia>;
}

async function readSource(log: string, folders: readonly string[]): Promise<ReadSource> {
  const { layout, records } = await openLog(log);
  const found: SampleRecord[] = [];
  for await (const record of records) found.push(record);
  const notes = await linesAbout(log, notesName, found);
  const marks = await linesAbout(log, marksName, found);
  const samples = found.map(({ sample }) => ({
    sample,
    notes: notes.get(sample.row) ?? [],
    marks: marks.get(sample.row) ?? [],
  }));
  const places: MediaPlaces = { log, folders: [dirname(log), ...folders] };
  const media = await resolveAll(
    found.map(({ sample }) => sample),
    places,
  );
  const corrected = samples.flatMap((sample) => sample.notes.flatMap((line) => filesIn(line)));
  for (const { path } of corrected) if (!media.has(path)) media.set(path, await resolveMedia(path, places));
  return { log, layout, samples, media };
}

/** The lines about each row in a file beside the log; a line that was torn is passed over. */
async function linesAbout(
  log: string,
  name: string,
  records: readonly SampleRecord[],
): Promise<ReadonlyMap<number, readonly RowLine[]>> {
  const noted = records.map(({ sample, text: record }) => ({
    row: sample.row,
    timestamp: sample.timestamp,
    text: () => record,
  }));
  const lines = (await linesOf(join(dirname(log), name))).flatMap((line) => rowLine(line) ?? []);
  return matchNotes(
    lines.map((line) => ({ option: null, ...line })),
    basename(log),
    noted,
  );
}

function rowLine(line: string): RowLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const { log, timestamp, row } = value;
    if (typeof log !== 'string' || typeof timestamp !== 'string' || typeof row !== 'string') return undefined;
    return { ...value, log, timestamp, row };
  } catch {
    return undefined;
  }
}

/** Files of a size that no other one has need not be read to be told apart. */
async function describeFiles(read: readonly ReadSource[], signal?: AbortSignal): Promise<Map<string, MergeFile>> {
  const sizes = new Map<string, number>();
  const counts = new Map<number, number>();
  for (const { media } of read) {
    for (const found of media.values()) {
      if (!('file' in found) || sizes.has(found.file)) continue;
      signal?.throwIfAborted();
      const { size } = await stat(found.file);
      sizes.set(found.file, size);
      counts.set(size, (counts.get(size) ?? 0) + 1);
    }
  }
  const alike = [...sizes].filter(([, size]) => (counts.get(size) ?? 0) > 1).map(([file]) => file);
  const hashes = await hashesOf(alike, signal);
  return new Map(
    [...sizes].map(([file, bytes]) => [file, { file, bytes, identity: hashes.get(file) ?? `${bytes} bytes` }]),
  );
}
