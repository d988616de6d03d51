import { cardPath } from '../repository';
import { ExpectedError } from '../../errors';
import { byCodePoint } from '../../labels/tokens';
import { checkPath } from '../staging/pathRules';
import { idsOf } from '../staging/stageFile';
import type { StagedConfig, StagedFile } from '../staging/types';
import type { PlannedFile, RemoteFile } from './types';

/** How `datasets` names the files of a split that has several. */
const shard = /^(.*-)\d{5}-of-\d{5}\.\w+$/s;

/**
 * What becomes of each file of a push and of the repository, by content: what is the same is left alone, shards of our
 * splits that are no longer among the staged files are deleted, and files of others are not in the list.
 *
 * @throws ExpectedError when two files would have one path
 */
export function planFiles(
  staged: readonly StagedFile[],
  card: string,
  configs: readonly StagedConfig[],
  remote: ReadonlyMap<string, RemoteFile>,
): PlannedFile[] {
  const paths = new Set(staged.map(({ path }) => path)).add(cardPath);
  const prefixes = shardPrefixes(configs);
  const stale = new Map([...remote].filter(([path]) => !paths.has(path) && isShardOf(path, prefixes)));
  checkPlaces(staged, new Set([...remote.keys()].filter((path) => !stale.has(path))));
  return [
    ...staged.map((file) => planned(file, file, remote.get(file.path))),
    planned({ path: cardPath, ...idsOf(Buffer.from(card)) }, undefined, remote.get(cardPath)),
    ...Array.from(stale, ([path, { size }]) => ({ path, change: 'delete', size, staged: undefined }) as const),
  ].sort((one, other) => byCodePoint(one.path, other.path));
}

type Content = Pick<StagedFile, 'path' | 'size' | 'oid' | 'sha256'>;

function planned(content: Content, staged: StagedFile | undefined, present: RemoteFile | undefined): PlannedFile {
  const { path, size } = content;
  const change = !present ? 'add' : isSame(content, present) ? 'leave' : 'change';
  return { path, change, size, staged };
}

/** Of a file in LFS the repository has a pointer, whose name tells nothing about its content. */
function isSame(content: Content, present: RemoteFile): boolean {
  return present.sha256 === undefined ? present.oid === content.oid : present.sha256 === content.sha256;
}

/** Files that a pattern of ours takes in, such as `data/train-*`, by the beginning of their paths. */
export function shardPrefixes(configs: readonly StagedConfig[]): ReadonlySet<string> {
  const paths = configs.flatMap(({ splits }) => splits.flatMap((split) => split.paths));
  return new Set(paths.flatMap((path) => (path.endsWith('-*') ? path.slice(0, -1) : (shard.exec(path)?.[1] ?? []))));
}

function isShardOf(path: string, prefixes: ReadonlySet<string>): boolean {
  const prefix = shard.exec(path)?.[1];
  return prefix !== undefined && prefixes.has(prefix);
}

/** Refuses names that no tree can have: the same one twice, or one that is a file and a folder. */
function checkPlaces(staged: readonly StagedFile[], remote: ReadonlySet<string>): void {
  const files = new Set<string>();
  for (const { path } of staged) {
    checkPath(path);
    if (files.has(path) || path === cardPath) {
      throw new ExpectedError(`Two files would be ${path} in the repository.`, 'Rename one of them.');
    }
    files.add(path);
  }
  const ours = foldersOf(files);
  const theirs = foldersOf(remote);
  const clash =
    [...files].find((path) => theirs.has(path) || ours.has(path)) ?? [...remote].find((path) => ours.has(path));
  if (clash === undefined) return;
  throw new ExpectedError(
    `${clash} would be a file and a folder in the repository.`,
    'Rename it, or delete what stands in its place.',
  );
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
