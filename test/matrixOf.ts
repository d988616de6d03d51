import { zeros, type Matrix } from '../extension/core/labels/matrix';

/** @throws RangeError when the rows differ in length */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const matrix = zeros(rows.length, columns);
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns) throw new RangeError(`Row ${index} has ${row.length} numbers, not ${columns}.`);
    matrix.data.set(row, index * columns);
  }
  return matrix;
}
