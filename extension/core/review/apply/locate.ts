import type { Table, TableOptions } from '../../dataset/table';
import { locateRecords } from '../ledger/locateRecords';
import { hashOfRecord, hashedColumns } from '../recordHash';
import type { DecisionEntry } from '../types';
import type { RowSource, SourceRow } from './source';

/** Decisions by the row of their record as it is now, and those whose record is not there. */
export interface Located {
  readonly rows: ReadonlyMap<number, readonly DecisionEntry[]>;
  readonly missing: readonly DecisionEntry[];
}

/**
 * Finds the records of decisions: where they stood, when all of them still stand there, else by their content. Decisions that
 * their reviewer replaced when the record stood elsewhere are in none.
 */
export async function locateDecisions(
  table: Table,
  source: RowSource,
  entries: readonly DecisionEntry[],
  options: TableOptions,
): Promise<Located> {
  const inPlace = byRow(entries.map((entry) => [entry.row, entry]));
  let found = 0;
  for await (const row of source.read(inPlace.keys())) {
    found += (inPlace.get(row.row) ?? []).filter((entry) => isRecordOf(entry, row, table)).length;
  }
  if (found === entries.length) return { rows: inPlace, missing: [] };
  const { located, lost } = await locateRecords(table, entries, options);
  return { rows: byRow(located.map(({ row, entry }) => [row, entry])), missing: lost };
}

function isRecordOf({ text, column, hash }: DecisionEntry, row: SourceRow, table: Table): boolean {
  const hashed = hashedColumns(table.columns, text, column);
  return hasColumns(table, { text, column }) && hashOfRecord(hashed, hashed.columns.map(row.cell)) === hash;
}

/** Whether a table has the columns that a decision is about. */
export function hasColumns({ columns }: Table, { text, column }: Pick<DecisionEntry, 'text' | 'column'>): boolean {
  return columns.includes(column) && (text === null || columns.includes(text));
}

function byRow(pairs: readonly (readonly [row: number, entry: DecisionEntry])[]): Map<number, DecisionEntry[]> {
  const rows = new Map<number, DecisionEntry[]>();
  for (const [row, entry] of [...pairs].sort(([a], [b]) => a - b)) {
    const own = rows.get(row);
    if (own) own.push(entry);
    else rows.set(row, [entry]);
  }
  return rows;
}
