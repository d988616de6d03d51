import { findClassNames, type ClassNames } from '../dataset/classNames';
import { cellItems, cellReading } from '../dataset/labelColumn';
import { readPredProbs } from '../dataset/predProbs/readPredProbs';
import type { RowSums } from '../dataset/predProbs/rowSums';
import { columnsPredProbs } from '../dataset/predProbs/tablePredProbs';
import type { ProbabilitySource } from '../dataset/probabilitySource';
import { guessRoles } from '../dataset/roles';
import type { Table } from '../dataset/table';
import { ExpectedError } from '../errors';
import type { Json } from '../json';

/** What a search for label errors is likely to be about. */
export interface SearchGuess {
  readonly text: string | undefined;
  readonly label: string | undefined;
  /** One a class; none where there are no probabilities in the dataset. */
  readonly probabilities: readonly string[];
  /** What a column that has a role is taken for, and why, by its name. */
  readonly reasons: ReadonlyMap<string, string>;
  /** The first records, with a cell for every column. */
  readonly records: readonly (readonly Json[])[];
}

/** Records that are looked at for a guess. */
const looked = 200;

/** Guesses by the first records of a dataset. */
export async function guessSearch(table: Table): Promise<SearchGuess> {
  const records = await firstRecords(table);
  const { text, label, probabilities, prediction, reasons } = guessRoles(table.columns, records);
  const given = probabilities.length > 0 || prediction === undefined ? probabilities : [prediction];
  return { text, label, probabilities: given, reasons, records };
}

/** Whether the cells of a column look like several labels a record: lists, or texts that one separator parts. */
export function hasSeveralLabels(table: Pick<Table, 'columns'>, label: string, { records }: SearchGuess): boolean {
  const position = table.columns.indexOf(label);
  const cells = records.map((record) => record[position] ?? null);
  const reading = cellReading(cells, { multiLabel: true });
  const parted = cells.flatMap((cell, row) => {
    try {
      const items = cellItems(cell, reading, row);
      return items === null || items.length === 0 ? [] : [{ cell, items }];
    } catch (error) {
      if (error instanceof ExpectedError) return []; // an object, which is no label of either kind
      throw error;
    }
  });
  const labels = new Set(parted.flatMap(({ items }) => items.map(String)));
  const several = parted.filter(({ cell, items }) => items.length > 1 || Array.isArray(cell));
  // Names of single classes may have a comma in them, but then their parts do not come again in other ones.
  return several.length > 0 && labels.size < new Set(parted.map(({ cell }) => JSON.stringify(cell))).size;
}

/** What a dataset card calls the classes of a column. @param root where to stop looking for one, absolute */
export function guessClasses(table: Table, label: string, root: string): Promise<ClassNames | undefined> {
  return findClassNames(table, label, root);
}

/** How far given probabilities are from adding up to 1; nothing where they are not given. */
export async function rowSumsOf(source: ProbabilitySource, table: Table): Promise<RowSums | undefined> {
  let sums: RowSums | undefined;
  const normalizeRows = (found: RowSums): boolean => {
    sums = found;
    return true;
  };
  if (source.kind === 'file') await readPredProbs(source.path, { normalizeRows });
  if (source.kind === 'columns') await columnsPredProbs(table, source.columns, { normalizeRows });
  return sums;
}

async function firstRecords(table: Table): Promise<(readonly Json[])[]> {
  for await (const { count, cells } of table.scan(table.columns))
    return Array.from({ length: Math.min(count, looked) }, (_, row) => cells.map((column) => column[row] ?? null));
  return [];
}
