import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { WorkerServices } from '../demo/runners/createRunner';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { LabelProgress } from './labelledData';
import { modelPredProbs } from './predProbs/modelPredProbs';
import { readPredProbs } from './predProbs/readPredProbs';
import { sklearnPredProbs } from './predProbs/sklearnPredProbs';
import { columnsPredProbs } from './predProbs/tablePredProbs';
import type { NamedPredProbs, WantedPredProbs } from './predProbs/types';
import { isPipeline, type GivenSource } from './probabilitySource';
import { readColumn, textOf } from './readRecords';
import type { Table } from './table';

/** The records that probabilities are wanted of. */
export interface SourceRecords {
  readonly table: Table;
  /** The column of the texts, which models need. */
  readonly text: string | undefined;
  /** Of the label column, one a record. */
  readonly cells: readonly Json[];
}

/** What models need of their surroundings. Relative paths of models begin at `cwd`. */
export interface SourceServices extends WorkerServices {
  /** The folder in which finished predictions wait for the rest. Absolute. */
  readonly spoolFolder: string;
}

export interface SourceProgress extends LabelProgress {
  /** "Starting Python 3.11…"; empty when predicting begins. */
  readonly onStatus?: (status: string) => void;
}

/**
 * Reads probabilities from a file or from columns, or has a model predict them.
 *
 * @param shouldNormalize whether rows that miss the sum 1 are divided by theirs
 * @throws ExpectedError when there are none, or they are none
 */
export async function givenPredProbs(
  source: GivenSource,
  records: SourceRecords,
  shouldNormalize: boolean,
  services: SourceServices,
  progress: SourceProgress = {},
): Promise<NamedPredProbs> {
  switch (source.kind) {
    case 'file':
      return predProbsOfFile(source.path, shouldNormalize);
    case 'columns':
      return columnsPredProbs(records.table, source.columns, normalizing(shouldNormalize));
    case 'model':
      return predicted(source, records, shouldNormalize, services, progress);
  }
}

/** What messages call a source. */
export function sourceName(source: GivenSource, table: Table): string {
  if (source.kind === 'model') return source.fn;
  return basename(source.kind === 'file' ? source.path : table.path);
}

/** @throws ExpectedError when there is no such file, or it holds no probabilities */
export async function predProbsOfFile(path: string, shouldNormalize: boolean): Promise<NamedPredProbs> {
  if (!existsSync(path)) throw new ExpectedError(`There is no file ${basename(path)} with probabilities.`);
  return readPredProbs(path, normalizing(shouldNormalize));
}

/** Rows that miss 1 are divided by their sums before they are checked, since they may reach above 1. */
function normalizing(shouldNormalize: boolean): Pick<WantedPredProbs, 'normalizeRows'> {
  return shouldNormalize ? { normalizeRows: () => true } : {};
}

async function predicted(
  { fn, folds }: Extract<GivenSource, { kind: 'model' }>,
  { table, text, cells }: SourceRecords,
  shouldNormalize: boolean,
  services: SourceServices,
  { signal, onProgress, onStatus }: SourceProgress,
): Promise<NamedPredProbs> {
  if (text === undefined) throw noTexts(table);
  const texts = (await readColumn(table, text, signal ? { signal } : {})).map(textOf);
  const options = {
    ...normalizing(shouldNormalize),
    ...(signal ? { signal } : {}),
    ...(onStatus ? { onStatus } : {}),
    onProgress: (rows: number) => onProgress?.('Predicting', rows / Math.max(texts.length, 1)),
  };
  if (isPipeline(fn))
    return sklearnPredProbs(
      { joblib: resolve(services.cwd, fn), texts, labels: cells.map(textOf), folds },
      services,
      options,
    );
  const spool = { path: join(services.spoolFolder, 'predictions.partial'), data: hashOf(texts) };
  return modelPredProbs({ fn, baseDir: services.cwd, texts, spool }, services, options);
}

/** Changes when any of the texts does. */
function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Which column of a dataset holds the texts has to be said. */
export function noTexts({ path, columns }: Table): ExpectedError {
  return new ExpectedError(
    `Which column of ${basename(path)} holds the texts is not clear.`,
    `Name one of ${columns.join(', ')}.`,
  );
}
