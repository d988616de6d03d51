import { isDeepStrictEqual } from 'node:util';
import { openTable } from '../../dataset/openTable';
import type { Table, TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';
import type { ApplyPlan, ParquetChanges } from './types';

/**
 * Reads what was written beside what it was made of.
 *
 * @throws ExpectedError when a cell is not what it should be
 */
export async function checkParquet(
  written: string,
  { file, discard }: ApplyPlan,
  { cells, discards }: ParquetChanges,
  { signal }: TableOptions,
): Promise<void> {
  const [old, anew] = [await openTable(file), await openTable(written)];
  const changed = new Map<number, Map<string, Json>>();
  for (const { row, column, value } of cells)
    changed.set(row, (changed.get(row) ?? new Map<string, Json>()).set(column, value));
  const discarded = new Set(discards);
  const rows = rowsOf(anew, anew.columns, signal);
  let row = 0;
  for await (const before of rowsOf(old, old.columns, signal)) {
    const isDiscarded = discarded.has(row);
    const own = changed.get(row);
    const expected = own ? before.map((cell, at) => valueOf(own, old.columns[at] ?? '', cell)) : before;
    row++;
    if (isDiscarded && discard === 'remove') continue;
    const after = (await rows.next()).value ?? [];
    const marks = anew.columns.length > old.columns.length ? [isDiscarded] : [];
    if (!isDeepStrictEqual(after, [...expected, ...marks])) throw differs(row - 1);
  }
  if (!(await rows.next()).done) throw differs(row);
}

function valueOf(own: ReadonlyMap<string, Json>, column: string, before: Json): Json {
  return own.has(column) ? (own.get(column) ?? null) : before;
}

async function* rowsOf(
  table: Table,
  columns: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Json[], undefined, undefined> {
  for await (const { count, cells } of table.scan(columns, signal ? { signal } : {})) {
    for (let at = 0; at < count; at++) yield cells.map((column) => column[at] ?? null);
  }
}

function differs(row: number): ExpectedError {
  return new ExpectedError(
    `Record ${row} does not come back from Parquet as it was. Nothing was written.`,
    'Convert the dataset to JSON Lines, which is corrected in place.',
  );
}
