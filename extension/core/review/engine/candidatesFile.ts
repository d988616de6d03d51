import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSpecialFloats, encodeSpecialFloats } from '../../../protocol/json';
import { encodeRecord, excel } from '../../csv/dialect';
import { openTable } from '../../dataset/openTable';
import { ExpectedError, isNotFound } from '../../errors';
import { replaceFile } from '../../replaceFile';
import { reviewFolder } from '../folder';
import { hashedColumns, hashOfRecord } from '../recordHash';
import { candidateCells, candidateHeader, readCandidateCells } from './candidateCells';
import { isSearchSummary, localSettings, portableSettings, type SearchSummary } from './searchSummary';
import type { Found, LabelChange } from './types';

/** What a search found, as it is kept beside the dataset. */
export interface SavedCandidates {
  readonly found: Found;
  /** Of the record of each candidate. */
  readonly hashes: readonly string[];
  /** `dataHash` of the dataset as it was searched. */
  readonly data: string;
  /** Labels that differed from those of the file; a search with them, and changes since, is the model as it was left. */
  readonly labels: readonly LabelChange[];
  /** ISO 8601, UTC. */
  readonly time: string;
}

const findAgain = 'Find label errors again.';
const dialect = { ...excel, lineEnd: '\n' } as const;

function pathsOf(dataset: string): { readonly csv: string; readonly json: string } {
  const folder = reviewFolder(dataset);
  return { csv: join(folder, 'candidates.csv'), json: join(folder, 'candidates.json') };
}

/** SHA-256 of a file's bytes, hexadecimal. @throws the signal's reason when it is aborted */
export async function dataHash(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) }))
    hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/**
 * The hash of each candidate's record, for `RecordKey`. Reads the dataset once.
 *
 * @throws ExpectedError when a record is gone; the signal's reason when it is aborted
 */
export async function candidateHashes(
  { settings, candidates }: Pick<Found, 'settings' | 'candidates'>,
  signal?: AbortSignal,
): Promise<string[]> {
  const table = await openTable(settings.dataset);
  const hashed = hashedColumns(table.columns, settings.text, settings.label);
  const positions = new Map(Array.from(candidates.rows, (row, position) => [row, position]));
  const hashes = Array.from<string>({ length: candidates.rows.length }).fill('');
  for await (const { from, count, cells } of table.scan(hashed.columns, signal ? { signal } : {})) {
    for (let index = 0; index < count; index++) {
      const position = positions.get(from + index);
      if (position === undefined) continue;
      const own = cells.map((column) => column[index] ?? null);
      hashes[position] = hashOfRecord(hashed, own);
    }
  }
  if (!hashes.includes('')) return hashes;
  throw new ExpectedError(`${settings.dataset} lost records while it was searched.`, findAgain);
}

/** Writes `candidates.csv` and `candidates.json`. While they do not belong together, there is no `candidates.json`. */
export async function writeCandidates({ found, hashes, data, labels, time }: SavedCandidates): Promise<void> {
  const { candidates, settings, ...rest } = found;
  const { csv, json } = pathsOf(settings.dataset);
  const count = candidates.rows.length;
  const portable = { ...rest, settings: portableSettings(settings) };
  const summary: SearchSummary = { v: 1, time, data, labels, candidates: count, found: portable };
  const lines = Array.from({ length: count }, (_, at) =>
    encodeRecord(candidateCells(candidates, at, hashes[at] ?? '', settings.multiLabel), dialect),
  );
  await mkdir(reviewFolder(settings.dataset), { recursive: true });
  await rm(json, { force: true });
  await replaceFile(csv, encodeRecord(candidateHeader, dialect) + lines.join(''));
  await replaceFile(json, `${JSON.stringify(encodeSpecialFloats(summary), null, 2)}\n`);
}

/**
 * What the last search found.
 *
 * @param dataset absolute path
 * @returns undefined when nothing was looked for
 * @throws ExpectedError saying where the files are not what they should be
 */
export async function readCandidates(dataset: string): Promise<SavedCandidates | undefined> {
  const { csv, json } = pathsOf(dataset);
  const text = await textAt(json);
  if (text === undefined) return undefined;
  const { time, data, labels, candidates: count, found } = summaryOf(text, json);
  const cells = await textAt(csv);
  if (cells === undefined) throw new ExpectedError(`${csv} is missing beside candidates.json.`, findAgain);
  const { candidates, hashes } = readCandidateCells(cells, csv, {
    ...found,
    multiLabel: found.settings.multiLabel,
  });
  if (hashes.length !== count) {
    throw new ExpectedError(
      `${csv} has ${hashes.length} candidates, but candidates.json beside it tells of ${count}.`,
      findAgain,
    );
  }
  const settings = localSettings(found.settings, dataset);
  return { found: { ...found, settings, candidates }, hashes, data, labels, time };
}

/** For what only mentions a search: one whose files are damaged says nothing, and is told where candidates are looked at. */
export async function lastSearch(dataset: string): Promise<Found | undefined> {
  try {
    return (await readCandidates(dataset))?.found;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

function summaryOf(text: string, path: string): SearchSummary {
  let value: unknown;
  try {
    value = decodeSpecialFloats(JSON.parse(text));
  } catch (error) {
    throw new ExpectedError(`${path} cannot be read.`, findAgain, String(error), { cause: error });
  }
  if (isSearchSummary(value)) return value;
  throw new ExpectedError(`${path} does not tell of a search as this version writes it.`, findAgain);
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw new ExpectedError(`${path} cannot be read.`, '', String(error), { cause: error });
  }
}
