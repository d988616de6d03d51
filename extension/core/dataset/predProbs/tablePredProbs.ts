import { basename } from 'node:path';
import { ExpectedError } from '../../errors';
import { parsePythonList } from '../../flagging/log/pythonLiteral';
import type { Json } from '../../json';
import type { Table } from '../table';
import { finishPredProbs } from './finishPredProbs';
import { listed } from './orderClasses';
import { listColumns, probabilityRow, type ProbabilityRow } from './probabilityRow';
import { RowCollector } from './rowCollector';
import type { NamedPredProbs, PredProbsOptions } from './types';

const prefix = /^(prob_|proba_|p_)(?=.)/;
/** What the numbers of the rows are called, which pandas and R write unless told otherwise; pandas gives no name. */
const rowNumberNames = ['', 'Unnamed: 0', 'index', 'row_nr'];

/**
 * The probabilities that a dataset has in columns of its own: one a class (`prob_ham`, `prob_spam`), or one column of
 * lists such as Argilla's `prediction`.
 *
 * @throws ExpectedError naming the row and the column of what is no probability
 */
export async function columnsPredProbs(
  table: Table,
  columns: readonly string[],
  options: PredProbsOptions = {},
): Promise<NamedPredProbs> {
  const source = basename(table.path);
  return finishPredProbs(await readColumns(table, columns, options), source, options);
}

/** All of a table that holds probabilities and little else; a first line of numbers is a row like the others. */
export async function tablePredProbs(table: Table, options: PredProbsOptions): Promise<NamedPredProbs> {
  const columns = await columnsOfProbabilities(table);
  const numbers = numericHeader(columns);
  const isCount = numbers?.every((value, index) => value === index) ?? false;
  const given = await readColumns(table, columns, options, isCount ? undefined : numbers);
  const others = table.columns.filter((name) => !columns.includes(name) && !rowNumberNames.includes(name));
  const warnings = others.length === 0 ? [] : [`Columns without probabilities were left out: ${listed(others)}.`];
  if (isCount) warnings.push(`The first line, ${listed(columns)}, was taken for the numbers of the columns.`);
  return { ...given, classes: numbers ? null : given.classes, warnings };
}

async function readColumns(
  table: Table,
  columns: readonly string[],
  options: PredProbsOptions,
  firstRow?: readonly number[],
): Promise<NamedPredProbs> {
  const source = basename(table.path);
  if (columns.length === 0)
    throw new ExpectedError('No columns of probabilities were chosen.', 'Choose one per class.');
  const classes = classNames(columns);
  const rows = new RowCollector(source);
  if (firstRow) rows.add({ classes, values: firstRow });
  for await (const { count, cells } of table.scan(columns, options)) {
    for (let index = 0; index < count; index++) {
      const record = cells.map((column) => column[index] ?? null);
      const what = `Row ${rows.count} of ${source}`;
      rows.add(columns.length === 1 ? listRow(record[0] ?? null, what) : numberRow(record, classes, what));
    }
  }
  return { ...rows.finish(), warnings: [] };
}

/** The names without the prefix that all of them have. */
function classNames(columns: readonly string[]): string[] {
  const prefixes = new Set(columns.map((name) => prefix.exec(name)?.[1]));
  return prefixes.size === 1 ? columns.map((name) => name.replace(prefix, '')) : [...columns];
}

function numberRow(cells: readonly Json[], classes: readonly string[], what: string): ProbabilityRow {
  return { classes, values: cells.map((cell, index) => numberOf(cell, classes[index] ?? '', what)) };
}

function numberOf(cell: Json, name: string, what: string): number {
  if (typeof cell === 'number') return cell;
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : NaN;
  return Number.isNaN(value) ? unusualNumber(cell, name, what) : value;
}

/** Python writes `nan` and `inf`, which are refused later by their place; half of Europe writes `0,5`. */
function unusualNumber(cell: Json, name: string, what: string): number {
  const text = typeof cell === 'string' ? cell.trim() : '';
  const [, minus, notFinite] = /^(-?)\+?(nan|inf)(?:inity)?$/i.exec(text) ?? [];
  if (notFinite) return notFinite.toLowerCase() === 'nan' ? NaN : minus ? -Infinity : Infinity;
  const value = text === '' ? NaN : Number(text.replace(/^(-?\d*),(?=\d)/, '$1.'));
  if (!Number.isNaN(value)) return value;
  const said = cell === null || text === '' ? 'nothing' : JSON.stringify(cell).slice(0, 60);
  throw new ExpectedError(
    `${what} has ${said} in column ${name}, where a probability is needed.`,
    'Choose the columns of probabilities, or call them prob_<class>.',
  );
}

/** Cells of CSV hold lists as texts, which pandas writes as Python does. */
function listRow(cell: Json, what: string): ProbabilityRow {
  if (typeof cell !== 'string') return probabilityRow(cell, what);
  try {
    return probabilityRow(JSON.parse(cell), what);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return probabilityRow(parsePythonList(cell) ?? cell, what);
  }
}

/** A header that is a row of numbers, which a file without a header has; undefined when a name is none. */
function numericHeader(columns: readonly string[]): number[] | undefined {
  const texts = columns.map((name) => {
    const [, repeated] = /^(.*) \(\d+\)$/.exec(name) ?? [];
    return repeated !== undefined && columns.includes(repeated) ? repeated : name;
  });
  const numbers = texts.map((text) => (text.trim() === '' ? NaN : Number(text)));
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

async function columnsOfProbabilities(table: Table): Promise<readonly string[]> {
  const { columns } = table;
  const prefixed = ['prob_', 'proba_', 'p_']
    .map((begin) => columns.filter((name) => name.startsWith(begin) && name !== begin))
    .find((names) => names.length > 1);
  if (prefixed) return prefixed;
  const list = listColumns.find((name) => columns.includes(name));
  if (list !== undefined) return [list];
  const [first = ''] = columns;
  return rowNumberNames.includes(first) && (await countsRows(table, first)) ? columns.slice(1) : columns;
}

/** Whether a column is 0, 1, 2, … as far as its first batch tells. */
async function countsRows(table: Table, column: string): Promise<boolean> {
  for await (const { cells } of table.scan([column]))
    return (cells[0] ?? []).every((cell, row) => Number(cell) === row);
  return false;
}
