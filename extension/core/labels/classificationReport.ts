import { at, zeros, type Matrix, type PredProbs } from './matrix';
import { argmax } from './numeric';

/** What part of a class's predictions is right; 0 where there is nothing to divide by. */
export interface ClassScores {
  /** Of the examples that were predicted to be of the class, the share that is. */
  readonly precision: number;
  /** Of the examples of the class, the share that was predicted. */
  readonly recall: number;
  /** Harmonic mean of both. */
  readonly f1Score: number;
  /** Examples of the class. */
  readonly support: number;
}

/** The figures of scikit-learn's `classification_report`, with its `confusion_matrix`. */
export interface ClassificationReport {
  readonly accuracy: number;
  /** Classes that some example has or is predicted to have, in their order. */
  readonly classes: readonly (ClassScores & { readonly label: number })[];
  /** Every class counts the same. */
  readonly macroAverage: ClassScores;
  /** Every example counts the same. */
  readonly weightedAverage: ClassScores;
  /** K × K; row = given label, column = predicted label. */
  readonly confusion: Matrix;
}

/** The most probable class of each example; the first of equal ones. */
export function predictedLabels({ data, rows, columns }: PredProbs): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => argmax(data, row * columns, (row + 1) * columns));
}

/**
 * @param labels given class index of each example
 * @param predicted class index of each example
 */
export function classificationReport(labels: Int32Array, predicted: Int32Array, classes: number): ClassificationReport {
  const confusion = zeros(classes, classes);
  for (const [row, label] of labels.entries()) {
    const cell = label * classes + (predicted[row] ?? 0);
    confusion.data[cell] = (confusion.data[cell] ?? 0) + 1;
  }
  const scores = Array.from({ length: classes }, (_, label) => scoresOf(confusion, label)).flatMap((one) => one ?? []);
  const right = scores.reduce((sum, { label }) => sum + at(confusion, label, label), 0);
  return {
    accuracy: ratio(right, labels.length),
    classes: scores,
    macroAverage: average(scores, () => 1),
    weightedAverage: average(scores, ({ support }) => support),
    confusion,
  };
}

/** Null for a class that occurs nowhere. */
function scoresOf(confusion: Matrix, label: number): (ClassScores & { label: number }) | null {
  let [given, predicted] = [0, 0];
  for (let other = 0; other < confusion.rows; other++) {
    given += at(confusion, label, other);
    predicted += at(confusion, other, label);
  }
  if (given + predicted === 0) return null;
  const right = at(confusion, label, label);
  return {
    label,
    precision: ratio(right, predicted),
    recall: ratio(right, given),
    f1Score: ratio(2 * right, given + predicted),
    support: given,
  };
}

function average(scores: readonly ClassScores[], weightOf: (scores: ClassScores) => number): ClassScores {
  const total = scores.reduce((sum, one) => sum + weightOf(one), 0);
  const mean = (value: (scores: ClassScores) => number): number =>
    ratio(
      scores.reduce((sum, one) => sum + value(one) * weightOf(one), 0),
      total,
    );
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1Score: mean(({ f1Score }) => f1Score),
    support: scores.reduce((sum, { support }) => sum + support, 0),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
