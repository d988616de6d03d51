import { at, transposed, zeros, type Matrix, type PredProbs } from './matrix';
import { argmax, roundPreservingSum, sum } from './numeric';

/** A probability this close below a class's threshold still counts (`cleanlab.internal.constants`). */
const epsilon = 1e-6;
/** No threshold is lower. */
const lowestThreshold = 2e-6;
/** A class without examples is never confident: no probability reaches this. */
const unreachable = 2;

/** How many examples have each given label. */
export function labelCounts(labels: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/**
 * The threshold of each class: the mean probability of that class over the examples given its label (Northcutt, Jiang
 * and Chuang 2021, eq. 2).
 */
export function confidentThresholds(labels: Int32Array, predProbs: PredProbs): Float64Array {
  const { columns: classes } = predProbs;
  const counts = labelCounts(labels, classes);
  const own = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    const values = own[label];
    if (values) values[filled[label] ?? 0] = at(predProbs, row, label);
    filled[label] = (filled[label] ?? 0) + 1;
  }
  return Float64Array.from(own, (values) =>
    values.length === 0 ? unreachable : Math.max(sum(values) / values.length, lowestThreshold),
  );
}

/** Counts of examples by given and confidently guessed label. */
export interface ConfidentJoint {
  /** K × K; row = given label, column = guessed label; the diagonal is at least 1. */
  readonly joint: Matrix;
  /** Rows whose guessed label is another than the given one, ascending. */
  readonly offDiagonal: Uint32Array;
}

/**
 * Counts each example at its given label and the label that its probabilities reach the threshold of; at the most
 * probable one where several do; nowhere where none does.
 */
export function countConfidentJoint(
  labels: Int32Array,
  predProbs: PredProbs,
  thresholds = confidentThresholds(labels, predProbs),
): ConfidentJoint {
  const { data, columns: classes } = predProbs;
  const reached = thresholds.map((threshold) => threshold - epsilon);
  const joint = zeros(classes, classes);
  const offDiagonal = new Uint32Array(labels.length);
  let found = 0;
  for (let row = 0; row < labels.length; row++) {
    const guess = guessOf(data, row * classes, classes, reached);
    if (guess < 0) continue;
    const given = labels[row] ?? 0;
    const cell = given * classes + guess;
    joint.data[cell] = (joint.data[cell] ?? 0) + 1;
    if (guess !== given) offDiagonal[found++] = row;
  }
  for (let label = 0; label < classes; label++) {
    const cell = label * classes + label;
    joint.data[cell] = Math.max(joint.data[cell] ?? 0, 1);
  }
  return { joint, offDiagonal: offDiagonal.slice(0, found) };
}

/** The confident label of a row, or -1. The most probable one need not reach its own threshold. */
function guessOf(data: Float64Array, from: number, classes: number, reached: Float64Array): number {
  let only = -1;
  for (let label = 0; label < classes; label++) {
    if ((data[from + label] ?? 0) < (reached[label] ?? 0)) continue;
    if (only >= 0) return argmax(data, from, from + classes);
    only = label;
  }
  return only;
}

/**
 * Scales a confident joint so that its rows sum to the counts of the given labels, in whole numbers
 * (`cleanlab.count.calibrate_confident_joint`).
 *
 * @param counts examples per given label
 */
export function calibrate(joint: Matrix, counts: Float64Array): Matrix {
  const { rows: classes } = joint;
  const scaled = zeros(classes, classes);
  for (let given = 0; given < classes; given++) {
    const total = Math.max(rowSum(joint, given), 1e-100);
    for (let label = 0; label < classes; label++) {
      scaled.data[given * classes + label] = (at(joint, given, label) / total) * (counts[given] ?? 0);
    }
  }
  const whole = Math.max(sum(transposed(scaled).data), 1e-100);
  const examples = sum(counts);
  const calibrated = zeros(classes, classes);
  for (let given = 0; given < classes; given++) {
    const row = scaled.data.subarray(given * classes, (given + 1) * classes);
    calibrated.data.set(roundPreservingSum(row.map((value) => (value / whole) * examples)), given * classes);
  }
  return calibrated;
}

export function rowSum({ data, columns }: Matrix, row: number): number {
  return sum(data, row * columns, (row + 1) * columns);
}
