import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { predictProba, type Classifier, type TrainingSet } from '../labels/classifier';
import { WordCounter } from '../labels/countMatrix';
import type { PredProbs } from '../labels/matrix';
import { discarded } from '../labels/naiveBayes';
import { readLabels, singleLabels } from './labelColumn';
import type { Table, TableOptions } from './table';
import type { TextAndLabel } from './textAndLabel';

export interface TrainingSetOptions extends TableOptions {
  /** Names of the classes; integer labels count from 0 in it. Those that occur when undefined. */
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
  const words = new WordCounter();
  const cells: Json[] = [];
  for await (const records of labelledTexts(table, columns, options)) {
    for (const { text, label } of records) {
      cells.push(label);
      if (label !== null) words.add(text);
    }
  }
  const { labels, ...set } = keptLabels(cells, classes);
  const [first = 0] = labels;
  if (labels.every((label) => label === first))
    throw new ExpectedError(
      `Every record has the label ${set.classes[first] ?? ''}.`,
      'A classifier needs two classes.',
    );
  return { matrix: words.finish(), labels, ...set };
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
  for await (const records of labelledTexts(table, columns, options)) {
    const texts = records.filter(({ label }) => label !== null).map(({ text }) => text);
    for (const { label } of records) cells.push(label);
    parts.push(predictProba(classifier, texts).data);
  }
  const { labels, leftOut } = keptLabels(cells, classifier.classes);
  const data = new Float64Array(labels.length * classifier.classes.length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { labels, leftOut, predProbs: { data, rows: labels.length, columns: classifier.classes.length } };
}

interface LabelledText {
  readonly text: string;
  /** Null for a record that is left out, having no label or no text. */
  readonly label: Json;
}

async function* labelledTexts(
  table: Table,
  { text, label }: TextAndLabel,
  options: TableOptions,
): AsyncGenerator<readonly LabelledText[]> {
  // A part of a long text keeps all of it in memory, so that one label stands for all that are equal.
  const known = new Map<string, string>();
  const once = (cell: Json): Json => {
    if (typeof cell !== 'string') return cell;
    const same = known.get(cell);
    if (same === undefined) known.set(cell, cell);
    return same ?? cell;
  };
  for await (const { from, cells } of table.scan([text, label], options)) {
    const [texts = [], labels = []] = cells;
    yield texts.map((cell, index) => {
      const words = textOf(cell, from + index, text);
      const given = labels[index] ?? null;
      return { text: words, label: isBlank(words) || isBlank(given) ? null : once(given) };
    });
  }
}

function textOf(cell: Json, row: number, column: string): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  throw new ExpectedError(
    `Record ${row} has a list or an object in "${column}".`,
    'Choose the column that holds the texts.',
  );
}

function isBlank(cell: Json): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function keptLabels(cells: readonly Json[], given: readonly string[] | undefined): Omit<TrainingSet, 'matrix'> {
  const column = readLabels(cells, { classes: given });
  const labels = singleLabels(column).filter((label) => label !== discarded);
  if (labels.length === 0) throw new ExpectedError('No record has both a text and a label.', 'Choose other columns.');
  return { labels, classes: column.classes, leftOut: cells.length - labels.length };
}
