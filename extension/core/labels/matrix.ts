/** Numbers in rows of one length, row after row, as numpy's default order has them. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Predicted probabilities: one row an example, one column a class, values from 0 to 1. */
export type PredProbs = Matrix;

export function zeros(rows: number, columns: number): Matrix {
  return { data: new Float64Array(rows * columns), rows, columns };
}

export function rowsOf({ data, rows, columns }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

/** A cell; 0 outside, which callers never ask for. */
export function at({ data, columns }: Matrix, row: number, column: number): number {
  return data[row * columns + column] ?? 0;
}

export function column(matrix: Matrix, index: number): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) => at(matrix, row, index));
}

export function transposed(matrix: Matrix): Matrix {
  const result = zeros(matrix.columns, matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    for (let index = 0; index < matrix.columns; index++)
      result.data[index * matrix.rows + row] = at(matrix, row, index);
  }
  return result;
}
