import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openTable } from '../../dataset/openTable';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { logsIn, stageFlaggingDirectory } from './stageFlaggingDirectory';
import { stageParquetTables } from './stageParquet';
import { splitOfPath } from './splitNames';
import { defaultConfig, type StagedGroup, type StagingRequest } from './stageConverted';
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
  const stats = await stat(request.source);
  if (stats.isDirectory()) {
    const logs = await logsIn(request.source);
    if (logs.length > 0) return stagedGroups(await stageFlaggingDirectory(logs, request, folder, options));
    throw new ExpectedError(`${request.source} is a folder.`);
  }
  return stageDataset(request, folder, options);
}

/** Stages one dataset file, as it is or as Parquet. */
export async function stageDataset(
  request: StagingRequest,
  folder: string,
  options: TableOptions = {},
): Promise<Staged> {
  const table = await openTable(request.source, options);
  const split = splitOfPath(basename(request.source)) ?? 'train';
  const part = { table, split, path: pathAlone(split, table) };
  const group = { config: defaultConfig, parts: [part] };
  const stageTables = table.format === 'parquet' ? stageParquetTables : stageTextTables;
  return stagedGroups([await stageTables(group, request, folder, options)]);
}

function stagedGroups(groups: readonly StagedGroup[]): Staged {
  return {
    files: groups.flatMap(({ files }) => files),
    configs: groups.map(({ config }) => config),
    rows: groups.reduce((sum, { rows }) => sum + rows, 0),
    warnings: groups.flatMap(({ warnings }) => warnings),
    corrections: undefined,
  };
}
