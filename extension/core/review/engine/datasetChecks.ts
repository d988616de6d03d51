import { stat } from 'node:fs/promises';
import { checkDataset } from '../../dataset/checkDataset';
import type { DatasetIssues } from '../../dataset/datasetIssues';
import { readColumn, textOf } from '../../dataset/readRecords';
import type { Table } from '../../dataset/table';
import type { Model } from './model';
import type { EngineProgress } from './types';

/** Above this many bytes the texts are not read into memory at once. */
const mostBytes = 1 << 28;
/** Above this many characters near duplicates take longer to find than label errors. */
const mostCharacters = 1 << 23;

export interface DatasetChecks {
  readonly issues: DatasetIssues | null;
  /** What was left out. */
  readonly warnings: readonly string[];
}

/**
 * Looks for what needs no model to be seen, as far as that takes no longer than the search that it follows: near duplicates
 * only in files of common size, nothing in very large ones.
 *
 * @param text the column of the texts; null for none
 */
export async function checksOf(
  table: Table,
  text: string | null,
  model: Model,
  { signal, onProgress }: EngineProgress,
): Promise<DatasetChecks> {
  if (text === null) return { issues: null, warnings: [] };
  const { size } = await stat(table.path);
  if (size > mostBytes) return { issues: null, warnings: [`The file is too large ${inSearch('duplicates')}`] };
  const stopping = signal ? { signal } : {};
  const texts = (await readColumn(table, text, stopping)).map((cell) => (cell === null ? null : textOf(cell)));
  const labels = texts.map((_, row) => namesOf(model, row));
  const near = texts.reduce((sum, one) => sum + (one?.length ?? 0), 0) <= mostCharacters;
  const issues = await checkDataset(texts, labels, {
    ...stopping,
    near,
    ...(onProgress ? { onProgress: (done: number) => onProgress('Looking for duplicates', done) } : {}),
  });
  return { issues, warnings: near ? [] : [`The texts are too many ${inSearch('near duplicates')}`] };
}

function inSearch(what: string): string {
  return `to look for ${what} in every search; "flag-review health" finds them.`;
}

function namesOf(model: Model, row: number): readonly string[] | string | null {
  const labels = model.labelsOf(row)?.map((label) => model.classes[label] ?? '');
  return labels === undefined ? null : labels.length === 1 ? (labels[0] ?? null) : labels;
}
