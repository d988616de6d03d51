import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openTable } from '../../dataset/openTable';
import type { Table, TableOptions } from '../../dataset/table';
import { guessTextAndLabel, type SomeColumns } from '../../dataset/textAndLabel';
import { ExpectedError } from '../../errors';
import { locateRecords, type LocatedDecision } from '../ledger/locateRecords';
import type { DecisionEntry } from '../types';
import { diffLabels } from './diffLabels';
import { fileAtRevision } from './gitFile';
import type { DiffColumns, DiffState, LabelDiff } from './types';

/** What a dataset is compared with. */
export type DiffAgainst =
  /** The same file, as it was. */
  | { readonly kind: 'revision'; readonly revision: string }
  /** An older file, absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** Labels as the second reviewer decided, against those of the first, or of the file when there is none. */
  | { readonly kind: 'reviewers'; readonly before: string | undefined; readonly after: string };

/**
 * The label changes between two states of a dataset: an older one and now, or what reviewers make of it.
 *
 * @param dataset absolute path
 * @param columns those that are known; else the decisions say them, or they are guessed
 * @param entries decisions of all reviewers that count
 * @throws ExpectedError when a state cannot be read, or nothing says where the labels are
 */
export async function diffDataset(
  dataset: string,
  against: DiffAgainst,
  columns: SomeColumns,
  entries: readonly DecisionEntry[],
  options?: TableOptions,
): Promise<LabelDiff> {
  const after = await openTable(dataset, options);
  const compared = await diffColumns(after, columns, entries);
  const now = { name: basename(dataset), table: after };
  if (against.kind === 'file') {
    const before = { name: basename(against.path), table: await openTable(against.path, options) };
    return diffLabels(before, now, compared, entries, options);
  }
  if (against.kind === 'reviewers') {
    const { located } = await locateRecords(after, entries, options);
    const stateOf = (reviewer: string): DiffState => reviewedState(after, located, reviewer, compared.label);
    const before = against.before === undefined ? now : stateOf(against.before);
    return diffLabels(before, stateOf(against.after), compared, entries, options);
  }
  const { revision } = against;
  const folder = await mkdtemp(join(tmpdir(), 'flag-review-'));
  try {
    const copy = await fileAtRevision(dataset, revision, folder, options?.signal);
    const before = { name: revision, table: await openTable(copy, options) };
    return await diffLabels(before, now, compared, entries, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The dataset as one reviewer would have it. */
function reviewedState(table: Table, located: readonly LocatedDecision[], reviewer: string, column: string): DiffState {
  const own = located.filter(({ entry }) => entry.reviewer === reviewer && entry.column === column);
  if (own.length > 0) return { name: reviewer, table, decisions: new Map(own.map(({ row, entry }) => [row, entry])) };
  const known = [...new Set(located.map(({ entry }) => entry.reviewer))];
  throw new ExpectedError(
    `${JSON.stringify(reviewer)} has decided on no record of ${basename(table.path)}.`,
    known.length > 0 ? `Reviewers who have: ${known.join(', ')}.` : '',
  );
}

/** @throws ExpectedError when it is not clear which column holds the labels */
async function diffColumns(
  table: Table,
  columns: SomeColumns,
  entries: readonly DecisionEntry[],
): Promise<DiffColumns> {
  const decided = entries.at(-1);
  if (columns.label === undefined && decided) return { label: decided.column, text: columns.text ?? decided.text };
  const { text = null, label } = await guessTextAndLabel(table, columns);
  if (label !== undefined) return { text, label };
  const next = `Name one of ${table.columns.join(', ')}.`;
  throw new ExpectedError('Which column holds the labels is not clear.', next);
}
