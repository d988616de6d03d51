import { counted } from '../counted';
import { ExpectedError } from '../errors';
import { labelCounts } from './confidentJoint';
import { discarded } from './naiveBayes';

export interface Folds {
  /** The fold of each example, from 0. */
  readonly folds: Uint16Array;
  readonly warnings: readonly string[];
}

/**
 * Deals examples to folds so that each has the same share of every class, as scikit-learn's `StratifiedKFold` does
 * without shuffling.
 *
 * @param labels class index of each example, from 0
 * @throws ExpectedError when there are too few examples for so many folds
 */
export function stratifiedFolds(labels: Int32Array, classes: number, count: number): Folds {
  const totals = labelCounts(labels, classes);
  const present = totals.filter((total) => total > 0);
  checkFolds(labels.length, present, count);
  const order = byFirstAppearance(labels, classes);
  const shares = foldShares(
    order.map((label) => totals[label] ?? 0),
    count,
  );
  const folds = new Uint16Array(labels.length);
  const current = new Uint16Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    const left = shares[order.indexOf(label)] ?? new Uint32Array(count);
    let fold = current[label] ?? 0;
    while (fold < count - 1 && (left[fold] ?? 0) === 0) fold++;
    current[label] = fold;
    left[fold] = (left[fold] ?? 0) - 1;
    folds[row] = fold;
  }
  const fewest = present.reduce((least, total) => Math.min(least, total), Infinity);
  const warnings =
    fewest < count ? [`The smallest class has ${counted(fewest, 'record')}, fewer than the ${count} folds.`] : [];
  return { folds, warnings };
}

/**
 * The same among the examples that are not discarded. The others are dealt in turn: models predict them, but learn nothing
 * from them.
 *
 * @param labels class index of each example, or `discarded`
 */
export function foldsOfKept(labels: Int32Array, classes: number, count: number): Folds {
  const dealt = stratifiedFolds(
    labels.filter((label) => label !== discarded),
    classes,
    count,
  );
  let next = 0;
  const folds = Uint16Array.from(labels, (label, row) =>
    label === discarded ? row % count : (dealt.folds[next++] ?? 0),
  );
  return { ...dealt, folds };
}

function checkFolds(examples: number, present: Float64Array, count: number): void {
  if (!Number.isInteger(count) || count < 2)
    throw new ExpectedError(`Cross-validation with ${count} folds is not possible.`, 'Use 2 folds or more.');
  if (count > examples)
    throw new ExpectedError(`There are ${examples} records for ${count} folds.`, 'Use fewer folds.');
  if (present.every((total) => total < count))
    throw new ExpectedError(`No class has ${count} records, one for each fold.`, 'Use fewer folds.');
}

function byFirstAppearance(labels: Int32Array, classes: number): number[] {
  const seen = new Uint8Array(classes);
  const order: number[] = [];
  for (const label of labels) {
    if (seen[label]) continue;
    seen[label] = 1;
    order.push(label);
    if (order.length === classes) break;
  }
  return order;
}

/** How many of each class, the classes written one after the other, every n-th position gives each fold. */
function foldShares(totals: readonly number[], count: number): Uint32Array[] {
  let position = 0;
  return totals.map((total) => {
    const share = new Uint32Array(count);
    for (let index = 0; index < total; index++, position++)
      share[position % count] = (share[position % count] ?? 0) + 1;
    return share;
  });
}
