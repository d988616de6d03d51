import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { findClassNames } from '../../dataset/classNames';
import type { TableOptions } from '../../dataset/table';
import { byCodePoint } from '../../labels/tokens';
import { logAt, logRecords, type FoundLog } from '../parquet/logRecords';
import { surveyRecords } from '../parquet/survey';
import { stageFilesMode } from './filesMode';
import {
  defaultConfig,
  fileFinder,
  noSplitsAsIs,
  rolesIn,
  stageConverted,
  type StagedGroup,
  type StagingRequest,
} from './stageConverted';
import { whileUnchanged } from './steps';

/** The flag logs right in a folder, sorted by name; none in a folder that is no flagging directory. */
export async function logsIn(folder: string): Promise<FoundLog[]> {
  const names = (await readdir(folder)).sort(byCodePoint);
  const logs = await Promise.all(names.map((name) => logAt(join(folder, name))));
  return logs.filter((log) => log !== undefined);
}

/**
 * Stages the samples of flag logs with their files, a configuration a log: as Parquet with the files inside, or as
 * `metadata.jsonl` with the files beside it.
 *
 * @param folder absolute; where files are made
 * @throws ExpectedError when a column is missing or names no splits
 */
export async function stageFlaggingDirectory(
  logs: readonly FoundLog[],
  request: StagingRequest,
  folder: string,
  options: TableOptions = {},
): Promise<StagedGroup[]> {
  const groups: StagedGroup[] = [];
  for (const { path, layout } of logs) {
    const source = logRecords({ path, layout });
    // Of several logs each has a header of its own.
    const roles = logs.length === 1 ? request : rolesIn(source.columns, request);
    const { labelColumn, splitColumn } = roles;
    if (splitColumn !== undefined && request.format === 'asIs') throw noSplitsAsIs();
    const known = labelColumn === undefined ? undefined : await findClassNames({ path }, labelColumn);
    const parts = [{ split: 'train', source }];
    const resolve = fileFinder([path]);
    const config = logs.length === 1 ? defaultConfig : parse(path).name;
    const staging = request.format === 'parquet' ? stageConverted : stageFilesMode;
    const group = await whileUnchanged([path], async () => {
      const survey = await surveyRecords(parts, roles, known?.names, resolve, options);
      return staging({ config, parts, survey, splitColumn, folder, resolve }, options);
    });
    groups.push(group);
  }
  return groups;
}
