import picomatch from 'picomatch';
import { isTablePath } from '../../dataset/openTable';
import type { HubClient, HubFile, HubOptions } from '../client/types';
import { HubError } from '../hubError';
import { cardPath, type RepositoryId } from '../repository';
import { splitOfPath } from '../staging/splitNames';
import { configuredSplits } from './cardConfigs';
import type { RemoteDataset, RemoteSplit, SplitFile } from './types';

/** Where the Hub keeps the Parquet files that it makes of every dataset: `config/split/0000.parquet`. */
const convertedRevision = 'refs/convert/parquet';
const cardLimit = 1 << 20;

interface Listing {
  readonly files: readonly SplitFile[];
  readonly commit: string;
}

/**
 * Finds the splits of a dataset on the Hub as `load_dataset` does: by `configs` of its card, else by the names of its
 * files. Where its files are no tables, those that the Hub converted to Parquet are taken.
 *
 * @throws HubError `missing` when there is no such repository or revision, `refused` when nothing in it can be read
 */
export async function findRemoteDataset(
  client: HubClient,
  repo: RepositoryId,
  revision: string,
  options: HubOptions = {},
): Promise<RemoteDataset> {
  const listing = await list(client, repo, revision, options);
  if (!listing) {
    throw new HubError(
      'missing',
      `There is no dataset ${repo}${revision === 'main' ? '' : ` with a revision ${revision}`} that you may see.`,
      'Check the name, or sign in with an account that may see it.',
    );
  }
  const { files, commit } = listing;
  const card = files.find(({ path }) => path === cardPath);
  const readme = card ? await textOf(client, repo, commit, card, options) : '';
  const splits = splitsOfCard(readme, files);
  const own = splits.length > 0 ? splits : splitsByName(files);
  const found = { repo, revision, card };
  if (own.length > 0) return { ...found, commit, from: 'repository', splits: own };
  const converted = await list(client, repo, convertedRevision, options);
  const made = converted ? splitsOfConverted(converted.files) : [];
  if (!converted || made.length === 0) {
    throw new HubError('refused', `${repo} has no CSV, JSON Lines or Parquet files.`, 'Choose another dataset.');
  }
  return { ...found, commit: converted.commit, revision: convertedRevision, from: 'converted', splits: made };
}

async function list(
  client: HubClient,
  repo: RepositoryId,
  revision: string,
  options: HubOptions,
): Promise<Listing | undefined> {
  const repository = await client.repository(repo, revision, options);
  if (!repository) return undefined;
  const files: SplitFile[] = [];
  for await (const file of client.files(repo, repository.commit, options)) files.push(fileOf(file));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), commit: repository.commit };
}

function fileOf({ path, size, oid, sha256 }: HubFile): SplitFile {
  return { path, size, oid, sha256 };
}

async function textOf(
  client: HubClient,
  repo: RepositoryId,
  commit: string,
  { path, size }: SplitFile,
  options: HubOptions,
): Promise<string> {
  if (size > cardLimit) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of client.download(repo, commit, path, options)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function splitsOfCard(readme: string, files: readonly SplitFile[]): RemoteSplit[] {
  return configuredSplits(readme).flatMap(({ config, split, patterns }) => {
    const matches = picomatch([...patterns]);
    const named = files.filter(({ path }) => matches(path));
    return named.some(({ path }) => isTablePath(path)) ? [{ config, split, files: named }] : [];
  });
}

/** By the words of `datasets`; as soon as one file has one of them, those without are left out. */
function splitsByName(files: readonly SplitFile[]): RemoteSplit[] {
  const tables = files.filter(({ path }) => isTablePath(path));
  const named = grouped(tables, ({ path }) => splitOfPath(path));
  if (named.size > 0) return Array.from(named, ([split, own]) => ({ config: 'default', split, files: own }));
  return tables.length === 0 ? [] : [{ config: 'default', split: 'train', files: tables }];
}

function splitsOfConverted(files: readonly SplitFile[]): RemoteSplit[] {
  const folders = grouped(files, ({ path }) => /^([^/]+\/[^/]+)\/[^/]+\.parquet$/.exec(path)?.[1]);
  return Array.from(folders, ([folder, own]) => {
    const [config = '', split = ''] = folder.split('/');
    return { config, split: split.replace(/^partial-/, ''), files: own };
  });
}

/** Files by what they are told to belong to; those that belong to nothing are left out. */
function grouped(files: readonly SplitFile[], groupOf: (file: SplitFile) => string | undefined) {
  const groups = new Map<string, SplitFile[]>();
  for (const file of files) {
    const group = groupOf(file);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), file]);
  }
  return groups;
}
