import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stat } from 'node:fs/promises';
import { ExpectedError } from '../../../errors';
import { isRecord } from '../../../json';
import { takeApart, firstLine } from '../../card/frontMatter';
import { mergeCard } from '../../card/mergeCard';
import { cardSections } from '../../card/sections';
import { YamlEdits } from '../../card/yamlEdits';
import type { CommitOperation } from '../../client/types';
import { counted } from '../../../counted';
import { convertRecords } from '../../parquet/convert';
import { featuresYaml } from '../../parquet/datasetsFeatures';
import { featuresOf } from '../../parquet/survey';
import { loadDatasetCode } from '../../plan/loadCode';
import { cardPath } from '../../repository';
import { defaultEndpoint } from '../../repository';
import type { Features } from '../../staging/types';
import type { QueuedFlag, SaverTarget } from '../types';
import { flagColumns, type FlagColumn } from './flagColumns';
import { remoteFile } from './remoteFile';
import type { FlagLayout, LayoutBatch, LayoutCommit, SaverRemote } from './types';

/** Flags of one commit; a row group has less. */
const mostFlags = 1000;
/** Files of the flags of one commit, which all go into one shard. */
const mostFiles = 500;

/** What a repository holds before anybody adds to it. */
const ofAnyRepository = new Set(['.gitattributes', cardPath]);

/**
 * Append-only Parquet: each commit adds a shard with the files inside, and nobody writes to one again. Flags of demos with
 * other columns are another configuration. The card tells the features, so that the Hub shows images and labels.
 */
export const parquetLayout: FlagLayout = {
  fits: (flag, others) => {
    const files = others.reduce((sum, one) => sum + one.files, flag.files);
    return others.length < mostFlags && files <= mostFiles && schemaOf(flag) === schemaOf(others[0] ?? flag);
  },
  commit: commitShard,
};

async function commitShard(batch: LayoutBatch, remote: SaverRemote): Promise<LayoutCommit> {
  const [first] = batch.flags;
  if (!first) throw new Error('A batch has flags.');
  const columns = flagColumns(first.components);
  const features = featuresOf({ columns: columns.map(({ name, feature }) => ({ name, feature })) });
  const readme = (await remoteFile(remote, cardPath))?.toString('utf8');
  const config = configOf(readme, features);
  if (!config.isThere && config.isFirst) await refuseOtherData(remote);
  const shard = `${folderOf(config.name)}/flags-${batch.time.replace(/\.\d+/, '').replaceAll(':', '-')}-${batch.id}`;
  const operations: CommitOperation[] = [];
  for (const [index, { file, size }] of (await shards(batch, columns)).entries()) {
    const path = `${shard}${index === 0 ? '' : `-${index}`}.parquet`;
    operations.push({ kind: 'put', path, content: { file, size } });
  }
  if (!config.isThere) {
    const bytes = Buffer.from(cardWith(readme, config.name, features, remote.target));
    operations.push({ kind: 'put', path: cardPath, content: { bytes } });
  }
  return { title: `Add ${counted(batch.flags.length, 'flag')}`, operations };
}

/** Writes the flags of a batch as Parquet; more than one file only when they are very large. */
async function shards(
  { flags, folder }: LayoutBatch,
  columns: readonly FlagColumn[],
): Promise<{ file: string; size: number }[]> {
  const cells = new Map(columns.map(({ name, cell }) => [name, cell]));
  const batch = { count: flags.length, column: (name: string) => flags.map((flag) => cells.get(name)?.(flag) ?? null) };
  const source = {
    async *read() {
      yield await Promise.resolve(batch);
    },
  };
  const { paths } = await convertRecords(
    [{ split: 'train', source }],
    { columns: columns.map(({ name, feature }) => ({ name, feature, classes: undefined })) },
    { folder, prefix: 'data', splitColumn: undefined, resolve: (file) => Promise.resolve({ file }) },
  );
  const files: { file: string; size: number }[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    files.push({ file, size: (await stat(file)).size });
  }
  return files;
}

interface FoundConfig {
  readonly name: string;
  /** Whether the card has it. */
  readonly isThere: boolean;
  /** Whether the card has no configuration at all. */
  readonly isFirst: boolean;
}

/** The configuration of flags with these columns: the first one is the default, others are named after their columns. */
function configOf(readme: string | undefined, features: Features): FoundConfig {
  const { opening, yaml, lineEnd } = takeApart(readme ?? '');
  const edits = new YamlEdits(yaml, lineEnd, firstLine(opening));
  const [configs, infos] = [recordsOf(edits.get('configs')), recordsOf(edits.get('dataset_info'))];
  const wanted = featuresYaml(features);
  for (const { config_name: given, data_files: files } of configs) {
    const name = typeof given === 'string' ? given : 'default';
    const info = infos.find((one) => (one.config_name ?? 'default') === name);
    const isOurs = isDeepStrictEqual(files, [{ split: 'train', path: patternOf(name) }]);
    if (isOurs && isDeepStrictEqual(info?.features, wanted)) return { name, isThere: true, isFirst: false };
  }
  const isFirst = configs.length === 0;
  return { name: isFirst ? 'default' : `flags-${hashOf(features)}`, isThere: false, isFirst };
}

/** A configuration that is written hides what `datasets` found by itself until then. */
async function refuseOtherData({ client, target, commit, options }: SaverRemote): Promise<void> {
  for await (const { path } of client.files(target.repo, commit, options)) {
    if (ofAnyRepository.has(path)) continue;
    throw new ExpectedError(
      `${target.repo} holds other data (${path}), whose card has no configurations: flags would hide it.`,
      'Choose another repository, or write its configurations into its card.',
    );
  }
}

/** What it says to load holds wherever the repository is, and whoever may see it. */
function cardWith(readme: string | undefined, name: string, features: Features, { repo }: SaverTarget): string {
  const config = { name, splits: [{ name: 'train', paths: [patternOf(name)], rows: 0 }], features, loader: {} };
  const place = { repo, branch: 'main', endpoint: defaultEndpoint, visibility: 'public' } as const;
  const code = loadDatasetCode({ ...place, configs: [config] });
  const content = {
    title: repo.slice(repo.indexOf('/') + 1),
    configs: [config],
    fields: {},
    sections: cardSections(undefined, code),
  };
  return mergeCard(readme, content).text;
}

function folderOf(config: string): string {
  return config === 'default' ? 'data' : config;
}

function patternOf(config: string): string {
  return `${folderOf(config)}/flags-*`;
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

function hashOf(features: Features): string {
  return createHash('sha256')
    .update(JSON.stringify(featuresYaml(features)))
    .digest('hex')
    .slice(0, 12);
}

/** Tells demos with other columns apart. */
function schemaOf({ components }: QueuedFlag): string {
  return JSON.stringify(components.map(({ kind, label }) => [kind, label]));
}
