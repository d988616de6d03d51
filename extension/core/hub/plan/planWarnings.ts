import { sizeText } from '../../sizeText';
import { counted } from '../../counted';
import { pathsWarning, pathWarnings } from '../staging/pathRules';
import type { Staged, StagingWarning } from '../staging/types';
import { cardPath } from '../repository';
import { shardPrefixes } from './planFiles';
import type { PlannedFile, PushRequest, RemoteState } from './types';

/** What the Hub recommends at most. */
const mostFiles = 100_000;
const mostEntries = 10_000;
const largestFile = 200e9;

/** What a person should know about a push beyond what staging told. */
export function planWarnings(
  request: Pick<PushRequest, 'visibility'>,
  staged: Staged,
  remote: RemoteState,
  files: readonly PlannedFile[],
): StagingWarning[] {
  const others = otherPaths(remote, files);
  const staying = files.filter(({ change }) => change !== 'delete').map(({ path }) => path);
  return [
    ...visibilityWarning(request, remote),
    ...pathsWarning(
      'repository',
      'Files of the repository that are not of this push and will be loaded with it',
      takenIn(others, staged),
    ),
    ...pathWarnings([...staying, ...others]),
    ...limitWarnings([...staying, ...others]),
    ...pathsWarning(
      'fileLimit',
      `Files above ${sizeText(largestFile)}, which the Hub advises against`,
      files.filter(({ size, change }) => size > largestFile && change !== 'delete').map(({ path }) => path),
    ),
  ];
}

/** Files of the repository that a push does not touch. */
export function otherPaths({ files: present }: RemoteState, files: readonly PlannedFile[]): string[] {
  const ours = new Set(files.map(({ path }) => path));
  return [...present.keys()].filter((path) => !ours.has(path));
}

function visibilityWarning({ visibility }: Pick<PushRequest, 'visibility'>, remote: RemoteState): StagingWarning[] {
  if (remote.visibility === undefined || remote.visibility === visibility) return [];
  const message = `The repository is ${remote.visibility} and stays so; a push does not make it ${visibility}.`;
  return [{ kind: 'repository', message, paths: [] }];
}

/** Those that patterns of ours, such as `data/train-*`, mean as well. */
function takenIn(paths: readonly string[], { configs }: Staged): string[] {
  const prefixes = [...shardPrefixes(configs)];
  return paths.filter((path) => {
    return prefixes.some((prefix) => path.startsWith(prefix) && !path.includes('/', prefix.length));
  });
}

function limitWarnings(paths: readonly string[]): StagingWarning[] {
  const warnings: StagingWarning[] = [];
  const say = (message: string): unknown => warnings.push({ kind: 'fileLimit', message, paths: [] });
  if (paths.length > mostFiles) {
    say(`The repository will have ${counted(paths.length, 'file')}; the Hub advises against more than 100,000.`);
  }
  const entries = new Map<string, number>();
  for (const path of paths) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    entries.set(folder, (entries.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of entries) {
    if (count > mostEntries) {
      say(`The folder "${folder}" will have ${counted(count, 'file')}; the Hub takes at most 10,000 in one.`);
    }
  }
  return warnings;
}

/** Said where the card that a person gave takes the place of one that others may have edited. */
export const replacedCard: StagingWarning = {
  kind: 'card',
  message: 'README.md of the repository has other text, which this push replaces.',
  paths: [cardPath],
};
