import { ExpectedError } from '../../errors';
import type { PredProbs } from '../../labels/matrix';

/** Sums of floats may miss 1 by this much, as cleanlab has it. */
const tolerance = 1e-6;

/** How far the rows are from adding up to 1. */
export interface RowSums {
  /** Rows whose sum misses 1 by more than 1e-6. */
  readonly missing: number;
  /** The largest distance of a row's sum from 1. */
  readonly largest: number;
}

export function rowSumsMissOne(predProbs: PredProbs): RowSums {
  let [missing, largest] = [0, 0];
  for (let row = 0; row < predProbs.rows; row++) {
    const distance = Math.abs(rowSum(predProbs, row) - 1);
    if (distance > tolerance) missing++;
    largest = Math.max(largest, distance);
  }
  return { missing, largest };
}

/**
 * Each row divided by its sum.
 *
 * @throws ExpectedError naming the first row whose sum is not above 0
 */
export function normalizeRows(predProbs: PredProbs): PredProbs {
  const { rows, columns } = predProbs;
  const data = Float64Array.from(predProbs.data);
  for (let row = 0; row < rows; row++) {
    const sum = rowSum(predProbs, row);
    if (!(sum > 0)) {
      throw new ExpectedError(
        `Row ${row} cannot be divided by its sum, which is ${sum}.`,
        'Give every row at least one probability above 0.',
      );
    }
    for (let index = row * columns; index < (row + 1) * columns; index++) data[index] = (data[index] ?? 0) / sum;
  }
  return { data, rows, columns };
}

function rowSum({ data, columns }: PredProbs, row: number): number {
  let sum = 0;
  for (let index = row * columns; index < (row + 1) * columns; index++) sum += data[index] ?? 0;
  return sum;
}
