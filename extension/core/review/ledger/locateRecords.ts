import { CellPool } from '../../dataset/readRecords';
import type { Table, TableOptions } from '../../dataset/table';
import type { Json } from '../../json';
import { hashedColumns, hashOfRecord, type HashedColumns } from '../recordHash';
import type { DecisionEntry } from '../types';

/** A decision with the record that it is about, as the file has it now. */
export interface LocatedDecision {
  readonly entry: DecisionEntry;
  /** Number of the record, from 0. */
  readonly row: number;
  /** Its label cell. */
  readonly cell: Json;
  /** Whether that is the one that the decision was made on. */
  readonly isAsGiven: boolean;
}

export interface LocatedRecords {
  /** In the order of the entries. */
  readonly located: readonly LocatedDecision[];
  /** Those whose record is gone, or has another content. */
  readonly lost: readonly DecisionEntry[];
  /** Those that their reviewer replaced later, when the record stood elsewhere. */
  readonly replaced: readonly DecisionEntry[];
}

/** Where a wanted content stands. */
interface Place {
  readonly row: number;
  readonly cell: Json;
}

/** Decisions that hash the same columns, and have the same label column. */
interface Basis {
  readonly hashed: HashedColumns;
  readonly label: string;
  readonly entries: DecisionEntry[];
  /** By hash, ascending by row. */
  readonly places: Map<string, Place[]>;
}

/**
 * Finds the records of decisions again: where they stood when their content is still the same, else the nearest record of
 * that content, each for one decision of a reviewer. Reads the file once, or not at all without decisions; what is kept is
 * the places of the contents that are looked for.
 *
 * @param entries decisions that stand
 * @throws ExpectedError when the file cannot be read, or the reason of the signal
 */
export async function locateRecords(
  table: Table,
  entries: readonly DecisionEntry[],
  options: TableOptions = {},
): Promise<LocatedRecords> {
  const bases = basesOf(table, entries);
  if (bases.length > 0) await findPlaces(table, bases, options);
  const found = new Map<DecisionEntry, Place | 'replaced'>();
  for (const { entries: own, places } of bases) {
    for (const group of groupsOf(own, ({ reviewer, hash }) => JSON.stringify([reviewer, hash])))
      assign(group, places.get(group[0]?.hash ?? '') ?? [], found);
  }
  const located: LocatedDecision[] = [];
  const [lost, replaced]: [DecisionEntry[], DecisionEntry[]] = [[], []];
  for (const entry of entries) {
    const place = found.get(entry);
    if (place === undefined) lost.push(entry);
    else if (place === 'replaced') replaced.push(entry);
    else located.push({ entry, ...place, isAsGiven: isSameCell(place.cell, entry.given) });
  }
  return { located, lost, replaced };
}

/** Whether two cells say the same. */
export function isSameCell(one: Json, other: Json): boolean {
  return Object.is(one, other) || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

/** Decisions on columns that the table has no longer are in none. */
function basesOf(table: Table, entries: readonly DecisionEntry[]): Basis[] {
  const isThere = ({ text, column }: DecisionEntry): boolean =>
    table.columns.includes(column) && (text === null || table.columns.includes(text));
  return groupsOf(entries.filter(isThere), ({ text, column }) => JSON.stringify([text, column])).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const hashed = hashedColumns(table.columns, first.text, first.column);
    const places = new Map<string, Place[]>(group.map(({ hash }) => [hash, []]));
    return [{ hashed, label: first.column, entries: group, places }];
  });
}

async function findPlaces(table: Table, bases: readonly Basis[], options: TableOptions): Promise<void> {
  const columns = [...new Set(bases.flatMap(({ hashed, label }) => [...hashed.columns, label]))];
  const pool = new CellPool();
  for await (const { from, count, cells } of table.scan(columns, options)) {
    const column = (name: string): readonly Json[] => cells[columns.indexOf(name)] ?? [];
    for (const { hashed, label, places } of bases) {
      const [content, labels] = [hashed.columns.map(column), column(label)];
      for (let at = 0; at < count; at++) {
        const hash = hashOfRecord(
          hashed,
          content.map((own) => own[at] ?? null),
        );
        places.get(hash)?.push({ row: from + at, cell: pool.of(labels[at] ?? null) });
      }
    }
  }
}

/**
 * Gives decisions of one reviewer on one content their places. A decision that finds none left is about the record of
 * another one; the later of both stands.
 */
function assign(
  entries: readonly DecisionEntry[],
  places: readonly Place[],
  found: Map<DecisionEntry, Place | 'replaced'>,
): void {
  const takers = new Map<Place, DecisionEntry>();
  const take = (entry: DecisionEntry, place: Place): void => {
    takers.set(place, entry);
    found.set(entry, place);
  };
  const byRow = new Map(places.map((place) => [place.row, place]));
  const moved = entries.filter((entry) => {
    const place = byRow.get(entry.row);
    if (place) take(entry, place);
    return !place;
  });
  for (const entry of moved) {
    const free = nearest(places, entry.row, (place) => !takers.has(place));
    const place = free ?? nearest(places, entry.row, () => true);
    if (!place) return;
    const taker = takers.get(place);
    if (taker && Date.parse(taker.time) >= Date.parse(entry.time)) found.set(entry, 'replaced');
    else {
      take(entry, place);
      if (taker) found.set(taker, 'replaced');
    }
  }
}

/** Of two at the same distance the earlier one. */
function nearest(places: readonly Place[], row: number, isFit: (place: Place) => boolean): Place | undefined {
  let after = firstFrom(places, row);
  let before = after - 1;
  const distance = (at: number): number => Math.abs((places[at]?.row ?? Infinity) - row);
  while (before >= 0 || after < places.length) {
    const place = places[distance(before) <= distance(after) ? before-- : after++];
    if (place && isFit(place)) return place;
  }
  return undefined;
}

/** The position of the first place from a row on, by halving. */
function firstFrom(places: readonly Place[], row: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.row ?? Infinity) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function groupsOf<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
