import { basename } from 'node:path';
import { findClassNames } from '../../dataset/classNames';
import type { LabelColumnOptions } from '../../dataset/labelColumn';
import { openTable } from '../../dataset/openTable';
import { readColumn, textOf } from '../../dataset/readRecords';
import type { Table, TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { lastSearch } from '../engine/candidatesFile';
import type { DecisionEntry } from '../types';
import { agreementOf, ratingsOf, type Agreement } from './agreement';
import { DecisionHistory } from './decisionHistory';
import { labelCodec } from './labelCodec';
import { readLedgers } from './ledgerFile';
import type { LedgerFileProblem } from './ledgerLines';
import { locateRecords } from './locateRecords';

/** Whose agreement on what is asked for; all reviewers, and the column that was decided on last, when left out. */
export interface AgreementQuery {
  readonly reviewers?: readonly string[] | undefined;
  readonly label?: string | undefined;
}

/** The agreement of reviewers on the records that a dataset has now. */
export interface DatasetAgreement extends Agreement {
  /** The label column. */
  readonly column: string;
  /** Of the records on which reviewers differ; none where the decisions know no text column. */
  readonly texts: ReadonlyMap<number, string>;
  /** Decisions whose records are no longer there, and count for nothing. */
  readonly lost: number;
  readonly problems: readonly LedgerFileProblem[];
}

/**
 * Compares what the ledgers of a dataset say. Decisions that were taken back, replaced or only proposed do not count.
 *
 * @param dataset absolute path
 * @throws ExpectedError when fewer than two reviewers decided, or one that is named did not
 */
export async function datasetAgreement(
  dataset: string,
  { reviewers, label }: AgreementQuery = {},
  options: TableOptions = {},
): Promise<DatasetAgreement> {
  const table = await openTable(dataset, options);
  const { entries, problems } = await readLedgers(dataset);
  const standing = new DecisionHistory(entries).standing();
  const column = label ?? standing.at(-1)?.column ?? '';
  const decided = standing.filter((entry) => entry.column === column && entry.decision !== 'skip');
  const compared = comparedReviewers(dataset, decided, reviewers);
  const own = decided.filter(({ reviewer }) => compared.includes(reviewer));
  const { located, lost } = await locateRecords(table, own, options);
  if (!table.columns.includes(column))
    throw new ExpectedError(
      `${basename(dataset)} has no column "${column}" any more.`,
      'Bring the file back as it was, or name another column with --label.',
    );
  const codec = labelCodec(await readColumn(table, column, options), await labelOptions(table, column));
  const agreement = agreementOf(ratingsOf(located, codec), compared);
  const rows = new Set(agreement.conflicts.map(({ row }) => row));
  const text = own.findLast((entry) => entry.text !== null)?.text;
  const texts = await textsOf(table, text ?? undefined, rows, options);
  return { ...agreement, column, texts, lost: lost.length, problems };
}

function comparedReviewers(
  dataset: string,
  decided: readonly DecisionEntry[],
  wanted: readonly string[] | undefined,
): readonly string[] {
  const known = [...new Set(decided.map(({ reviewer }) => reviewer))].sort();
  const [stranger] = wanted?.filter((reviewer) => !known.includes(reviewer)) ?? [];
  if (stranger !== undefined) {
    throw new ExpectedError(
      `${JSON.stringify(stranger)} has decided on no record of ${basename(dataset)}.`,
      known.length > 0 ? `Reviewers who have: ${known.join(', ')}.` : '',
    );
  }
  const compared = wanted ?? known;
  if (compared.length > 1) return compared;
  throw new ExpectedError(
    `${known[0] === undefined ? 'Nobody' : `Only ${known[0]}`} has decided on records of ${basename(dataset)}.`,
    'Agreement needs two reviewers; merge the ledger of another one with git.',
  );
}

/** How the labels were read when label errors were looked for, else as the column describes itself. */
async function labelOptions(table: Table, column: string): Promise<LabelColumnOptions> {
  const found = await lastSearch(table.path);
  if (found?.settings.label === column) {
    const { multiLabel, separator } = found.settings;
    return { multiLabel, separator, classes: found.classes };
  }
  return { classes: (await findClassNames(table, column))?.names };
}

async function textsOf(
  table: Table,
  column: string | undefined,
  rows: ReadonlySet<number>,
  options: TableOptions,
): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  if (column === undefined || !table.columns.includes(column) || rows.size === 0) return texts;
  for await (const { from, cells } of table.scan([column], options)) {
    for (const [at, cell] of (cells[0] ?? []).entries()) if (rows.has(from + at)) texts.set(from + at, textOf(cell));
  }
  return texts;
}
