import { createHash } from 'node:crypto';
import { textOf } from '../dataset/readRecords';
import type { Json } from '../json';
import { discardColumn } from './types';

/** Which cells of a record its hash is of. */
export interface HashedColumns {
  /** In the order of the cells that `hashOfRecord` takes. */
  readonly columns: readonly string[];
  /** The text column, whose text is hashed as it is; null when all others are but the label and `discarded`. */
  readonly text: string | null;
}

/**
 * The columns that tell a record from others, whatever its label is.
 *
 * @param columns all columns of the table
 */
export function hashedColumns(columns: readonly string[], text: string | null, label: string): HashedColumns {
  const isContent = (name: string): boolean => name !== label && name !== discardColumn;
  return { text, columns: text === null ? columns.filter(isContent) : [text] };
}

/**
 * What a record is found by when it has moved.
 *
 * @param cells of the hashed columns, in their order
 * @returns the first 16 hex digits of the SHA-256 of the text, in UTF-8, or else of the cells as canonical JSON: an object
 *   of the columns with its keys by code unit and without spaces
 */
export function hashOfRecord({ columns, text }: HashedColumns, cells: readonly Json[]): string {
  const hashed =
    text === null
      ? canonicalJson(Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])))
      : textOf(cells[0] ?? null);
  return createHash('sha256').update(hashed).digest('hex').slice(0, 16);
}

function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'number' ? String(value) : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
