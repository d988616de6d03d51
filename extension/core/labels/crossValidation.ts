import type { CountMatrix } from './countMatrix';
import { zeros, type PredProbs } from './matrix';
import { NaiveBayesCounts, NaiveBayesPredictor } from './naiveBayes';
import { stratifiedFolds } from './stratifiedFolds';

export interface CrossValidated {
  /** Out-of-sample: each row predicted by a model that has not seen it. */
  readonly predProbs: PredProbs;
  readonly warnings: readonly string[];
}

export interface CrossValidationOptions {
  readonly folds: number;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * `cross_val_predict(CountVectorizer() + MultinomialNB(), cv=folds, method="predict_proba")` of scikit-learn, exactly:
 * words that only a fold's own texts have are unknown to its model.
 *
 * @param labels class index of each text, classes in the order of their names' code points
 * @throws the signal's reason when it is aborted
 */
export function crossValPredictProba(
  matrix: CountMatrix,
  labels: Int32Array,
  classes: number,
  { folds: count, onProgress, signal }: CrossValidationOptions,
): CrossValidated {
  const { folds, warnings } = stratifiedFolds(labels, classes, count);
  const rows = rowsByFold(folds, count);
  const counts = NaiveBayesCounts.of(matrix, labels, classes);
  const predProbs = zeros(labels.length, classes);
  const missing = new Set<number>();
  for (const [fold, own] of rows.entries()) {
    signal?.throwIfAborted();
    for (const row of own) counts.add(matrix, row, labels[row] ?? 0, -1);
    for (const [label, examples] of counts.examples.entries()) if (examples === 0) missing.add(label);
    const model = new NaiveBayesPredictor(counts);
    for (const row of own) model.predict(matrix, row, predProbs.data, row * classes);
    for (const row of own) counts.add(matrix, row, labels[row] ?? 0, 1);
    onProgress?.((fold + 1) / count);
  }
  return { predProbs, warnings: [...warnings, ...[...missing].map(missingWarning)] };
}

function missingWarning(label: number): string {
  return `Class ${label} is missing in the training part of a fold: its probability there is 0.`;
}

function rowsByFold(folds: Uint16Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const fold of folds) sizes[fold] = (sizes[fold] ?? 0) + 1;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(count);
  for (const [row, fold] of folds.entries()) {
    const own = rows[fold];
    if (own) own[filled[fold] ?? 0] = row;
    filled[fold] = (filled[fold] ?? 0) + 1;
  }
  return rows;
}
