import { ExpectedError } from '../errors';
import type { PredProbs } from './matrix';

/** Sums of floats may miss 0 and 1 by this much (`cleanlab.internal.constants.FLOATING_POINT_COMPARISON`). */
const tolerance = 1e-6;

/** What a person calls the classes, for messages. */
export type ClassNames = readonly string[] | undefined;

/**
 * Refuses labels and probabilities that do not belong together, in the order of cleanlab 2.9's checks. Unlike there, NaN
 * is noticed.
 *
 * @throws ExpectedError naming the first row that is wrong
 */
export function checkLabels(labels: Int32Array, predProbs: PredProbs, names?: ClassNames): void {
  const { rows, columns } = predProbs;
  if (labels.length === 0) throw new ExpectedError('There are no labels.', 'Choose a dataset with labelled records.');
  const negative = labels.findIndex((label) => label < 0);
  if (negative >= 0)
    throw new ExpectedError(`Label ${labels[negative]} of row ${negative} is negative.`, countsFromZero);
  checkTwoClasses(labels, names);
  if (rows !== labels.length) {
    throw new ExpectedError(
      `There are ${labels.length} labels but predicted probabilities of ${rows} rows.`,
      'Both need one row per record, in the same order.',
    );
  }
  const highest = labels.reduce((best, label) => Math.max(best, label), 0);
  if (highest >= columns) {
    throw new ExpectedError(
      `Label ${highest} has no column: the predicted probabilities have ${columns} columns.`,
      `They need at least ${highest + 1} columns, one per class.`,
    );
  }
  checkRange(predProbs);
}

const countsFromZero = 'Labels are class indices that count from 0.';

/** Cleanlab lets a dataset pass in which every label is the first class: nothing is wrong with it. */
function checkTwoClasses(labels: Int32Array, names?: ClassNames): void {
  const [first = 0] = labels;
  if (first === 0 || labels.some((label) => label !== first)) return;
  const name = names?.[first] ?? String(first);
  throw new ExpectedError(`Every record has the label ${name}.`, 'Label errors need at least two classes.');
}

/** Whether a number is from 0 to 1, or misses that by no more than sums of floats do. */
export function isProbability(value: number): boolean {
  return value >= -tolerance && value <= 1 + tolerance;
}

/** @throws ExpectedError naming the first probability that is not from 0 to 1 */
export function checkRange({ data, columns }: PredProbs): void {
  const index = firstOutside(data);
  if (index < 0) return;
  const [row, column] = [Math.floor(index / columns), index % columns];
  throw new ExpectedError(
    `The predicted probability in row ${row}, column ${column} is ${data[index]}, not between 0 and 1.`,
    'Give probabilities, or have each row divided by its sum: normalise rows (--normalize-rows in a terminal).',
  );
}

/** In a loop of its own: a call for each of many millions of values takes ten times as long. */
function firstOutside(data: Float64Array): number {
  for (let index = 0; index < data.length; index++) {
    if (!isProbability(data[index] ?? 0)) return index;
  }
  return -1;
}
