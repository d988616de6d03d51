import type { ClassNames } from './checkLabels';
import type { CountMatrix } from './countMatrix';
import { zeros, type PredProbs } from './matrix';
import { NaiveBayesCounts, NaiveBayesPredictor } from './naiveBayes';
import { positionsByValue } from './numeric';
import { stratifiedFolds } from './stratifiedFolds';

export interface CrossValidated {
  /** Out-of-sample: each row predicted by a model that has not seen it. */
  readonly predProbs: PredProbs;
  readonly warnings: readonly string[];
}

export interface Progress {
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export interface CrossValidationOptions extends Progress {
  readonly folds: number;
  /** For warnings. */
  readonly classNames?: ClassNames;
}

/**
 * `cross_val_predict(CountVectorizer() + MultinomialNB(), cv=folds, method="predict_proba")` of scikit-learn: words that
 * only a fold's own texts have are unknown to its model. Probabilities are equal within 1e-12, but for texts of a thousand
 * words and more, whose sums scikit-learn rounds too often to be right to that.
 *
 * @param labels class index of each text, classes in the order of their names' code points
 * @throws the signal's reason when it is aborted
 */
export function crossValPredictProba(
  matrix: CountMatrix,
  labels: Int32Array,
  classes: number,
  { folds: count, ...options }: CrossValidationOptions,
): CrossValidated {
  const { folds, warnings } = stratifiedFolds(labels, classes, count);
  const predicted = predictOutOfFold(matrix, labels, classes, folds, options);
  return { ...predicted, warnings: [...warnings, ...predicted.warnings] };
}

/**
 * The same with folds that are given. Discarded texts are predicted, but nothing is learned from them.
 *
 * @param labels class index of each text, or `discarded`
 * @param folds the fold of each text, from 0
 */
export function predictOutOfFold(
  matrix: CountMatrix,
  labels: Int32Array,
  classes: number,
  folds: Uint16Array,
  { classNames, ...progress }: Omit<CrossValidationOptions, 'folds'> = {},
): CrossValidated {
  const predProbs = zeros(labels.length, classes);
  const missing = predictFolds(matrix, labels, rowsByFold(folds), predProbs, progress);
  return { predProbs, warnings: missingWarnings(missing, classNames) };
}

/**
 * Predicts some folds, each by what all others teach; what comes out of one does not depend on which others are asked for.
 *
 * @param rows of each fold that is wanted
 * @param predProbs gets the rows' probabilities
 * @returns classes that were missing in the training part of any of these folds
 */
export function predictFolds(
  matrix: CountMatrix,
  labels: Int32Array,
  rows: readonly Uint32Array[],
  predProbs: PredProbs,
  progress: Progress = {},
): Set<number> {
  const { data, columns: classes } = predProbs;
  const missing = new Set<number>();
  const predict = (model: NaiveBayesCounts, own: Uint32Array): void => {
    for (const [label, examples] of model.examples.entries()) if (examples === 0) missing.add(label);
    const predictor = new NaiveBayesPredictor(model);
    for (const row of own) predictor.predict(matrix, row, data, row * classes);
  };
  trainOutOfFold(matrix, labels, classes, rows, predict, progress);
  return missing;
}

/** A sentence for each class that some fold could not learn. */
export function missingWarnings(missing: Iterable<number>, names?: ClassNames): string[] {
  const labels = [...missing].sort((a, b) => a - b);
  return labels.map((label) => {
    const name = names?.[label] ?? String(label);
    return `Class ${name} is missing in the training part of a fold: its probability there is 0.`;
  });
}

/**
 * Calls with the model of each fold, which has learned from the other folds' texts.
 *
 * @param rows of each fold
 * @param use gets counts that change after it returns
 */
export function trainOutOfFold(
  matrix: CountMatrix,
  labels: Int32Array,
  classes: number,
  rows: readonly Uint32Array[],
  use: (model: NaiveBayesCounts, rows: Uint32Array, fold: number) => void,
  { onProgress, signal }: Progress = {},
): void {
  const counts = NaiveBayesCounts.of(matrix, labels, classes);
  for (const [fold, own] of rows.entries()) {
    signal?.throwIfAborted();
    for (const row of own) counts.add(matrix, row, labels[row] ?? 0, -1);
    use(counts, own, fold);
    for (const row of own) counts.add(matrix, row, labels[row] ?? 0, 1);
    onProgress?.((fold + 1) / rows.length);
  }
}

/** The rows of each fold, ascending. */
export function rowsByFold(folds: Uint16Array): readonly Uint32Array[] {
  const count = folds.reduce((highest, fold) => Math.max(highest, fold), 0) + 1;
  return positionsByValue(folds, count);
}
