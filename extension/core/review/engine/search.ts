import { findClassNames } from '../../dataset/classNames';
import { readLabels, singleLabels, type LabelColumn } from '../../dataset/labelColumn';
import { checkClasses, crossValidateClasses, givenLabels, readingOf } from '../../dataset/labelledData';
import { givenPredProbs, noTexts, sourceName, type SourceProgress } from '../../dataset/labelSources';
import { openTable } from '../../dataset/openTable';
import type { GivenSource } from '../../dataset/probabilitySource';
import { readColumn, readTextsAndLabels } from '../../dataset/readRecords';
import type { Table } from '../../dataset/table';
import type { WorkerServices } from '../../demo/runners/createRunner';
import { ExpectedError } from '../../errors';
import type { CountMatrix } from '../../labels/countMatrix';
import { LiveRanking } from '../../labels/live/liveRanking';
import { postingsOf, type Postings } from '../../labels/live/postings';
import type { RankingOptions } from '../../labels/ranking';
import { foldsOfKept } from '../../labels/stratifiedFolds';
import { reviewFolder } from '../folder';
import type { Model } from './model';
import { MultilabelModel } from './multilabelModel';
import { relabelled } from './relabel';
import { fixedRanking, SingleLabelModel } from './singleLabelModel';
import type { EngineProgress, FindSettings, LabelChange } from './types';

/** What a search leaves behind. */
export interface Search {
  readonly table: Table;
  readonly records: number;
  readonly model: Model;
  /** Words of all records' texts; undefined when they were not counted. */
  readonly words: CountedWords | undefined;
}

/** Which words texts have, and which texts have a word. */
export interface CountedWords {
  readonly matrix: CountMatrix;
  readonly postings: Postings;
}

/**
 * Reads labels and probabilities of a dataset.
 *
 * @param changes labels that differ from those of the file
 * @param services relative paths of models begin at `cwd`; names of classes are looked for up to it
 * @throws ExpectedError when there is nothing to find; the signal's reason when it is aborted
 */
export async function search(
  settings: FindSettings,
  changes: readonly LabelChange[],
  services: WorkerServices,
  progress: EngineProgress,
): Promise<Search> {
  const table = await openTable(settings.dataset, progress.signal ? { signal: progress.signal } : {});
  const { source } = settings;
  const named = settings.classes ?? (await findClassNames(table, settings.label, services.cwd))?.names;
  const wanted = { ...settings, classes: named };
  return source.kind === 'built-in'
    ? searchByWords(table, wanted, source.folds, changes, progress)
    : searchByGiven(table, wanted, source, changes, services, progress);
}

async function searchByWords(
  table: Table,
  settings: FindSettings,
  folds: number,
  changes: readonly LabelChange[],
  progress: EngineProgress,
): Promise<Search> {
  const { text, label, classes } = settings;
  if (text === null) throw noTexts(table);
  // All records, so that one whose label is given later can take part.
  const all = (): boolean => true;
  const { labels: cells, matrix } = await readTextsAndLabels(table, { text, label }, all, readingOf(table, progress));
  const column = relabelled(readLabels(cells, settings), changes, classes !== undefined);
  checkLabelled(column);
  checkClasses(column);
  const learned = settings.multiLabel
    ? manyModels(column, matrix, folds, settings, progress)
    : liveModel(column, matrix, folds, settings, progress);
  return { table, records: cells.length, ...learned };
}

type Learned = Pick<Search, 'model' | 'words'>;

function liveModel(
  column: LabelColumn,
  matrix: CountMatrix,
  count: number,
  settings: FindSettings,
  progress: EngineProgress,
): Learned {
  const { classes } = column;
  const labels = singleLabels(column);
  const { folds, warnings } = foldsOfKept(labels, classes.length, count);
  const options = rankingOptions(settings, classes);
  const live = new LiveRanking(matrix, labels, classes.length, folds, options, learning(progress));
  const model = new SingleLabelModel(live, { classes, sortBy: settings.sortBy, live, warnings });
  return { model, words: { matrix, postings: live.validation.postings } };
}

function manyModels(
  { classes, labels }: LabelColumn,
  matrix: CountMatrix,
  folds: number,
  settings: FindSettings,
  progress: EngineProgress,
): Learned {
  const { predProbs, warnings } = crossValidateClasses(matrix, labels, classes, { folds, ...learning(progress) });
  const words = { matrix, postings: postingsOf(matrix) };
  return { model: new MultilabelModel(classes, labels, predProbs, settings, { words, folds }, warnings), words };
}

async function searchByGiven(
  table: Table,
  settings: FindSettings,
  source: GivenSource,
  changes: readonly LabelChange[],
  services: WorkerServices,
  progress: EngineProgress,
): Promise<Search> {
  const { text, label, normalizeRows } = settings;
  const cells = await readColumn(table, label, readingOf(table, progress));
  const records = { table, text: text ?? undefined, cells };
  const predProbs = await givenPredProbs(
    source,
    records,
    normalizeRows,
    { ...services, spoolFolder: reviewFolder(table.path) },
    spoken(progress),
  );
  const given = givenLabels(cells, predProbs, sourceName(source, table), settings);
  const column = relabelled(given, withColumns(changes, given.classes), true);
  checkLabelled(column);
  return { table, records: cells.length, model: givenModel(column, given, settings), words: undefined };
}

function givenModel(
  column: LabelColumn,
  { predProbs, warnings }: ReturnType<typeof givenLabels>,
  settings: FindSettings,
): Model {
  const { classes, labels } = column;
  if (settings.multiLabel) return new MultilabelModel(classes, labels, predProbs, settings, undefined, warnings);
  const ranked = fixedRanking(singleLabels(column), predProbs, rankingOptions(settings, classes));
  return new SingleLabelModel(ranked, { classes, sortBy: settings.sortBy, warnings });
}

/** A record whose new label has no column of probabilities takes no part. */
function withColumns(changes: readonly LabelChange[], classes: readonly string[]): LabelChange[] {
  const known = new Set(classes);
  return changes.map(({ row, label }) => ({ row, label: label?.every((name) => known.has(name)) ? label : null }));
}

function rankingOptions({ filterBy, sortBy }: FindSettings, classNames: readonly string[]): RankingOptions {
  return { filterBy, classNames, rankedBy: sortBy === 'likelihood' ? 'normalized_margin' : 'self_confidence' };
}

function checkLabelled({ labels }: LabelColumn): void {
  if (labels.some((own) => own !== null)) return;
  throw new ExpectedError('No record has both a text and a label.', 'Choose other columns.');
}

function learning({ signal, onProgress }: EngineProgress) {
  return {
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress: (done: number) => onProgress('Cross-validating', done) } : {}),
  };
}

/** What the worker of a model says of itself is shown in place of a stage. */
function spoken(progress: EngineProgress): SourceProgress {
  const { onProgress } = progress;
  return onProgress ? { ...progress, onStatus: (status) => status !== '' && onProgress(status, 0) } : progress;
}
