import type { CellReading, LabelItem } from '../../dataset/labelColumn';
import { pythonRepr } from '../../flagging/format/pythonRepr';
import type { Json } from '../../json';

/** Writes several labels as one cell. */
export type WriteItems = (items: readonly LabelItem[]) => Json;

/** Cells of several labels that settle how the column writes them. */
const enough = 200;

/**
 * How a column writes several labels: as most cells that have several, else as most that have one.
 *
 * @param itemsOf the labels of a cell
 */
export function labelStyle(
  cells: readonly Json[],
  { separator }: CellReading,
  itemsOf: (cell: Json) => readonly LabelItem[] | null,
): WriteItems {
  const writers = [array, ...separated(separator), ...jsonLists, pythonRepr];
  const [several, single] = [new Map<WriteItems, number>(), new Map<WriteItems, number>()];
  let seen = 0;
  for (const cell of new Set(cells)) {
    const items = itemsOf(cell) ?? [];
    if (items.length === 0) continue;
    const counts = items.length > 1 ? several : single;
    const writer = writers.find((write) => isWrittenAs(cell, write(items)));
    if (writer) counts.set(writer, (counts.get(writer) ?? 0) + 1);
    if (items.length > 1 && ++seen === enough) break;
  }
  return mostCommon(several) ?? mostCommon(single) ?? bare;
}

function isWrittenAs(cell: Json, written: Json): boolean {
  if (typeof cell === 'string') return cell.trim() === written;
  return Array.isArray(cell) ? Array.isArray(written) : cell === written;
}

function mostCommon(counts: ReadonlyMap<WriteItems, number>): WriteItems | undefined {
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

const array: WriteItems = (items) => [...items];

/** JSON as JavaScript, Python and people space it, with letters outside of ASCII as they are or escaped. */
const jsonLists: readonly WriteItems[] = [', ', ','].flatMap((comma) =>
  ['', ' '].flatMap((pad) =>
    [JSON.stringify, asciiJson].map((write): WriteItems => {
      return (items) => (items.length === 0 ? '[]' : `[${pad}${items.map((item) => write(item)).join(comma)}${pad}]`);
    }),
  ),
);

function asciiJson(item: LabelItem): string {
  return JSON.stringify(item).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A column in which no cell has several labels yet says one as it is, and several as a list. */
const bare: WriteItems = (items) => {
  const [first = '', ...others] = items;
  return others.length === 0 ? first : `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
};

function separated(separator: string | undefined): WriteItems[] {
  if (separator === undefined) return [bare];
  const joiners = [separator, `${separator} `, ` ${separator} `, ` ${separator}`];
  return joiners.map((joiner) => (items) => items.map(String).join(joiner));
}
