import { basename } from 'node:path';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { crossValPredictProba } from '../labels/crossValidation';
import { crossValidateInThreads } from '../labels/foldThreads';
import { zeros, type PredProbs } from '../labels/matrix';
import { readLabels, sortedLabels, type LabelColumn, type LabelColumnOptions } from './labelColumn';
import { orderClasses } from './predProbs/orderClasses';
import type { NamedPredProbs } from './predProbs/types';
import { isBlank, readTextsAndLabels, type LabelledText } from './readRecords';
import type { Table, TableOptions } from './table';
import type { TextAndLabel } from './textAndLabel';

/** Labels with predicted probabilities, as confident learning takes them. */
export interface LabelledData {
  /** Records of the dataset. */
  readonly rows: number;
  /** The record that each label belongs to, ascending: those that have one. */
  readonly records: Uint32Array;
  /** In the order of the columns of `predProbs`. */
  readonly classes: readonly string[];
  /** Class indices; one each unless records may have several labels. */
  readonly labels: readonly (readonly number[])[];
  /** One row a label. */
  readonly predProbs: PredProbs;
  readonly warnings: readonly string[];
}

export interface BuiltInOptions extends LabelColumnOptions {
  readonly folds: number;
  /** Absolute path of the bundle that threads of the cross-validation run; without it there are none. */
  readonly foldWorker?: string;
}

/** What takes time, and how much of it is done, 0 to 1. */
export interface LabelProgress {
  readonly signal?: AbortSignal;
  readonly onProgress?: (what: string, done: number) => void;
}

/**
 * Probabilities of the built-in text classifier by cross-validation. With several labels per record each class has a
 * model of its own, present against absent.
 *
 * @throws ExpectedError when there is nothing to learn from
 */
export async function builtInData(
  table: Table,
  columns: TextAndLabel,
  options: BuiltInOptions,
  progress: LabelProgress = {},
): Promise<LabelledData> {
  const isLabelled = ({ label }: LabelledText): boolean =>
    options.multiLabel === true ? label !== null : !isBlank(label);
  const reading = readingOf(table, progress);
  const { labels: cells, records, matrix } = await readTextsAndLabels(table, columns, isLabelled, reading);
  const column = readLabels(cells, options);
  const labels = [...records].map((record) => column.labels[record] ?? []);
  checkClasses(column);
  const validation = {
    folds: options.folds,
    ...(progress.signal ? { signal: progress.signal } : {}),
  };
  const done = (share: number): void => progress.onProgress?.('Cross-validating', share);
  const { classes } = column;
  if (options.multiLabel !== true) {
    const single = Int32Array.from(labels, ([label = 0]) => label);
    const { foldWorker: worker } = options;
    const settings = { ...validation, onProgress: done };
    const found = worker
      ? await crossValidateInThreads(matrix, single, classes.length, { ...settings, worker })
      : crossValPredictProba(matrix, single, classes.length, settings);
    return { rows: cells.length, records, classes, labels, ...found };
  }
  const warnings = new Set<string>();
  const predProbs = zeros(labels.length, classes.length);
  for (let label = 0; label < classes.length; label++) {
    const present = Int32Array.from(labels, (own) => (own.includes(label) ? 1 : 0));
    const found = crossValPredictProba(matrix, present, 2, validation);
    for (let row = 0; row < labels.length; row++)
      predProbs.data[row * classes.length + label] = found.predProbs.data[row * 2 + 1] ?? 0;
    for (const warning of found.warnings) warnings.add(`${classes[label]}: ${warning}`);
    done((label + 1) / classes.length);
  }
  return { rows: cells.length, records, classes, labels, predProbs, warnings: [...warnings] };
}

/**
 * Brings labels and given probabilities together: columns with names by their names, in the order of the code points as
 * Argilla has it, columns without names in the order of the classes. Integers are columns by their number.
 *
 * @param cells of the label column, one a row of the probabilities
 * @throws ExpectedError when they do not belong together
 */
export function givenData(
  cells: readonly Json[],
  given: NamedPredProbs,
  source: string,
  options: LabelColumnOptions,
): LabelledData {
  const { rows, columns } = given.predProbs;
  if (rows !== cells.length) {
    throw new ExpectedError(
      `${source} has probabilities of ${rows} rows, but there are ${cells.length} records.`,
      'Both need one row per record, in the same order.',
    );
  }
  const wanted = options.classes ?? (given.classes ? undefined : numberedClasses(cells, columns, options));
  const column = readLabels(cells, wanted ? { ...options, classes: wanted } : options);
  const classes = wanted ?? union(column.classes, given.classes ?? []);
  const ordered = orderClasses(given, classes, source);
  const named = readLabels(cells, { ...options, classes: ordered.classes ?? classes });
  const records = Uint32Array.from([...named.labels.keys()].filter((row) => named.labels[row] !== null));
  return {
    rows: cells.length,
    records,
    classes: named.classes,
    labels: [...records].map((record) => named.labels[record] ?? []),
    predProbs: rowsOfRecords(ordered.predProbs, records),
    warnings: ordered.warnings,
  };
}

/** Integer labels are the numbers of columns without names, those of classes without records included. */
function numberedClasses(
  cells: readonly Json[],
  columns: number,
  options: LabelColumnOptions,
): readonly string[] | undefined {
  const { classes } = readLabels(cells, options);
  const areNumbers = classes.every((name) => /^(0|[1-9]\d*)$/.test(name));
  if (!areNumbers) return undefined;
  const highest = Math.max(...classes.map(Number));
  if (highest >= columns) {
    throw new ExpectedError(
      `Label ${highest} has no column: the predicted probabilities have ${columns} columns.`,
      `They need at least ${highest + 1} columns, one per class.`,
    );
  }
  return Array.from({ length: columns }, (_, label) => String(label));
}

function union(some: readonly string[], others: readonly string[]): string[] {
  return sortedLabels([...new Set([...some, ...others])]);
}

function rowsOfRecords(predProbs: PredProbs, records: Uint32Array): PredProbs {
  const { data, rows, columns } = predProbs;
  if (records.length === rows) return predProbs;
  const kept = zeros(records.length, columns);
  for (const [row, record] of records.entries())
    kept.data.set(data.subarray(record * columns, (record + 1) * columns), row * columns);
  return kept;
}

function checkClasses({ classes }: LabelColumn): void {
  if (classes.length < 2) {
    throw new ExpectedError(
      `Every record has the label ${classes[0] ?? 'nothing'}.`,
      'Label errors need at least two classes.',
    );
  }
}

/** Progress of reading a table as a sentence with a share. */
export function readingOf(table: Table, { signal, onProgress }: LabelProgress): TableOptions {
  const what = `Reading ${basename(table.path)}`;
  return {
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress: (done: number, size: number) => onProgress(what, done / Math.max(size, 1)) } : {}),
  };
}
