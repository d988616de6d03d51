/** The visible lines of a JSON tree: only what is open is walked, so that a large value costs nothing until it is opened. */
import { isRecord } from './payload';

/** Children shown at first, and by each "more". */
export const page = 100;

export interface JsonRow {
  /** Keys from the root, encoded; unique. */
  readonly id: string;
  readonly parent: string | null;
  readonly type: 'branch' | 'leaf' | 'more';
  /** Depth from 1. */
  readonly level: number;
  /** Place among its siblings from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly key: string | null;
  readonly value: unknown;
  readonly open: boolean;
}

export interface JsonState {
  /** Ids of the open branches. */
  readonly open: ReadonlySet<string>;
  /** How many children of a branch are shown, when more than a page. */
  readonly shown: ReadonlyMap<string, number>;
}

/** The lines of a value, in reading order. */
export function jsonRows(value: unknown, state: JsonState): readonly JsonRow[] {
  const rows: JsonRow[] = [];
  addRow(rows, value, { id: '', parent: null, key: null, level: 1, position: 1, siblings: 1 }, state);
  return rows;
}

type Place = Pick<JsonRow, 'id' | 'parent' | 'key' | 'level' | 'position' | 'siblings'>;

function addRow(rows: JsonRow[], value: unknown, place: Place, state: JsonState): void {
  const size = sizeOf(value);
  const open = size > 0 && state.open.has(place.id);
  rows.push({ ...place, type: size > 0 ? 'branch' : 'leaf', value, open });
  if (!open) return;
  const shown = Math.min(size, state.shown.get(place.id) ?? page);
  const siblings = shown < size ? shown + 1 : size;
  const inside = { parent: place.id, level: place.level + 1, siblings };
  let position = 0;
  for (const [key, child] of children(value, shown)) {
    position += 1;
    addRow(rows, child, { ...inside, id: `${place.id}/${JSON.stringify(key)}`, key, position }, state);
  }
  if (shown < size)
    rows.push({
      ...inside,
      id: `${place.id}//more`,
      type: 'more',
      key: null,
      value: size - shown,
      open: false,
      position: siblings,
    });
}

/** The first children of an array or object. */
function children(value: unknown, count: number): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.slice(0, count).map((item: unknown, index) => [String(index), item]);
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .slice(0, count)
    .map((key) => [key, value[key]]);
}

/** The number of children. */
export function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}

/** A value without children, as JSON; NaN and the infinities as Python's `json` writes them. */
export function leafText(value: unknown): string {
  if (Array.isArray(value)) return '[]';
  if (isRecord(value)) return '{}';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A whole value as JSON text, indented by two, with NaN and the infinities as Python's `json` writes them. */
export function jsonText(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  const lines = (items: readonly string[], open: string, close: string) =>
    `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
  if (sizeOf(value) === 0) return leafText(value);
  if (Array.isArray(value))
    return lines(
      value.map((item) => jsonText(item, inner)),
      '[',
      ']',
    );
  const entries = Object.entries(value as object);
  return lines(
    entries.map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, inner)}`),
    '{',
    '}',
  );
}
