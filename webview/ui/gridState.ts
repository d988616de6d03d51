/** The table behind a data grid, and how edits change it. Row -1 is the header. */
export interface GridTable {
  readonly headers: readonly string[];
  readonly data: readonly (readonly unknown[])[];
  readonly metadata: unknown;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export function cellText(table: GridTable, { row, column }: Cell): string {
  const value = row < 0 ? table.headers[column] : table.data[row]?.[column];
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** Writes a text into a cell; a number stays a number where the column is one, nothing is null. */
export function withCell(table: GridTable, { row, column }: Cell, text: string, numeric: boolean): GridTable {
  if (row < 0) return { ...table, headers: table.headers.with(column, text) };
  const number = numeric && text.trim() !== '' ? Number(text) : NaN;
  const value = numeric && text.trim() === '' ? null : Number.isFinite(number) ? number : text;
  const before = table.data[row] ?? [];
  const padded = [...before, ...Array<unknown>(Math.max(0, table.headers.length - before.length)).fill('')];
  return { ...table, data: table.data.with(row, padded.with(column, value)) };
}

export function withRow(table: GridTable, blank: (column: number) => unknown): GridTable {
  return { ...table, data: [...table.data, table.headers.map((_, column) => blank(column))] };
}

export function withColumn(table: GridTable, name: string): GridTable {
  const data = table.data.map((row) => [...row, '']);
  return { ...table, headers: [...table.headers, name], data };
}

export function withoutRow(table: GridTable, row: number): GridTable {
  return { ...table, data: table.data.filter((_, index) => index !== row) };
}

export function withoutColumn(table: GridTable, column: number): GridTable {
  const others = <T>(items: readonly T[]): readonly T[] => items.filter((_, index) => index !== column);
  return { ...table, headers: others(table.headers), data: table.data.map(others) };
}

/** Where a key leads from a cell, or undefined when it leads nowhere. */
export function movedBy(key: string, { row, column }: Cell, rows: number, columns: number): Cell | undefined {
  const to = (toRow: number, toColumn: number): Cell => ({
    row: Math.min(rows - 1, Math.max(-1, toRow)),
    column: Math.min(columns - 1, Math.max(0, toColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, columns - 1);
    case 'PageUp':
      return to(row - 10, column);
    case 'PageDown':
      return to(row + 10, column);
    default:
      return undefined;
  }
}
