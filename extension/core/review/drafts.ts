import { basename } from 'node:path';
import { isPipeline, type ProbabilitySource } from '../dataset/probabilitySource';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { rankedAt, type RankedCandidate } from './candidateList';
import { isSameLabelling } from './ledger/labelCodec';
import type { DecisionDraft } from './ledger/ledgerFile';
import { hashedColumns, hashOfRecord } from './recordHash';
import type { ReviewState } from './reviewState';
import type { Choice } from './types';

/**
 * The lines that choices become.
 *
 * @param records of the choices, with a cell for every column
 * @throws ExpectedError when nothing was found yet, a label is no longer what was reviewed, or the column cannot say one
 */
export function draftsOf(
  state: ReviewState,
  choices: readonly Choice[],
  records: readonly (readonly Json[])[],
  columns: readonly string[],
): DecisionDraft[] {
  const { labels, found, decisions } = state;
  const text = found ? found.settings.text : decisions.all.at(-1)?.text;
  if (!labels || text === undefined)
    throw new ExpectedError('Nothing was found in this dataset yet.', 'Find label errors first.');
  const { column, codec } = labels;
  const hashed = hashedColumns(columns, text, column);
  return choices.map((choice, at) => {
    const { row, decision, label, note, seconds } = meant(state, choice);
    const cellOf = (name: string): Json => records[at]?.[columns.indexOf(name)] ?? null;
    const given = cellOf(column);
    const ranked = rankedRow(state, row);
    return {
      row,
      hash: hashOfRecord(hashed, hashed.columns.map(cellOf)),
      text,
      column,
      given,
      decision,
      ...(label ? { label: codec.cell(label, given) } : {}),
      ...(ranked ? { suggested: codec.cell(ranked.suggested), score: ranked.labelQuality, rank: ranked.rank } : {}),
      ...(found ? { model: modelName(found.settings.source) } : {}),
      ...(seconds === undefined ? {} : { seconds: Math.round(seconds * 100) / 100 }),
      ...(note === undefined ? {} : { note }),
    };
  });
}

/** What a change without a label, or to the given one, means. */
function meant(state: ReviewState, choice: Choice): Choice {
  const { row, decision } = choice;
  if (decision !== 'change') return { ...choice, label: undefined };
  const label = choice.label ?? rankedRow(state, row)?.suggested;
  if (!label) throw new ExpectedError(`Record ${row} has no suggested label.`, 'Choose one.');
  return isSameLabelling(label, state.fileLabelOf(row))
    ? { ...choice, decision: 'keep', label: undefined }
    : { ...choice, label };
}

/** What a search says of a record, which is refused when its label is another one by now. */
function rankedRow(state: ReviewState, row: number): RankedCandidate | undefined {
  const position = state.positionOf(row);
  if (position === undefined) return undefined;
  if (!state.isStale(position, row)) return rankedAt(state.candidates, position);
  throw new ExpectedError(
    `The label of record ${row} is no longer what it was when label errors were found.`,
    'Find label errors again.',
  );
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
      return [basename(source.fn), ...(isPipeline(source.fn) ? [`${source.folds} folds`] : [])].join(', ');
  }
}
