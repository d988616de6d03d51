import { findClassNames } from '../../dataset/classNames';
import type { Table, TableOptions } from '../../dataset/table';
import { TextTable } from '../../dataset/textTable';
import { logAt, logRecords } from '../parquet/logRecords';
import { tableRecords } from '../parquet/recordSource';
import { surveyRecords, type DatasetPart, type Survey } from '../parquet/survey';
import { csvAsIs, jsonLinesAsIs } from './asIs';
import { literalPattern } from './splitNames';
import {
  fileFinder,
  noSplitsAsIs,
  stageConverted,
  hashed,
  type StagedGroup,
  type StagingRequest,
} from './stageConverted';
import { stepOf, whileUnchanged } from './steps';
import type { StagedSplit } from './types';

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

/**
 * Stages tables of texts or of JSON, as they are or as Parquet.
 *
 * @param folder absolute; where files are made
 * @throws ExpectedError when a column is missing or names no splits
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
  const parts = await Promise.all(group.parts.map((part) => datasetPart(part, request)));
  const resolve = fileFinder(group.parts.map(({ table }) => table.path));
  const { config, parts: tables } = group;
  const { splitColumn, format } = request;
  const passes = format === 'asIs' ? 1 : 2;
  return whileUnchanged(
    tables.map(({ table }) => table.path),
    async () => {
      const survey = await surveyRecords(parts, request, known?.names, resolve, stepOf(options, 0, passes));
      if (format === 'asIs') return stageAsIs(group, survey, request, options);
      const records = { config, parts, survey, splitColumn, folder, resolve };
      return stageConverted(records, stepOf(options, 1, passes));
    },
  );
}

/** The samples of a flag log are read without its guards against formulas. */
async function datasetPart({ split, table }: TablePart, { format }: StagingRequest): Promise<DatasetPart> {
  const log = format === 'parquet' ? await logAt(table.path) : undefined;
  return { split, source: log ? logRecords(log) : tableRecords(table) };
}

async function stageAsIs(
  { config: name, parts }: TableGroup,
  survey: Survey,
  { splitColumn }: StagingRequest,
  options: TableOptions,
): Promise<StagedGroup> {
  if (splitColumn !== undefined) throw noSplitsAsIs();
  const [{ table } = {}] = parts;
  if (!(table instanceof TextTable)) throw new Error('Tables of texts are staged here.');
  const asIs = table.format === 'jsonl' ? jsonLinesAsIs(table, survey) : csvAsIs(table, survey);
  const { features, loader, warnings } = asIs;
  return {
    config: { name, splits: splitsOf(parts, survey), features, loader },
    files: await hashed(
      parts.map((part) => [part.path, part.table.path]),
      options,
    ),
    rows: survey.rows,
    warnings: [...survey.warnings, ...warnings],
  };
}

/** The splits of files that are pushed as they are, those without records left out. */
export function splitsOf(parts: readonly TablePart[], { splits }: Pick<Survey, 'splits'>): StagedSplit[] {
  return [...splits].map(([name, rows]) => {
    const paths = parts.filter(({ split }) => split === name).map(({ path }) => literalPattern(path));
    return { name, paths, rows };
  });
}

/** The path of a table in the repository when it is pushed alone and as it is. */
export function pathAlone(split: string, { format }: Pick<Table, 'format'>): string {
  return format === 'parquet' ? `data/${split}-00000-of-00001.parquet` : `data/${split}.${format}`;
}
