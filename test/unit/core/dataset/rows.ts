import type { Table, TableOptions } from '../../../../extension/core/dataset/table';
import type { Json } from '../../../../extension/core/json';

/** All records of a table, cell by cell; checks that its batches follow each other. */
export async function rowsOf(
  table: Table,
  columns: readonly string[] = table.columns,
  options: TableOptions = {},
): Promise<Json[][]> {
  const rows: Json[][] = [];
  for await (const { from, count, cells } of table.scan(columns, options)) {
    if (from !== rows.length) throw new Error(`A batch begins at ${from}, not at ${rows.length}.`);
    for (let row = 0; row < count; row++) rows.push(cells.map((column) => column[row] ?? null));
  }
  return rows;
}
