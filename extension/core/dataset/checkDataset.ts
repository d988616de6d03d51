import { ExpectedError } from '../errors';
import type { Progress } from '../labels/crossValidation';
import { byCodePoint } from '../labels/tokens';
import type { DatasetIssues, DuplicateGroup, GroupList, RowList } from './datasetIssues';
import { findDuplicates } from './duplicates';
import { findEmptyTexts } from './emptyTexts';
import { classBalance } from './imbalance';
import { isMissing, labelName, type RecordLabel } from './recordLabels';
import { stageOf } from './work';

export interface CheckOptions extends Progress {
  /** Jaccard similarity from which texts are near duplicates. */
  readonly threshold?: number;
  /** Texts of fewer words are very short. */
  readonly fewestTokens?: number;
  /** Whether near duplicates are looked for, which takes most of the time. */
  readonly near?: boolean;
  /** How many rows or groups a list holds at most; the counts are always of all. */
  readonly limit?: number;
}

/**
 * Looks for empty and very short texts, missing labels, duplicates and their labels, and rare classes.
 *
 * @param texts one a record
 * @param labels one a record
 * @throws ExpectedError when their numbers differ; the signal's reason when it is aborted
 */
export async function checkDataset(
  texts: readonly (string | null)[],
  labels: readonly RecordLabel[],
  { threshold = 0.8, fewestTokens = 2, near = true, limit = 1000, ...options }: CheckOptions = {},
): Promise<DatasetIssues> {
  if (texts.length !== labels.length)
    throw new ExpectedError(`There are ${texts.length} texts but ${labels.length} labels.`, 'Give one label per text.');
  const { empty, short } = await findEmptyTexts(texts, fewestTokens, stageOf(options, 0, 0.2));
  const duplicates = await findDuplicates(texts, { threshold, near, ...stageOf(options, 0.2, 1) });
  const missing = labels.flatMap((label, row) => (isMissing(label) ? [row] : []));
  return {
    records: texts.length,
    emptyTexts: rowList(empty, limit),
    shortTexts: rowList(short, limit),
    missingLabels: rowList(missing, limit),
    exactDuplicates: groupList(duplicates.exact, labels, limit),
    nearDuplicates: groupList(duplicates.near, labels, limit),
    classBalance: classBalance(labels),
  };
}

function rowList(rows: readonly number[], limit: number): RowList {
  return { count: rows.length, rows: rows.slice(0, limit) };
}

function groupList(groups: readonly (readonly number[])[], labels: readonly RecordLabel[], limit: number): GroupList {
  const described = groups.map((rows) => ({ ...rowList(rows, limit), labels: differentLabels(rows, labels) }));
  const conflicting = described.filter(isConflicting);
  const agreeing = described.filter((group) => !isConflicting(group));
  return {
    groups: groups.length,
    rows: groups.reduce((sum, rows) => sum + rows.length, 0),
    conflicting: conflicting.length,
    listed: [...conflicting, ...agreeing].slice(0, limit),
  };
}

function differentLabels(rows: readonly number[], labels: readonly RecordLabel[]): string[] {
  const given = rows.map((row) => labels[row] ?? null).filter((label) => !isMissing(label));
  return [...new Set(given.map(labelName))].sort(byCodePoint);
}

function isConflicting({ labels }: DuplicateGroup): boolean {
  return labels.length > 1;
}
