import { textOf } from '../../dataset/readRecords';
import type { TableFormat } from '../../dataset/table';
import type { Json } from '../../json';
import { isSameCell } from '../ledger/locateRecords';
import { discardColumn, type DecisionEntry } from '../types';
import type { SourceRow } from './source';
import type { DiscardMode, LeftOut } from './types';

/** A cell that gets another value. */
export interface CellChange {
  readonly entry: DecisionEntry;
  readonly given: Json;
  readonly label: Json;
}

/** What becomes of one record. */
export interface Outcome {
  readonly changes: readonly CellChange[];
  /** The decision to discard it. */
  readonly discard: DecisionEntry | undefined;
  readonly leftOut: readonly LeftOut[];
  /** Decisions that the record shows already. */
  readonly applied: number;
}

export interface OutcomeOptions {
  readonly format: TableFormat;
  readonly discard: DiscardMode;
  /** Whether the dataset has a column that marks discarded records. */
  readonly hasMarks: boolean;
}

/** @param entries on that record; of several that agree one counts */
export function outcomeOf(row: SourceRow, entries: readonly DecisionEntry[], options: OutcomeOptions): Outcome {
  const none: Outcome = { changes: [], discard: undefined, leftOut: [], applied: 0 };
  const effective = entries.filter(({ decision }) => decision === 'change' || decision === 'discard');
  if (isConflict(entries)) {
    return { ...none, leftOut: effective.map((entry) => ({ entry, reason: 'conflict' as const })) };
  }
  const outcomes = columnsOf(effective).map((own) => outcomeOfColumn(row, own, options));
  return {
    changes: outcomes.flatMap(({ changes = [] }) => changes),
    discard: outcomes.find(({ discard }) => discard)?.discard,
    leftOut: outcomes.flatMap(({ leftOut = [] }) => leftOut),
    applied: outcomes.reduce((sum, { applied = 0 }) => sum + applied, 0),
  };
}

/** Whether decisions on one record want different things. */
function isConflict(entries: readonly DecisionEntry[]): boolean {
  const verdicts = new Set(entries.map(verdictOf));
  const isDiscarded = entries.some(({ decision }) => decision === 'discard');
  return verdicts.size > (isDiscarded ? 1 : columnsOf(entries).length);
}

function verdictOf({ decision, column, label }: DecisionEntry): string {
  return decision === 'discard' ? decision : JSON.stringify([column, decision, decision === 'change' ? label : null]);
}

function outcomeOfColumn(row: SourceRow, entries: readonly DecisionEntry[], options: OutcomeOptions): Partial<Outcome> {
  const [first] = entries;
  if (!first) return {};
  const current = row.cell(first.column);
  const same = (one: Json, other: Json): boolean => isSame(one, other, options.format);
  if (first.decision === 'discard') {
    if (options.hasMarks && isMark(row.cell(discardColumn))) return { applied: 1 };
  } else if (same(current, first.label ?? null)) return { applied: 1 };
  const entry = entries.find(({ given }) => same(given, current));
  if (!entry) return { leftOut: [{ entry: first, reason: 'label' }] };
  if (entry.decision === 'discard') return { discard: entry };
  return { changes: [{ entry, given: current, label: entry.label ?? null }] };
}

/** A cell that a line is too short for is as good as an empty one. */
function isSame(one: Json, other: Json, format: TableFormat): boolean {
  return format === 'csv' || format === 'tsv' ? textOf(one) === textOf(other) : isSameCell(one, other);
}

function isMark(cell: Json): boolean {
  return textOf(cell).toLowerCase() === 'true';
}

/** The decisions by the label column that they are on. */
function columnsOf(entries: readonly DecisionEntry[]): (readonly DecisionEntry[])[] {
  const names = [...new Set(entries.map(({ column }) => column))];
  return names.map((name) => entries.filter(({ column }) => column === name));
}
