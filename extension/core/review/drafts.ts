import { basename } from 'node:path';
import type { ProbabilitySource } from '../dataset/probabilitySource';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import type { LabelCodec } from './ledger/labelCodec';
import type { DecisionDraft } from './ledger/ledgerFile';
import { hashedColumns, hashOfRecord } from './recordHash';
import type { CandidateDetail } from './review';
import type { Choice } from './types';

/** What a decision is made on. */
export interface DraftContext {
  /** All of the dataset. */
  readonly columns: readonly string[];
  /** That the hash is of. */
  readonly text: string | null;
  /** The label column. */
  readonly column: string;
  readonly codec: LabelCodec;
  /** Undefined when the label is not a search's. */
  readonly source: ProbabilitySource | undefined;
}

/**
 * The line that a choice becomes.
 *
 * @param cells of the record, in the order of the columns
 * @param ranked undefined for a record that is no candidate
 * @throws ExpectedError when the column cannot say the label
 */
export function draftOf(
  choice: Choice,
  cells: readonly Json[],
  { columns, text, column, codec, source }: DraftContext,
  ranked: Pick<CandidateDetail, 'rank' | 'labelQuality' | 'suggested'> | undefined,
): DecisionDraft {
  const cellOf = (name: string): Json => cells[columns.indexOf(name)] ?? null;
  const hashed = hashedColumns(columns, text, column);
  const given = cellOf(column);
  const { row, decision, label, note, seconds } = choice;
  return {
    row,
    hash: hashOfRecord(hashed, hashed.columns.map(cellOf)),
    text,
    column,
    given,
    decision,
    ...(label ? { label: codec.cell(label, given) } : {}),
    ...(ranked ? { suggested: codec.cell(ranked.suggested), score: ranked.labelQuality, rank: ranked.rank } : {}),
    ...(source ? { model: modelName(source) } : {}),
    ...(seconds === undefined ? {} : { seconds: Math.round(seconds * 100) / 100 }),
    ...(note === undefined ? {} : { note }),
  };
}

/** For people and for ledgers: paths would differ from machine to machine. */
export function modelName(source: ProbabilitySource): string {
  switch (source.kind) {
    case 'built-in':
      return `built-in, ${source.folds} folds`;
    case 'file':
      return basename(source.path);
    case 'columns':
      return `columns ${source.columns.join(', ')}`;
    case 'model':
      return `${basename(source.fn)}, ${source.folds} folds`;
  }
}

/** Why nothing can be decided on a record. */
export function changedSince(row: number): ExpectedError {
  return new ExpectedError(
    `The label of record ${row} is no longer what it was when label errors were found.`,
    'Find label errors again.',
  );
}
