import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { columnPositions } from './columns';
import { guessRoles } from './roles';
import type { Table } from './table';

/** The columns that a text classifier learns from. */
export interface TextAndLabel {
  readonly text: string;
  readonly label: string;
}

/** Columns that are known; others are not. */
export type SomeColumns = { readonly [K in keyof TextAndLabel]?: string | undefined };

export interface ColumnGuess extends SomeColumns {
  /** A sentence on each column that was guessed. */
  readonly reasons: readonly string[];
}

/** Records that are looked at for a guess. */
const looked = 200;

/**
 * The columns that were named; the others are guessed.
 *
 * @throws ExpectedError when a named column is not there, or one cannot be guessed
 */
export async function textAndLabelOf(table: Table, given: SomeColumns): Promise<TextAndLabel & ColumnGuess> {
  columnPositions(
    table,
    [given.text, given.label].filter((name) => name !== undefined),
  );
  const { text, label, reasons } = await guessTextAndLabel(table, given);
  if (text === undefined) throw notGuessed('texts', table);
  if (label === undefined) throw notGuessed('labels', table);
  return { text, label, reasons };
}

/** The columns that were named, with guesses for the others by the first records; undefined where none is likely. */
export async function guessTextAndLabel(table: Table, { text, label }: SomeColumns = {}): Promise<ColumnGuess> {
  if (text !== undefined && label !== undefined) return { text, label, reasons: [] };
  const free = table.columns.filter((name) => name !== text && name !== label);
  const roles = guessRoles(free, await firstRecords(table, free));
  const guessed = [...(text === undefined ? [roles.text] : []), ...(label === undefined ? [roles.label] : [])];
  return {
    text: text ?? roles.text,
    label: label ?? roles.label,
    reasons: guessed.flatMap((name) =>
      name === undefined ? [] : `"${name}" is taken for ${roles.reasons.get(name) ?? ''}.`,
    ),
  };
}

async function firstRecords(table: Table, columns: readonly string[]): Promise<(readonly Json[])[]> {
  for await (const { count, cells } of table.scan(columns))
    return Array.from({ length: Math.min(count, looked) }, (_, row) => cells.map((column) => column[row] ?? null));
  return [];
}

function notGuessed(what: 'texts' | 'labels', { columns }: Table): ExpectedError {
  return new ExpectedError(`Which column holds the ${what} is not clear.`, `Name one of ${columns.join(', ')}.`);
}
