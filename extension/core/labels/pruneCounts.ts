import { at, column, transposed, zeros, type Matrix } from './matrix';
import { roundHalfEven, roundPreservingSum, sum } from './numeric';
import { rowSum } from './confidentJoint';

export interface PruneCountOptions {
  /** Examples of a class that stay whatever their scores. */
  readonly minExamplesPerClass: number;
  /** Share of the estimated errors to prune, 0 to 1. */
  readonly fracNoise: number;
  /** How many to prune of each class, instead of the estimate. */
  readonly numToRemovePerClass: readonly number[] | null;
}

/**
 * How many examples to prune by true and given label.
 *
 * @param joint calibrated confident joint, row = given label
 * @param counts examples per given label
 * @returns K × K, row = true label, column = given label; NaN where nothing can be said
 */
export function pruneCounts(joint: Matrix, counts: Float64Array, options: PruneCountOptions): Matrix {
  const kept = keepAtLeast(transposed(joint), options.minExamplesPerClass, options.fracNoise);
  const { numToRemovePerClass: wanted } = options;
  return wanted ? withTotals(kept, counts, wanted) : kept;
}

/** `cleanlab.filter._keep_at_least_n_per_class` and `_reduce_prune_counts`. */
function keepAtLeast(counts: Matrix, n: number, fracNoise: number): Matrix {
  const { rows: classes } = counts;
  const kept = zeros(classes, classes);
  for (let given = 0; given < classes; given++) {
    const diagonal = at(counts, given, given);
    const raised = Math.max(diagonal, n);
    const others = Math.max(column(counts, given).filter((value) => value !== 0).length - 1, 1);
    for (let label = 0; label < classes; label++) {
      const lowered = Math.max(at(counts, label, given) - (raised - diagonal) / others, 0);
      kept.data[label * classes + given] = label === given ? raised : lowered;
    }
  }
  return reduce(kept, fracNoise);
}

/** Keeps a share of what is off the diagonal, gives the rest to the diagonal, and cuts fractions off. */
function reduce(counts: Matrix, fracNoise: number): Matrix {
  const { rows: classes } = counts;
  const reduced = zeros(classes, classes);
  for (let given = 0; given < classes; given++) {
    const removed = new Float64Array(classes);
    for (let label = 0; label < classes; label++) {
      if (label === given) continue;
      const cell = label * classes + given;
      const value = counts.data[cell] ?? 0;
      reduced.data[cell] = value * fracNoise;
      removed[label] = value - value * fracNoise;
    }
    reduced.data[given * classes + given] = at(counts, given, given) + sum(removed);
  }
  return byRows({ ...reduced, data: reduced.data.map(Math.trunc) }, roundPreservingSum);
}

/** `cleanlab.filter.find_label_issues` with `num_to_remove_per_class`: a row's total is what was asked for. */
function withTotals(counts: Matrix, given: Float64Array, wanted: readonly number[]): Matrix {
  const { rows: classes } = counts;
  const totals = Float64Array.from({ length: classes }, (_, row) => rowSum(counts, row));
  const result = zeros(classes, classes);
  for (let label = 0; label < classes; label++) {
    const shares = Float64Array.from(
      { length: classes },
      (_, other) => at(counts, label, other) / (totals[other] ?? 0),
    );
    const off = sum(shares) - (shares[label] ?? 0);
    for (let other = 0; other < classes; other++) {
      result.data[label * classes + other] = ((shares[other] ?? 0) * (wanted[label] ?? 0)) / off;
    }
    result.data[label * classes + label] = (given[label] ?? 0) - (wanted[label] ?? 0);
  }
  return byRows(result, (row) => (row.some(Number.isNaN) ? row.map(roundHalfEven) : roundPreservingSum(row)));
}

function byRows(matrix: Matrix, change: (row: Float64Array) => Float64Array): Matrix {
  const { rows, columns } = matrix;
  const result = zeros(rows, columns);
  for (let row = 0; row < rows; row++)
    result.data.set(change(matrix.data.subarray(row * columns, (row + 1) * columns)), row * columns);
  return result;
}
