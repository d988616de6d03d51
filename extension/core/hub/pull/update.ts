import { ExpectedError } from '../../errors';
import type { HubClient, HubOptions } from '../client/types';
import { isWhole } from './fetchFile';
import { bytesOf, planPull } from './planPull';
import { readPullRecord } from './pullRecord';
import { findRemoteDataset } from './remoteDataset';
import { safePath } from './safePath';
import type { PullPlan, PullRecord, SplitFile } from './types';

/** What happened to a file since it was pulled. */
export type FileUpdate =
  /** Changed or new on the Hub, untouched here: it is replaced. */
  | 'changed'
  | 'added'
  /** Gone on the Hub; it stays here. */
  | 'removed'
  /** Changed on the Hub and here: it stays as it is here. */
  | 'both';

/** What pulling again would change. */
export interface PullUpdate {
  readonly record: PullRecord;
  /** The commit of the Hub now. */
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly update: FileUpdate }[];
  /** Downloads what is changed or added. */
  readonly plan: PullPlan;
}

/**
 * Compares a pulled folder with the repository as it is now, and with its own files.
 *
 * @throws ExpectedError for a folder that was not pulled from this Hub
 */
export async function findUpdate(client: HubClient, folder: string, options: HubOptions = {}): Promise<PullUpdate> {
  const record = await readPullRecord(folder);
  if (record?.endpoint !== client.endpoint) {
    throw new ExpectedError(
      record ? `${folder} was pulled from ${record.endpoint}.` : `${folder} was not pulled from the Hub.`,
      record ? 'Choose that endpoint in the settings.' : 'Open a dataset of the Hub first.',
    );
  }
  const dataset = await findRemoteDataset(client, record.repo, record.revision, options);
  const before = new Map(record.files.map((file) => [file.path, file]));
  const all = planPull(client.endpoint, dataset, dataset.splits, folder);
  // New files come along where they belong to what was pulled.
  const isOurs = ({ path }: SplitFile): boolean => before.has(path) || sharesFolder(path, record.files);
  const now = all.files.filter(isOurs);
  const files: { readonly file: SplitFile; readonly update: FileUpdate | undefined }[] = [];
  // One after the other: thousands at once would be more than a process may have open.
  for (const file of now) files.push({ file, update: await updateOf(file, before.get(file.path)) });
  const there = new Set(now.map(({ path }) => path));
  const removed = record.files.filter(({ path }) => !there.has(path));
  const taken = files.filter(({ update }) => update === 'changed' || update === 'added').map(({ file }) => file);
  const isTaken = new Set(taken.map(({ path }) => path));
  return {
    record,
    commit: dataset.commit,
    files: [
      ...files.flatMap(({ file, update }) => (update ? [{ path: file.path, update }] : [])),
      ...removed.map(({ path }) => ({ path, update: 'removed' as const })),
    ],
    plan: {
      ...all,
      files: taken,
      bytes: bytesOf(taken),
      replaces: files.filter(({ update }) => update === 'changed').map(({ file }) => file.path),
      others: record.files.filter(({ path }) => !isTaken.has(path)),
    },
  };

  async function updateOf(file: SplitFile, old: SplitFile | undefined): Promise<FileUpdate | undefined> {
    if (!old) return 'added';
    if (old.oid === file.oid) return undefined;
    return (await isWhole(safePath(folder, file.path), old, options)) ? 'changed' : 'both';
  }
}

function sharesFolder(path: string, files: readonly SplitFile[]): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder !== '' && files.some((file) => file.path.startsWith(folder));
}
