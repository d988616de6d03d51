import type { FoundCell, LogQuery } from '../../../protocol/log';

/** The samples of a log, as a view of them needs them. */
export interface SampleCells {
  readonly count: number;
  /** The cells of a sample as they stand in the file, quotes not counted. */
  cells(row: number): readonly string[];
}

/** Whether a query leaves every sample where the file has it. */
export function isWhole({ search, filters, sort }: LogQuery): boolean {
  return search === '' && sort === null && filters.every(({ contains }) => contains === '');
}

/** The rows that a query shows, in its order. The file stays as it is. */
export function matchingRows(log: SampleCells, query: LogQuery): readonly number[] {
  const matches = matcher(query);
  const rows: number[] = [];
  const keys: SortKey[] = [];
  for (let row = 0; row < log.count; row++) {
    const cells = query.sort || matches ? log.cells(row) : [];
    if (matches && !matches(cells)) continue;
    rows.push(row);
    if (query.sort) keys[row] = sortKey(cells[query.sort.column] ?? '');
  }
  if (!query.sort) return rows;
  const compare = keyOrder(query.sort.descending ? -1 : 1);
  return rows.sort((a, b) => compare(keys[a] ?? '', keys[b] ?? '') || a - b);
}

/** Remembers the rows of the queries that were asked last, as long as the log stays the same. */
export class QueryCache {
  private version = -1;
  private readonly known = new Map<string, readonly number[]>();

  rows(log: SampleCells, version: number, query: LogQuery): readonly number[] {
    if (version !== this.version) this.known.clear();
    this.version = version;
    const key = JSON.stringify([query.search, query.filters, query.sort]);
    const found = this.known.get(key) ?? matchingRows(log, query);
    this.known.delete(key);
    this.known.set(key, found);
    const [oldest] = this.known.keys();
    if (this.known.size > mostQueries && oldest !== undefined) this.known.delete(oldest);
    return found;
  }
}

const mostQueries = 4;

/**
 * The next cell that contains a text, whatever the case, around the end of the view. The cell at `from` comes last.
 *
 * @param rows of the view, in its order
 */
export function findCell(
  log: SampleCells,
  rows: readonly number[],
  text: string,
  from: { readonly position: number; readonly column: number },
  backwards: boolean,
): FoundCell | null {
  const search = searchOf(rows.length, text, from, backwards);
  for (let step = 0; step < search.steps; step++) {
    const position = search.position(step);
    const row = rows[position];
    const column = row === undefined ? undefined : search.column(step, log.cells(row));
    if (row !== undefined && column !== undefined) return { position, row, column };
  }
  return null;
}

/** The way of a search through the rows of a view: it ends in the row where it began, in the cells that it left out. */
export interface Search {
  readonly steps: number;
  /** Where the row of a step is in the view. */
  position(step: number): number;
  /** The cell of that row at which the search ends. */
  column(step: number, cells: readonly string[]): number | undefined;
}

/** @param rows how many the view has */
export function searchOf(
  rows: number,
  text: string,
  from: { readonly position: number; readonly column: number },
  backwards: boolean,
): Search {
  const needle = text.toLowerCase();
  const sign = backwards ? -1 : 1;
  return {
    steps: needle === '' || rows === 0 ? 0 : rows + 1,
    position: (step) => (((from.position + sign * step) % rows) + rows) % rows,
    column: (step, cells) => {
      const isHit = (cell: string, column: number): boolean => {
        const isBeyond = (column - from.column) * sign > 0;
        if ((step === 0 && !isBeyond) || (step === rows && isBeyond)) return false;
        return cell.toLowerCase().includes(needle);
      };
      const found = backwards ? cells.findLastIndex(isHit) : cells.findIndex(isHit);
      return found < 0 ? undefined : found;
    },
  };
}

/** Whether a row has what a query asks for, by its cells; undefined when every row has. */
export function matcher({ search, filters }: LogQuery): ((cells: readonly string[]) => boolean) | undefined {
  const needle = search.toLowerCase();
  const wanted = filters
    .filter(({ contains }) => contains !== '')
    .map(({ column, contains }) => ({ column, contains: contains.toLowerCase() }));
  if (needle === '' && wanted.length === 0) return undefined;
  return (cells) =>
    wanted.every(({ column, contains }) => cells[column]?.toLowerCase().includes(contains)) &&
    (needle === '' || cells.some((cell) => cell.toLowerCase().includes(needle)));
}

/** Numbers stand before texts; what is empty stands last, whatever the direction. */
type SortKey = number | string;

/** A number, also where an apostrophe guards it against being taken for a formula. */
const numberText = /^'?([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;

function sortKey(cell: string): SortKey {
  const number = numberText.exec(cell)?.[1];
  return number === undefined ? cell : Number(number);
}

/** The collator is made here, for the first one of a process takes longer than all the rest of loading this code. */
function keyOrder(sign: number): (a: SortKey, b: SortKey) => number {
  const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return (a, b) => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    if (typeof a === 'number') return typeof b === 'number' ? sign * (a - b) : -sign;
    return typeof b === 'number' ? sign : sign * texts.compare(a, b);
  };
}
