import { isAbsolute } from 'node:path';
import { ExpectedError } from '../../errors';
import { safePath } from './safePath';
import type { PullPlan, RemoteDataset, RemoteSplit, SplitFile } from './types';

/** Above, a repository is fetched by its own tools. */
const mostFiles = 10_000;

/**
 * What pulling some splits of a dataset downloads: their files under their own paths, so that pushing them again changes
 * nothing, and the card.
 *
 * @param folder absolute; it and the files need not exist yet
 * @throws ExpectedError for too many files, HubError for paths that must not be written
 */
export function planPull(
  endpoint: string,
  { repo, revision, commit, card, from }: RemoteDataset,
  splits: readonly RemoteSplit[],
  folder: string,
): PullPlan {
  if (!isAbsolute(folder)) throw new TypeError(`${folder} is not absolute.`);
  const all = new Map(splits.flatMap(({ files }) => files.map((file) => [file.path, file])));
  if (card && from === 'repository') all.set(card.path, card);
  if (all.size > mostFiles) {
    throw new ExpectedError(
      `${repo} has ${all.size.toLocaleString('en')} files in these splits, and at most ${mostFiles.toLocaleString('en')} are pulled.`,
      'Choose one split, or fetch the repository with git.',
    );
  }
  const files = [...all.values()];
  for (const { path } of files) safePath(folder, path);
  return { endpoint, repo, revision, commit, folder, files, bytes: bytesOf(files), replaces: [], others: [] };
}

export function bytesOf(files: readonly SplitFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The splits that a person named. @throws ExpectedError naming those that there are */
export function chooseSplits(
  { repo, splits }: Pick<RemoteDataset, 'repo' | 'splits'>,
  config: string | undefined,
  split: string | undefined,
): readonly RemoteSplit[] {
  const chosen = splits.filter(
    (each) => (config === undefined || each.config === config) && (split === undefined || each.split === split),
  );
  if (chosen.length > 0) return chosen;
  const known = splits.map((each) => `${each.config}/${each.split}`).join(', ');
  throw new ExpectedError(`${repo} has no such split.`, `It has ${known}.`);
}
