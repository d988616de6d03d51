import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openTable } from '../../dataset/openTable';
import type { TableOptions } from '../../dataset/table';
import { errorCode, ExpectedError } from '../../errors';
import { logAt } from '../parquet/logRecords';
import { splitOfPath } from './splitNames';
import { defaultConfig, type StagedGroup, type StagingRequest } from './stageConverted';
import { logsIn, stageFlaggingDirectory } from './stageFlaggingDirectory';
import { stageFolder } from './stageFolder';
import { stageParquetTables } from './stageParquet';
import { pathAlone, stageTextTables } from './stageTables';
import type { Staged } from './types';

/**
 * Reads and hashes everything that a push would send: a dataset file, the files of a folder, or a flagging directory.
 *
 * @param folder absolute; where files are made that are not there yet, such as Parquet. They are needed until the push
 *   is done
 * @throws ExpectedError when there is nothing to push, or it cannot be read; the reason of the signal
 */
export async function stage(request: StagingRequest, folder: string, options: TableOptions = {}): Promise<Staged> {
  if (!(await isFolder(request.source))) return stageOne(request, folder, options);
  const logs = await logsIn(request.source);
  if (logs.length === 0) return stageFolder(request, folder, options);
  return stagedGroups(request, await stageFlaggingDirectory(logs, request, folder, options));
}

/** Stages a flag log with its files, or a dataset. */
async function stageOne(request: StagingRequest, folder: string, options: TableOptions): Promise<Staged> {
  const log = await logAt(request.source);
  if (log) return stagedGroups(request, await stageFlaggingDirectory([log], request, folder, options));
  const table = await openTable(request.source, options);
  const split = splitOfPath(basename(request.source)) ?? 'train';
  const group = { config: defaultConfig, parts: [{ table, split, path: pathAlone(split, table) }] };
  const stageTables = table.format === 'parquet' ? stageParquetTables : stageTextTables;
  return stagedGroups(request, [await stageTables(group, request, folder, options)]);
}

/** @throws ExpectedError when there are no records: `datasets` cannot load those */
function stagedGroups({ source }: StagingRequest, groups: readonly StagedGroup[]): Staged {
  const filled = groups.filter(({ rows }) => rows > 0);
  if (filled.length === 0) {
    throw new ExpectedError(`${basename(source)} has no records.`, 'Push a dataset that has some.');
  }
  return {
    files: filled.flatMap(({ files }) => files),
    configs: filled.map(({ config }) => config),
    rows: filled.reduce((sum, { rows }) => sum + rows, 0),
    warnings: filled.flatMap(({ warnings }) => warnings),
    corrections: undefined,
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new ExpectedError(`There is no file or folder ${path}.`, 'Choose another one.', '', { cause: error });
  }
}
