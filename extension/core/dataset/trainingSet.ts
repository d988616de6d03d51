import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { predictProba, type Classifier, type TrainingSet } from '../labels/classifier';
import type { PredProbs } from '../labels/matrix';
import { findClassNames } from './classNames';
import { readLabels, singleLabels } from './labelColumn';
import { isBlank, labelledTexts, readTextsAndLabels, type LabelledText } from './readRecords';
import type { Table, TableOptions } from './table';
import type { TextAndLabel } from './textAndLabel';

export interface TrainingSetOptions extends TableOptions {
  /**
   * Names of the classes; integer labels count from 0 in it. Those of a dataset card beside the file when undefined, else
   * those that occur.
   */
  readonly classes?: readonly string[] | undefined;
}

/**
 * The labelled texts of a dataset. The texts are counted in one pass and not kept.
 *
 * @throws ExpectedError when no record has both a text and a label, all labels are the same or one is none of the
 * classes, or no text has a word
 */
export async function readTrainingSet(
  table: Table,
  columns: TextAndLabel,
  { classes, ...options }: TrainingSetOptions = {},
): Promise<TrainingSet> {
  const { labels: cells, records, matrix } = await readTextsAndLabels(table, columns, isComplete, options);
  const kept = Array.from(records, (record) => cells[record] ?? null);
  const names = classes ?? (await findClassNames(table, columns.label))?.names;
  const set = keptLabels(kept, names);
  const [first = 0] = set.labels;
  if (set.labels.every((label) => label === first)) {
    const name = set.classes[first] ?? '';
    throw new ExpectedError(`Every record has the label ${name}.`, 'A classifier needs two classes.');
  }
  return { matrix, ...set, leftOut: cells.length - records.length };
}

/** What a classifier makes of texts whose labels are known. */
export interface Prediction {
  readonly labels: Int32Array;
  readonly predProbs: PredProbs;
  readonly leftOut: number;
}

/**
 * Predicts the labelled texts of a dataset.
 *
 * @throws ExpectedError when there are none, or a label is none of the classifier's classes
 */
export async function predictTable(
  classifier: Classifier,
  table: Table,
  columns: TextAndLabel,
  options: TableOptions = {},
): Promise<Prediction> {
  const cells: Json[] = [];
  const parts: Float64Array[] = [];
  let leftOut = 0;
  for await (const records of labelledTexts(table, columns, options)) {
    const kept = records.filter(isComplete);
    for (const { label } of kept) cells.push(label);
    leftOut += records.length - kept.length;
    parts.push(
      predictProba(
        classifier,
        kept.map(({ text }) => text),
      ).data,
    );
  }
  const { labels } = keptLabels(cells, classifier.classes);
  const data = new Float64Array(labels.length * classifier.classes.length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { labels, leftOut, predProbs: { data, rows: labels.length, columns: classifier.classes.length } };
}

/** Records without a label, and those without a text, teach nothing. */
function isComplete({ text, label }: LabelledText): boolean {
  return text.trim() !== '' && !isBlank(label);
}

function keptLabels(
  cells: readonly Json[],
  given: readonly string[] | undefined,
): Pick<TrainingSet, 'labels' | 'classes'> {
  if (cells.length === 0) throw new ExpectedError('No record has both a text and a label.', 'Choose other columns.');
  const column = readLabels(cells, { classes: given });
  return { labels: singleLabels(column), classes: column.classes };
}
