import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesIn } from '../../demo/fileData';
import { versionOf } from '../../fileVersion';
import { isRecord, jsonOrUndefined } from '../../json';
import { hashesOf, resolvePaths } from '../doctor/facts';
import { linesOf } from '../lineFile';
import { marksName } from '../log/marks';
import type { ResolvedMedia } from '../log/mediaPath';
import { matchNotes, NotedSamples, type RowKey } from '../log/notesOf';
import { openLog } from '../log/readLog';
import { notesName } from '../notes';
import { UnitedColumns } from './columns';
import type { MergeFile, MergeSource, MergeSources } from './types';

/**
 * Looks through the logs that are to be merged. Their rows are not kept.
 *
 * @param logs absolute paths
 * @param folders absolute; where media may lie besides each log's own folder
 * @throws ExpectedError when a log cannot be read; the signal's reason when it is aborted
 */
export async function readSources(
  logs: readonly string[],
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<MergeSources> {
  const columns = new UnitedColumns();
  const read: ReadSource[] = [];
  let firstId = 0;
  for (const log of logs) {
    const source = await readSource(log, firstId, columns, folders, signal);
    firstId += source.samples;
    read.push(source);
  }
  const files = await describeFiles(read, signal);
  return {
    columns,
    logs: read.map(({ media, ...source }) => ({
      ...source,
      files: new Map(
        [...media].flatMap(([path, found]) => {
          const file = 'file' in found ? files.get(found.file) : undefined;
          return file ? [[path, file] as const] : [];
        }),
      ),
    })),
  };
}

interface ReadSource extends Omit<MergeSource, 'files'> {
  readonly media: ReadonlyMap<string, ResolvedMedia>;
}

async function readSource(
  log: string,
  firstId: number,
  columns: UnitedColumns,
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<ReadSource> {
  const { layout, encoding, records } = await openLog(log);
  const version = versionOf(await stat(log));
  columns.addLog(layout);
  const noteLines = await linesAbout(log, notesName);
  const markLines = await linesAbout(log, marksName);
  const noted = new NotedSamples([...noteLines, ...markLines]);
  const paths = new Set<string>();
  let samples = 0;
  for await (const { sample, text } of records) {
    signal?.throwIfAborted();
    samples++;
    columns.addSample(sample);
    noted.take(sample, text);
    for (const { media } of sample.values) for (const path of media) paths.add(path);
  }
  const notes = matchNotes(noteLines, basename(log), noted.samples);
  const marks = matchNotes(markLines, basename(log), noted.samples);
  for (const { path } of [...notes.values()].flat().flatMap((line) => filesIn(line))) paths.add(path);
  const media = await resolvePaths([...paths], { log, folders: [dirname(log), ...folders] });
  return { log, layout, encoding, version, samples, firstId, notes, marks, media };
}

/** The lines about a log's rows in a file beside it; a line that was torn is passed over. */
async function linesAbout(log: string, name: string): Promise<RowKey[]> {
  const lines = (await linesOf(join(dirname(log), name))).flatMap((line) => rowLine(line) ?? []);
  return lines.filter((line) => line.log === basename(log));
}

function rowLine(line: string): RowKey | undefined {
  const value = jsonOrUndefined(line);
  if (!isRecord(value)) return undefined;
  const { log, timestamp, row } = value;
  if (typeof log !== 'string' || typeof timestamp !== 'string' || typeof row !== 'string') return undefined;
  return { ...value, log, timestamp, row };
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
