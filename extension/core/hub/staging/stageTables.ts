import { dirname, extname, join } from 'node:path';
import { findClassNames } from '../../dataset/classNames';
import type { Table, TableOptions } from '../../dataset/table';
import { TextTable } from '../../dataset/textTable';
import { ExpectedError } from '../../errors';
import { resolveMedia } from '../../flagging/log/mediaPath';
import type { PushRequest } from '../plan/types';
import { convertRecords } from '../parquet/convert';
import type { ResolveFile } from '../parquet/mediaCells';
import { tableRecords } from '../parquet/recordSource';
import { featuresOf, surveyRecords, type DatasetPart, type Survey } from '../parquet/survey';
import { csvAsIs, jsonLinesAsIs } from './asIs';
import { literalPattern } from './splitNames';
import { stageFile } from './stageFile';
import type { StagedConfig, StagedFile, StagedSplit, StagingWarning } from './types';

/** What of a request tells how a dataset is staged. */
export type StagingRequest = Pick<PushRequest, 'source' | 'format' | 'splitColumn' | 'labelColumn'>;

/** A file of a configuration. */
export interface TablePart {
  readonly table: Table;
  readonly split: string;
  /** In the repository, when it is pushed as it is. */
  readonly path: string;
}

/** Tables with the same columns, which become one configuration. */
export interface TableGroup {
  readonly config: string;
  readonly parts: readonly TablePart[];
}

/** A configuration with its files. */
export interface StagedGroup {
  readonly config: StagedConfig;
  readonly files: readonly StagedFile[];
  readonly rows: number;
  readonly warnings: readonly StagingWarning[];
}

/**
 * Stages tables of texts or of JSON, as they are or as Parquet.
 *
 * @param folder absolute; where files are made
 * @throws ExpectedError when there are no records, or a column is missing or names no splits
 */
export async function stageTextTables(
  group: TableGroup,
  request: StagingRequest,
  folder: string,
  options: TableOptions = {},
): Promise<StagedGroup> {
  const [first] = group.parts;
  if (!first) throw new Error('A configuration has files.');
  const { labelColumn } = request;
  const known = labelColumn === undefined ? undefined : await findClassNames(first.table, labelColumn);
  const parts = group.parts.map(({ split, table }): DatasetPart => ({ split, source: tableRecords(table) }));
  const resolve = fileFinder(group.parts.map(({ table }) => table.path));
  const survey = await surveyRecords(parts, request, known?.names, resolve, options);
  const staging = request.format === 'parquet' ? stageConverted : stageAsIs;
  return staging({ group, parts, survey, request, folder, resolve, options });
}

interface Surveyed {
  readonly group: TableGroup;
  readonly parts: readonly DatasetPart[];
  readonly survey: Survey;
  readonly request: StagingRequest;
  readonly folder: string;
  readonly resolve: ResolveFile;
  readonly options: TableOptions;
}

async function stageConverted(surveyed: Surveyed): Promise<StagedGroup> {
  const { group, parts, survey, request, folder, resolve, options } = surveyed;
  const prefix = dataFolder(group.config);
  const target = { folder, prefix, splitColumn: request.splitColumn, resolve };
  const { splits, paths, warnings } = await convertRecords(parts, survey, target, options);
  return {
    config: { name: group.config, splits, features: featuresOf(survey), loader: {} },
    files: await stageFiles(paths.map((path) => [path, join(folder, path)])),
    rows: survey.rows,
    warnings,
  };
}

async function stageAsIs({ group, survey, request }: Surveyed): Promise<StagedGroup> {
  if (request.splitColumn !== undefined) throw noSplitsAsIs();
  const [table] = group.parts.map((part) => part.table);
  if (!(table instanceof TextTable)) throw new Error('Tables of texts are staged here.');
  const { features, loader, warnings } =
    table.format === 'jsonl' ? jsonLinesAsIs(table, survey) : csvAsIs(table, survey);
  return {
    config: { name: group.config, splits: splitsOf(group.parts, survey), features, loader },
    files: await stageFiles(group.parts.map((part) => [part.path, part.table.path])),
    rows: survey.rows,
    warnings,
  };
}

/** Files as they are cannot be divided. */
export function noSplitsAsIs(): ExpectedError {
  return new ExpectedError(
    'A column can name the splits only of a dataset that is pushed as Parquet.',
    'Choose Parquet, or leave the split column out.',
  );
}

/** The splits of files that are pushed as they are, those without records left out. */
export function splitsOf(parts: readonly TablePart[], { splits }: Pick<Survey, 'splits'>): StagedSplit[] {
  return [...splits].map(([name, rows]) => {
    const paths = parts.filter(({ split }) => split === name).map(({ path }) => literalPattern(path));
    return { name, paths, rows };
  });
}

/** Hashes files one after the other. */
export async function stageFiles(files: readonly (readonly [path: string, file: string])[]): Promise<StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const [path, file] of files) staged.push(await stageFile(path, file));
  return staged;
}

/** Finds files beside the tables that name them; none outside of their folders. */
export function fileFinder(tables: readonly string[]): ResolveFile {
  const folders = [...new Set(tables.map((path) => dirname(path)))];
  const [log = ''] = tables;
  return (name) => resolveMedia(name, { log, folders });
}

/** Where the Parquet files of a configuration stand in the repository. */
export function dataFolder(config: string): string {
  return config === defaultConfig ? 'data' : config;
}

/** The name of the only configuration of a dataset. */
export const defaultConfig = 'default';

/** The name of a table in the repository when it is pushed alone and as it is. */
export function pathAlone(split: string, file: string): string {
  return `data/${split}${extname(file).toLowerCase()}`;
}
