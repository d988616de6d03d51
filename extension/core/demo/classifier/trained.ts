import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { openTable } from '../../dataset/openTable';
import { textAndLabelOf, type TextAndLabel } from '../../dataset/textAndLabel';
import { readTrainingSet } from '../../dataset/trainingSet';
import { notFound } from '../../errors';
import { isSameVersion, versionOf, type FileVersion } from '../../fileVersion';
import { predictedLabels } from '../../labels/classificationReport';
import { trainClassifier, type Classifier, type TrainingSet } from '../../labels/classifier';
import { labelCounts } from '../../labels/confidentJoint';
import { crossValPredictProba } from '../../labels/crossValidation';
import { readModel } from '../../labels/modelFile';
import type { ClassifierReference } from '../definition';

export interface TrainingEvents {
  readonly signal: AbortSignal;
  /** A sentence on what takes time now. */
  readonly onStatus: (status: string) => void;
}

/** A classifier that is ready, and what is told of it. */
export interface Trained {
  readonly classifier: Classifier;
  readonly columns: TextAndLabel;
  /** Says in Markdown where it comes from and, for a dataset, how often it is right, which takes a cross-validation. */
  readonly summary: () => string;
}

const usualFolds = 5;

/** Keeps one classifier for as long as its file and its columns stay the same. */
export class TrainedClassifier {
  private kept: { readonly key: string; readonly version: FileVersion; readonly trained: Trained } | undefined;

  async of(model: ClassifierReference, events: TrainingEvents): Promise<Trained> {
    const key = JSON.stringify([model.file, model.text, model.label]);
    const version = await currentVersion(model.file);
    if (this.kept?.key === key && isSameVersion(this.kept.version, version)) return this.kept.trained;
    this.kept = undefined;
    const trained = extname(model.file) === '.json' ? await loaded(model.file) : await learned(model, events);
    this.kept = { key, version, trained };
    events.onStatus('');
    return trained;
  }
}

async function currentVersion(file: string): Promise<FileVersion> {
  return versionOf(await stat(file).catch(notFound(`There is no file ${file}.`, 'Check the "fn" of the demo.')));
}

async function loaded(file: string): Promise<Trained> {
  const { classifier, trainedOn } = await readModel(file);
  const { rows, text, label, date } = trainedOn;
  const day = date.slice(0, 10);
  const summary = `A naive Bayes classifier that learned from ${rows} records of \`${trainedOn.file}\` on ${day}.`;
  return { classifier, columns: { text, label }, summary: () => summary };
}

async function learned({ file, ...given }: ClassifierReference, events: TrainingEvents): Promise<Trained> {
  const name = basename(file);
  const { signal, onStatus } = events;
  const table = await openTable(file, { signal });
  const columns = await textAndLabelOf(table, given);
  const onProgress = (done: number, size: number): void =>
    onStatus(`Learning from ${name}… ${size === 0 ? 100 : Math.round((100 * done) / size)} %`);
  const set = await readTrainingSet(table, columns, { signal, onProgress });
  return { classifier: trainClassifier(set), columns, summary: () => summaryOf(set, name, columns) };
}

function summaryOf(set: TrainingSet, name: string, { text, label }: TextAndLabel): string {
  const { labels, classes, leftOut } = set;
  const without = leftOut === 0 ? '' : ` (${leftOut} more lack one of them)`;
  return (
    `A naive Bayes classifier that learned ${classes.length} classes from ${labels.length} records of \`${name}\`, ` +
    `columns \`${text}\` and \`${label}\`${without}. ${accuracyOf(set)}`
  );
}

/** Asked of each record: does a classifier that has not seen it predict its label? */
function accuracyOf({ matrix, labels, classes }: TrainingSet): string {
  const largest = labelCounts(labels, classes.length).reduce((most, count) => Math.max(most, count), 0);
  const folds = Math.min(usualFolds, largest);
  if (folds < 2) return 'There are too few records to tell how often it is right.';
  const { predProbs } = crossValPredictProba(matrix, labels, classes.length, { folds });
  const right = predictedLabels(predProbs).filter((label, row) => label === labels[row]).length;
  const share = ((100 * right) / labels.length).toFixed(1);
  return `By cross-validation with ${folds} folds it predicts ${share} % of their labels.`;
}
