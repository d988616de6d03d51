import { dirname, join } from 'node:path';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { resolveMedia } from '../../flagging/log/mediaPath';
import type { PushRequest } from '../plan/types';
import { convertRecords } from '../parquet/convert';
import type { ResolveFile } from '../parquet/mediaCells';
import { featuresOf, type ColumnRoles, type DatasetPart, type Survey, type SurveyedColumn } from '../parquet/survey';
import { stageFile } from './stageFile';
import type { StagedConfig, StagedFile, StagingWarning } from './types';

/** What of a request tells how a dataset is staged. */
export type StagingRequest = Pick<PushRequest, 'source' | 'format' | 'splitColumn' | 'labelColumn'>;

/** A configuration with its files. */
export interface StagedGroup {
  readonly config: StagedConfig;
  readonly files: readonly StagedFile[];
  readonly rows: number;
  readonly warnings: readonly StagingWarning[];
  /** Absolute paths, links followed, of the files whose bytes went into Parquet. */
  readonly embedded?: ReadonlySet<string>;
}

/** Records that are written as Parquet. */
export interface RecordGroup {
  readonly config: string;
  readonly parts: readonly DatasetPart[];
  /** Of these parts. */
  readonly survey: Survey;
  readonly splitColumn: string | undefined;
  /** Absolute; where files are made. */
  readonly folder: string;
  readonly resolve: ResolveFile;
}

/** Stages records as Parquet files. */
export async function stageConverted(group: RecordGroup, options: TableOptions): Promise<StagedGroup> {
  const { config: name, parts, survey, splitColumn, folder, resolve } = group;
  const target = { folder, prefix: dataFolder(name), splitColumn, resolve };
  const { splits, paths, warnings, embedded } = await convertRecords(parts, survey, target, options);
  return {
    config: { name, splits, features: featuresOf(survey), loader: {} },
    files: await hashed(
      paths.map((path) => [path, join(folder, path)]),
      options,
    ),
    rows: survey.rows,
    warnings: [...survey.warnings, ...warnings, ...survey.columns.flatMap(lostLabels)],
    embedded,
  };
}

/** A label that is none of the classes that a card or a file names. */
function lostLabels({ name, classes }: SurveyedColumn): StagingWarning[] {
  const others = classes?.others ?? [];
  if (others.length === 0) return [];
  const shown = others.slice(0, 3).map((label) => JSON.stringify(label));
  const more = others.length > shown.length ? ` and ${others.length - shown.length} more` : '';
  const message = `Labels of "${name}" that are none of its classes become null: ${shown.join(', ')}${more}.`;
  return [{ kind: 'loader', message, paths: [] }];
}

/** Files as they are cannot be divided. */
export function noSplitsAsIs(): ExpectedError {
  return new ExpectedError(
    'A column can name the splits only of a dataset that is pushed as Parquet.',
    'Choose Parquet, or leave the split column out.',
  );
}

/** Hashes files whose content was looked at before, one after the other. */
export async function hashed(
  files: readonly (readonly [path: string, file: string])[],
  { signal }: TableOptions,
): Promise<StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const [path, file] of files) staged.push(await stageFile(path, file, signal ? { signal } : {}));
  return staged;
}

/** The roles that the columns of one of several tables can have. */
export function rolesIn(columns: readonly string[], { labelColumn, splitColumn }: ColumnRoles): ColumnRoles {
  const own = (name: string | undefined): string | undefined =>
    name !== undefined && columns.includes(name) ? name : undefined;
  return { labelColumn: own(labelColumn), splitColumn: own(splitColumn) };
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
