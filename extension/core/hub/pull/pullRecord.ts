import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothingThere } from '../../errors';
import { isRecord, jsonOrUndefined } from '../../json';
import { replaceFile } from '../../replaceFile';
import type { PullRecord } from './types';

const recordName = 'hub.json';

/** Beside the reviews of the folder's datasets; no push takes it along. */
export function recordFolder(folder: string): string {
  return join(folder, '.flag-review');
}

/** Where a folder's files came from; undefined for a folder that was not pulled. */
export async function readPullRecord(folder: string): Promise<PullRecord | undefined> {
  const text = await readFile(join(recordFolder(folder), recordName), 'utf8').catch(nothingThere);
  const value = text === undefined ? undefined : jsonOrUndefined(text);
  return isPullRecord(value) ? value : undefined;
}

export async function writePullRecord(folder: string, record: PullRecord): Promise<void> {
  const directory = recordFolder(folder);
  await mkdir(directory, { recursive: true });
  await replaceFile(join(directory, recordName), `${JSON.stringify(record, null, 2)}\n`);
}

function isPullRecord(value: unknown): value is PullRecord {
  if (!isRecord(value) || value.v !== 1 || !Array.isArray(value.files)) return false;
  const { endpoint, repo, revision, commit } = value;
  return [endpoint, repo, revision, commit].every((text) => typeof text === 'string') && value.files.every(isFile);
}

function isFile(value: unknown): boolean {
  return isRecord(value) && typeof value.path === 'string' && typeof value.oid === 'string';
}
