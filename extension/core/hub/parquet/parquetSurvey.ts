import { basename } from 'node:path';
import type { ClassNames } from '../../dataset/classNames';
import { columnPositions } from '../../dataset/columns';
import type { Table, TableOptions } from '../../dataset/table';
import { isRecord } from '../../json';
import { CellWatch } from '../staging/cellWatch';
import { stepOf } from '../staging/steps';
import type { Feature, Features, StagingWarning } from '../staging/types';
import { labelText } from './cellValue';
import { featuresJson, readFeatures } from './datasetsFeatures';
import { LabelSet, type Classes } from './labels';
import { parquetFeatures } from './parquetFeatures';
import type { ParquetSource } from './parquetSource';
import { SplitCounts } from './splitCounts';
import type { ColumnRoles } from './survey';

/** A Parquet file and the split that its records belong to unless a column tells. */
export interface ParquetPart {
  readonly split: string;
  readonly table: Table;
  readonly source: ParquetSource;
}

/** What Parquet files tell of a dataset. */
export interface ParquetSurvey {
  readonly rows: number;
  /** Records by split; those without records are left out. */
  readonly splits: ReadonlyMap<string, number>;
  /** Undefined where `datasets` has to find them out. */
  readonly features: Features | undefined;
  /** The features in the footer, in the words of `datasets`; those that we have no words for, too. */
  readonly footer: Readonly<Record<string, unknown>>;
  /** Of the label column, when it is not one of classes yet; whether a label is an empty text. */
  readonly labels: { readonly column: string; readonly classes: Classes; readonly hasBlank: boolean } | undefined;
  /** What a person should know of the cells. */
  readonly warnings: readonly StagingWarning[];
}

/** Columns of texts; what is nested is not looked at. */
function textColumns({ columns }: ParquetSource): string[] {
  const texts = columns.filter(
    ({ element }) => element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING',
  );
  return texts.map(({ element }) => element.name);
}

/**
 * Finds features and splits. Only columns of texts, labels and splits are read.
 *
 * @param parts with the same columns
 * @throws ExpectedError when a column is missing, or a name of a split is none
 */
export async function surveyParquet(
  parts: readonly ParquetPart[],
  { labelColumn, splitColumn }: ColumnRoles,
  known: ClassNames | undefined,
  options: TableOptions = {},
): Promise<ParquetSurvey> {
  const [first] = parts;
  if (!first) throw new Error('A dataset has files.');
  const roles = [labelColumn, splitColumn].filter((name) => name !== undefined);
  columnPositions(first.table, roles);
  const splits = new SplitCounts(splitColumn);
  const labels = new LabelSet();
  const warnings: StagingWarning[] = [];
  const footer = footerFeatures(first.table);
  const features = footer === undefined ? parquetFeatures(first.source.columns) : readFeatures(footer);
  const read = [...new Set([...roles, ...textColumns(first.source)])];
  const labelAt = labelColumn === undefined ? -1 : read.indexOf(labelColumn);
  const splitAt = splitColumn === undefined ? -1 : read.indexOf(splitColumn);
  for (const [index, { split, table, source }] of parts.entries()) {
    const watch = new CellWatch(basename(table.path), read);
    if (splitColumn === undefined) splits.add(split, source.rows);
    if (read.length === 0) continue;
    for await (const batch of table.scan(read, stepOf(options, index, parts.length))) {
      watch.see(batch);
      for (const label of batch.cells[labelAt] ?? []) if (label !== null) labels.add(labelText(label));
      for (const name of batch.cells[splitAt] ?? []) splits.add(labelText(name), 1);
    }
    warnings.push(...watch.warnings());
  }
  return {
    rows: parts.reduce((sum, { source }) => sum + source.rows, 0),
    splits: splits.counts,
    features,
    footer: footer ?? featuresJson(features ?? []),
    labels: labelColumn === undefined ? undefined : labelClasses(labelColumn, labels, known, features),
    warnings,
  };
}

function footerFeatures({ metadata }: Table): Record<string, unknown> | undefined {
  const text = metadata?.get('huggingface');
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    const info = isRecord(json) ? json.info : undefined;
    return isRecord(info) && isRecord(info.features) ? info.features : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Texts and numbers alone are labels; a column of class labels stays one. */
function labelClasses(
  column: string,
  labels: LabelSet,
  known: ClassNames | undefined,
  features: Features | undefined,
): ParquetSurvey['labels'] {
  const feature: Feature | undefined = features?.find(([name]) => name === column)?.[1];
  if (feature?.kind !== 'value' || !/^(?:string|large_string|bool|u?int\d+)$/.test(feature.dtype)) return undefined;
  const classes = labels.classes(known?.names);
  return classes && { column, classes, hasBlank: labels.hasEmpty };
}
