import type { GridColumn } from '../../extension/protocol/log';
import { numberWidth } from './geometry';

/** A column with its place. */
export interface PlacedColumn {
  readonly column: GridColumn;
  /** Among the shown columns, from 0. */
  readonly position: number;
  /** Pixels from the first column's left edge. */
  readonly left: number;
}

/** Id of a cell's element, by its place in the view. */
export function cellId(position: number, column: number): string {
  return `cell-${position}-${column}`;
}

/** The first column sticks where it is; the others are placed. */
export function cellStyle({ position, left }: PlacedColumn, width: number) {
  return position === 0 ? { width: `${width}px` } : { left: `${numberWidth + left}px`, width: `${width}px` };
}
