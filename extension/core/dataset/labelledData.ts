import { basename } from 'node:path';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { CountMatrix } from '../labels/countMatrix';
import {
  crossValPredictProba,
  predictOutOfFold,
  type CrossValidated,
  type CrossValidationOptions,
} from '../labels/crossValidation';
import { crossValidateInThreads } from '../labels/foldThreads';
import { zeros, type PredProbs } from '../labels/matrix';
import { discarded } from '../labels/naiveBayes';
import { foldsOfKept } from '../labels/stratifiedFolds';
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
    const settings = { ...validation, classNames: classes, onProgress: done };
    const found = worker
      ? await crossValidateInThreads(matrix, single, classes.length, { ...settings, worker })
      : crossValPredictProba(matrix, single, classes.length, settings);
    return { rows: cells.length, records, classes, labels, ...found };
  }
  const found = crossValidateClasses(matrix, labels, classes, { ...validation, onProgress: done });
  return { rows: cells.length, records, classes, labels, ...found };
}

/**
 * Cross-validates a model of each class, present against absent.
 *
 * @param labels class indices of each text; null for one that takes no part
 * @param classes their names
 */
export function crossValidateClasses(
  matrix: CountMatrix,
  labels: readonly (readonly number[] | null)[],
  classes: readonly string[],
  { folds: count, signal, onProgress }: CrossValidationOptions,
): CrossValidated {
  const warnings = new Set<string>();
  const predProbs = zeros(labels.length, classes.length);
  for (const [label, name] of classes.entries()) {
    const present = presence(labels, label);
    const { folds, warnings: dealt } = foldsOfKept(present, 2, count);
    const found = predictOutOfFold(matrix, present, 2, folds, signal ? { signal } : {});
    for (let row = 0; row < labels.length; row++)
      predProbs.data[row * classes.length + label] = found.predProbs.data[row * 2 + 1] ?? 0;
    for (const warning of [...dealt, ...found.warnings]) warnings.add(`${name}: ${warning}`);
    onProgress?.((label + 1) / classes.length);
  }
  return { predProbs, warnings: [...warnings] };
}

/** 1 for each text that has a class, 0 for the others, `discarded` for those that take no part. */
export function presence(labels: readonly (readonly number[] | null)[], label: number): Int32Array {
  return Int32Array.from(labels, (own) => (own ? Number(own.includes(label)) : discarded));
}

/** The labelled records of `givenLabels` with their probabilities. */
export function givenData(
  cells: readonly Json[],
  given: NamedPredProbs,
  source: string,
  options: LabelColumnOptions,
): LabelledData {
  const { labels, classes, predProbs, warnings } = givenLabels(cells, given, source, options);
  const records = Uint32Array.from([...labels.keys()].filter((row) => labels[row] !== null));
  return {
    rows: cells.length,
    records,
    classes,
    labels: [...records].map((record) => labels[record] ?? []),
    predProbs: rowsOfRecords(predProbs, records),
    warnings,
  };
}

/** Labels of all records with given probabilities, one row a record. */
export interface GivenLabels extends LabelColumn {
  readonly predProbs: PredProbs;
  readonly warnings: readonly string[];
}

/**
 * Brings labels and given probabilities together: columns with names by their names, in the order of the code points as
 * Argilla has it, columns without names in the order of the classes. Integers are columns by their number.
 *
 * @param cells of the label column, one a row of the probabilities
 * @throws ExpectedError when they do not belong together
 */
export function givenLabels(
  cells: readonly Json[],
  given: NamedPredProbs,
  source: string,
  options: LabelColumnOptions,
): GivenLabels {
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
  return { ...named, predProbs: ordered.predProbs, warnings: ordered.warnings };
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

/** The rows of some records alone. */
export function rowsOfRecords(predProbs: PredProbs, records: Uint32Array): PredProbs {
  const { data, rows, columns } = predProbs;
  if (records.length === rows) return predProbs;
  const kept = zeros(records.length, columns);
  for (const [row, record] of records.entries())
    kept.data.set(data.subarray(record * columns, (record + 1) * columns), row * columns);
  return kept;
}

/** @throws ExpectedError when there are fewer than two classes */
export function checkClasses({ classes }: Pick<LabelColumn, 'classes'>): void {
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
