import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorCode, isNotFound } from '../../errors';
import { filesIn } from '../../demo/fileData';
import { componentDirectory } from '../format/directory';
import { dialects, isEra } from '../format/era';
import { logNumber } from '../format/logName';
import { marksName } from '../log/marks';
import { resolveMedia, type MediaPlaces, type ResolvedMedia } from '../log/mediaPath';
import { readLogFile } from '../log/readLog';
import type { LoggedSample, LogLayout } from '../log/types';
import { notesName, readNotes } from '../notes';
import { alike } from './duplicates';
import type { ReadLog } from './records';
import type { LogFacts } from './types';

/** Files that are looked up at a time. */
const atOnce = 32;

/**
 * Looks up what the disk says about a log.
 *
 * @param folders absolute; media outside of them and of the log's own folder are not looked at
 */
export async function gatherFacts(
  log: string,
  { layout, records }: ReadLog,
  folders: readonly string[],
): Promise<LogFacts> {
  const places: MediaPlaces = { log, folders: [dirname(log), ...folders] };
  const samples = records.flatMap(({ sample }) => sample ?? []);
  const media = await resolveAll(samples, places);
  const folder = await realpath(dirname(log));
  return {
    log,
    folder,
    media,
    hashes: await hashesOf(filesOf(media, alike(samples).flat())),
    unused: await unusedFiles({ log, folder, layout, media }, places),
    siblings: await siblingsOf(log, layout, await readdir(folder)),
  };
}

/** What each path in the cells of these samples names. */
async function resolveAll(samples: readonly LoggedSample[], places: MediaPlaces): Promise<Map<string, ResolvedMedia>> {
  return resolvePaths([...new Set(samples.flatMap(({ values }) => values.flatMap((value) => value.media)))], places);
}

/** What each of these paths names. */
export async function resolvePaths(paths: readonly string[], places: MediaPlaces): Promise<Map<string, ResolvedMedia>> {
  return new Map(await each(paths, async (path) => [path, await resolveMedia(path, places)] as const));
}

/** Content hashes of files, by their absolute paths. */
export async function hashesOf(files: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
  const hash = async (file: string) => [file, await hashOf(file, signal)] as const;
  return new Map(await each([...new Set(files)], hash));
}

async function hashOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex');
}

async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    results.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  }
  return results;
}

interface Looked extends Pick<LogFacts, 'log' | 'folder' | 'media'> {
  readonly layout: LogLayout;
}

/** Only files that a logger stored can be unused; a folder of the same name may hold anything else. */
async function unusedFiles({ log, folder, layout, media }: Looked, places: MediaPlaces): Promise<string[]> {
  const stored = await storedFiles(folder, layout);
  if (stored.length === 0) return [];
  const used = new Set(filesOf(media));
  for (const name of await readdir(folder)) {
    if (!/\.(?:csv|jsonl)$/i.test(name) || name === basename(log) || [notesName, marksName].includes(name)) continue;
    const other = join(folder, name);
    const samples: LoggedSample[] = [];
    for await (const sample of (await readLogFile(other)).samples) {
      if (sample.values.some((value) => value.media.length > 0)) samples.push(sample);
    }
    for (const file of filesOf(await resolveAll(samples, { ...places, log: other }))) used.add(file);
  }
  for (const { corrected } of await readNotes(folder)) {
    for (const { path } of filesIn(corrected)) used.add(join(folder, path));
  }
  return stored.filter((file) => !used.has(file));
}

/** The files that were found; those of some samples alone when these are given. */
function filesOf(media: ReadonlyMap<string, ResolvedMedia>, samples?: readonly LoggedSample[]): string[] {
  const paths = samples?.flatMap(({ values }) => values.flatMap((value) => value.media)) ?? media.keys();
  return [...paths].flatMap((path) => {
    const found = media.get(path);
    return found && 'file' in found ? found.file : [];
  });
}

/** The files of this log's components, by the names that loggers give. */
async function storedFiles(folder: string, { columns, era, format }: LogLayout): Promise<string[]> {
  if (era === 'unknown' || (era === 'hub' && format === 'csv')) return [];
  const components = columns.filter(({ role }) => role === 'component');
  const directories = components.flatMap(({ name, index }) => [
    componentDirectory(name, index, 'keep-list'),
    componentDirectory(name, index, 'deny-list'),
  ]);
  const found: string[] = [];
  for (const directory of new Set(directories)) {
    const names = await readdir(join(folder, directory), { recursive: true }).catch(noFolder);
    for (const name of names.filter((path) => isStored(path.replaceAll(sep, '/'), era === 'C1'))) {
      const file = join(folder, directory, name);
      if ((await lstat(file)).isFile()) found.push(file);
    }
  }
  return found.sort();
}

/** `0.png`, `<random digits>/name.png`, `tmp<random>.json`; Gradio 3.2 to 3.34 put random letters behind any name. */
function isStored(name: string, isFlat: boolean): boolean {
  if (/^(?:\d+(?:\.[\w-]+)?|(?:[\da-f]{20}|[\da-f]{40})\/[^/]+|tmp[a-z\d_]{8}\.\w+)$/.test(name)) return true;
  return isFlat && /^[^/]+[a-z\d_]{8}\.\w+$/.test(name);
}

/**
 * The logs of a directory that differ from this one in their number alone, this one included: a logger begins the next
 * when the columns change. One that shares no component with it is that of another demo.
 */
async function siblingsOf(log: string, layout: LogLayout, names: readonly string[]): Promise<string[]> {
  const { era } = layout;
  if (!isEra(era) || logNumber(dialects[era], basename(log)) === undefined) return [];
  const numbered = names
    .flatMap((name) => {
      const number = logNumber(dialects[era], name);
      return number === undefined ? [] : [{ path: join(dirname(log), name), number }];
    })
    .sort((a, b) => a.number - b.number);
  const own = componentNames(layout);
  const related = await each(numbered, async ({ path }) => {
    const components = path === log ? own : componentNames((await readLogFile(path)).layout);
    return components.some((name) => own.includes(name)) ? [path] : [];
  });
  return related.flat();
}

function componentNames({ columns }: LogLayout): string[] {
  return columns.filter(({ role }) => role === 'component').map(({ name }) => name);
}

function noFolder(error: unknown): [] {
  if (isNotFound(error) || errorCode(error) === 'ENOTDIR') return [];
  throw error;
}
