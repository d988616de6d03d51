import { randomUUID } from 'node:crypto';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import type { Json } from '../../../../../extension/core/json';
import { hashedColumns, hashOfRecord } from '../../../../../extension/core/review/recordHash';
import type { DecisionEntry } from '../../../../../extension/core/review/types';
import { rowsOf } from '../../dataset/rows';

/** What is decided on a row; the rest of the entry is as a reviewer of the file as it is now would have it. */
export type Decided = Pick<DecisionEntry, 'row' | 'decision'> & Partial<DecisionEntry>;

/** Decisions on records of a dataset. */
export async function decisionsOn(
  path: string,
  decided: readonly Decided[],
  { text = 'text', column = 'label' }: { readonly text?: string | null; readonly column?: string } = {},
): Promise<DecisionEntry[]> {
  const table = await openTable(path);
  const rows = await rowsOf(table);
  const hashed = hashedColumns(table.columns, text, column);
  return decided.map((entry) => {
    const cell = (name: string): Json => rows[entry.row]?.[table.columns.indexOf(name)] ?? null;
    return {
      v: 1,
      id: randomUUID(),
      time: '2026-01-02T03:04:05.678Z',
      reviewer: 'ann',
      text,
      column,
      hash: hashOfRecord(hashed, hashed.columns.map(cell)),
      given: cell(column),
      ...entry,
    };
  });
}
