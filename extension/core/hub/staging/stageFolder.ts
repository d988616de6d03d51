import { readFile, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isTablePath, openTable } from '../../dataset/openTable';
import type { Table, TableOptions } from '../../dataset/table';
import { ExpectedError, isExpected } from '../../errors';
import { fileKindOf } from '../../demo/fileKinds';
import { decodeCard } from '../card/decodeCard';
import { listFiles, type ListedFile } from './listFiles';
import { literalPattern, splitOfPath, withoutSplit } from './splitNames';
import { defaultConfig, rolesIn, type StagedGroup, type StagingRequest } from './stageConverted';
import { stageFiles } from './stageFiles';
import { stageParquetTables } from './stageParquet';
import { stageTextTables, type TableGroup, type TablePart } from './stageTables';
import { stepOf } from './steps';
import type { Staged, StagingWarning } from './types';

/**
 * Stages the files of a folder. Tables with the same columns become one configuration, divided into splits by the names of
 * files and folders as `datasets` knows them; what is no table goes as it is.
 *
 * @param folder absolute; where files are made
 * @throws ExpectedError when there is nothing to push, or the column of splits is in no table
 */
export async function stageFolder(
  request: StagingRequest,
  folder: string,
  options: TableOptions = {},
): Promise<Staged> {
  const { signal } = options;
  const listing = await listFiles(request.source, signal ? { signal } : {});
  if (listing.files.length === 0) {
    throw new ExpectedError(`${request.source} has no files to push.`, 'Choose another folder.');
  }
  const found = await tablesOf(listing.files, options);
  const groups = groupsOf(found.parts);
  checkRoles(groups, request);
  const staged: FolderGroup[] = [];
  const left: StagingWarning[] = [];
  for (const [index, group] of groups.entries()) {
    const one = await stageGroup(group, listing.files, request, folder, stepOf(options, index, groups.length));
    if (one.rows > 0) staged.push({ ...one, loader: request.format === 'parquet' ? 'parquet' : loaderOf(group) });
    else left.push(...group.parts.map(({ path }) => noRecords(path)));
  }
  const loader = mainLoader(staged);
  const loaded = staged.filter((group) => group.loader === loader);
  const root = await realpath(request.source);
  const embedded = new Set(staged.flatMap((group) => [...(group.embedded ?? [])]));
  const isPushed = new Set(groups.flatMap(({ parts }) => parts.map(({ path }) => path)));
  const others = await stageFiles(
    listing.files.filter(({ path }) => !isPushed.has(path) && !embedded.has(join(root, path))),
    signal ? { signal } : {},
  );
  const files = [...staged.flatMap((group) => group.files), ...others.files];
  return {
    files,
    configs: loaded.map(({ config }) => config),
    rows: loaded.reduce((sum, { rows }) => sum + rows, 0),
    warnings: [
      ...listing.warnings,
      ...found.warnings,
      ...left,
      ...staged.filter((group) => group.loader !== loader).flatMap(notLoaded),
      ...staged.flatMap(({ warnings }) => warnings),
      ...others.warnings,
    ],
    corrections: undefined,
    ...(listing.card === undefined ? {} : { card: decodeCard(await readFile(listing.card), listing.card) }),
  };
}

/** A table that cannot be opened goes as it is, like any other file. */
async function tablesOf(
  files: readonly ListedFile[],
  options: TableOptions,
): Promise<{ readonly parts: TablePart[]; readonly warnings: StagingWarning[] }> {
  const parts: TablePart[] = [];
  const warnings: StagingWarning[] = [];
  for (const { path, file } of files.filter((listed) => isTablePath(listed.path))) {
    try {
      parts.push({ table: await openTable(file, options), split: splitOfPath(path) ?? 'train', path });
    } catch (error) {
      if (!isExpected(error)) throw error;
      warnings.push({ kind: 'loader', message: `${path} is not loaded as a dataset: ${error.what}`, paths: [path] });
    }
  }
  return { parts, warnings };
}

function groupsOf(parts: readonly TablePart[]): TableGroup[] {
  const groups = new Map<string, TablePart[]>();
  for (const part of parts) {
    // The folder of each description of media has files of its own.
    const folder = isMediaTable(part) ? part.path : '';
    const key = JSON.stringify([part.table.format, part.table.columns, folder]);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  const names = new Set<string>();
  const named = [...groups.values()].map((group) => {
    const config = groups.size === 1 ? defaultConfig : distinct(mostFrequent(group.map(configName)), names);
    names.add(config);
    return { config, parts: group };
  });
  // What is loaded when no name is given comes first.
  return named.sort((one, other) => Number(other.config === defaultConfig) - Number(one.config === defaultConfig));
}

function mostFrequent(names: readonly string[]): string {
  const count = (name: string): number => names.filter((other) => other === name).length;
  return names.reduce((best, name) => (count(name) > count(best) ? name : best));
}

/** `reviews` for `reviews-train.csv`, and for `reviews/train.csv`. */
function configName({ path }: TablePart): string {
  const { dir, name } = posix.parse(path);
  const own = withoutSplit(name) || withoutSplit(posix.basename(dir)) || defaultConfig;
  return own.replace(/[^\w.-]+/g, '-');
}

function distinct(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  return free;
}

function checkRoles(groups: readonly TableGroup[], { labelColumn, splitColumn }: StagingRequest): void {
  for (const name of [labelColumn, splitColumn]) {
    const tables = groups.flatMap(({ parts }) => parts.map(({ table }) => table));
    if (name === undefined || tables.some(({ columns }) => columns.includes(name))) continue;
    throw new ExpectedError(`No table of the folder has a column "${name}".`, 'Choose another column.');
  }
}

async function stageGroup(
  group: TableGroup,
  files: readonly ListedFile[],
  request: StagingRequest,
  folder: string,
  options: TableOptions,
): Promise<StagedGroup> {
  const [first] = group.parts;
  if (!first) throw new Error('A configuration has files.');
  const own = { ...request, ...rolesIn(first.table.columns, request) };
  const stageTables = first.table.format === 'parquet' ? stageParquetTables : stageTextTables;
  const staged = await stageTables(group, own, folder, options);
  if (request.format === 'parquet' || !isMediaTable(first)) return staged;
  return { ...staged, config: mediaConfig(staged, first, files), warnings: [] };
}

/** A configuration and what loads it. `datasets` takes the loader of the first configuration for all of a repository. */
interface FolderGroup extends StagedGroup {
  readonly loader: string;
}

function loaderOf({ parts: [part] }: TableGroup): string {
  if (!part || isMediaTable(part)) return 'media';
  return part.table.format === 'tsv' ? 'csv' : part.table.format;
}

/** The one that loads the most records. */
function mainLoader(groups: readonly FolderGroup[]): string | undefined {
  const rows = new Map<string, number>();
  for (const group of groups) rows.set(group.loader, (rows.get(group.loader) ?? 0) + group.rows);
  return [...rows].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function notLoaded({ config: { splits } }: FolderGroup): StagingWarning[] {
  const paths = splits.flatMap((split) => split.paths);
  const message = `${paths.join(', ')}: "datasets" loads one format of a repository only. Choose Parquet to load all tables.`;
  return [{ kind: 'loader', message, paths }];
}

/** Whether a table is one by which `datasets` finds files of media: `metadata.csv` and its like. */
function isMediaTable({ path, table }: { readonly path: string; readonly table: Table }): boolean {
  const isMetadata = posix.parse(path).name === 'metadata';
  return isMetadata && table.columns.some((name) => /^(?:.+_)?file_names?$/.test(name));
}

/** A configuration of the files that a table of media tells of; `datasets` finds out its features. */
function mediaConfig(
  { config, rows }: StagedGroup,
  { path, split }: TablePart,
  files: readonly ListedFile[],
): StagedGroup['config'] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const media = files.filter((file) => file.path.startsWith(folder) && fileKindOf(file.path) !== 'file');
  const endings = new Set(media.map((file) => posix.extname(file.path)));
  const patterns = [...endings].map((ending) => `${literalPattern(folder)}**/*${ending}`);
  const splits = [{ name: split, paths: [literalPattern(path), ...patterns], rows }];
  return { name: config.name, splits, features: [], loader: {} };
}

function noRecords(path: string): StagingWarning {
  return { kind: 'leftOut', message: `${path} has no records, so that it is left out.`, paths: [path] };
}
