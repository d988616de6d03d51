import { ExpectedError } from '../errors';
import { parsePythonList } from '../flagging/log/pythonLiteral';
import type { Json } from '../json';
import { discarded } from '../labels/naiveBayes';
import { byCodePoint } from '../labels/tokens';
import { labelsOf, type RecordLabel } from './recordLabels';

export interface LabelColumnOptions {
  /**
   * The classes in the order they are wanted in; integer labels count from 0 in it. Without them they are the labels that
   * occur, by code point, integers by their size.
   */
  readonly classes?: readonly string[] | undefined;
  /** Whether records may have several labels, or none. */
  readonly multiLabel?: boolean;
  /** What parts the labels of a cell that is no list; found by looking when absent. */
  readonly separator?: string | undefined;
}

/** The labels of records as numbers. */
export interface LabelColumn {
  readonly classes: readonly string[];
  /** Class indices of each record; null where it has no label. */
  readonly labels: readonly (readonly number[] | null)[];
}

/**
 * Reads the cells of a label column: texts, numbers and booleans, or several labels as a list, as JSON or Python write
 * one, or parted by a separator.
 *
 * @throws ExpectedError naming the record of a label that is none, or is not among the classes
 */
export function readLabels(cells: readonly Json[], options: LabelColumnOptions = {}): LabelColumn {
  const reading = cellReading(cells, options);
  const known = new Map<Json, RecordLabel>();
  const records = cells.map((cell, row) => {
    const label = known.get(cell) ?? cellItems(cell, reading, row)?.map(String) ?? null;
    known.set(cell, label);
    return label;
  });
  const names = new Set([...known.values()].flatMap((label) => [...labelsOf(label)]));
  const classes = options.classes ?? sortedLabels([...names]);
  const indexOf = classIndices(names, classes);
  const numbered = new Map<RecordLabel, readonly number[] | null>();
  const labels = records.map((label, row) => {
    const seen = numbered.get(label);
    if (seen !== undefined) return seen;
    const numbers = labelsOf(label).map((name) => indexOf(name) ?? refuse(name, row, records, classes));
    const found = label === null ? null : numbers;
    numbered.set(label, found);
    return found;
  });
  return { classes, labels };
}

/** One class index a record, or `discarded` where it has no label. */
export function singleLabels({ labels }: LabelColumn): Int32Array {
  return Int32Array.from(labels, (own) => own?.[0] ?? discarded);
}

/** A label as it stands in a cell. */
export type LabelItem = string | number | boolean;

/** How the cells of a column are read. */
export interface CellReading {
  readonly multiLabel: boolean;
  /** What parts the labels of a cell that is no list. */
  readonly separator: string | undefined;
}

export function cellReading(cells: Iterable<Json>, { multiLabel = false, separator }: LabelColumnOptions): CellReading {
  return { multiLabel, separator: multiLabel ? (separator ?? guessSeparator(cells)) : undefined };
}

/**
 * The labels of a cell; null where nobody has labelled the record.
 *
 * @param row of the record, for the message
 * @throws ExpectedError for a label that is none
 */
export function cellItems(cell: Json, reading: CellReading, row: number): readonly LabelItem[] | null {
  return reading.multiLabel ? severalOf(cell, reading.separator, row) : singleOf(cell, row);
}

function singleOf(cell: Json, row: number): readonly [LabelItem] | null {
  if (cell === null) return null;
  if (typeof cell === 'object') {
    throw new ExpectedError(
      `Record ${row} has a list or an object as its label.`,
      'Read several labels per record with --multi-label, or choose another column.',
    );
  }
  return String(cell).trim() === '' ? null : [cell];
}

function severalOf(cell: Json, separator: string | undefined, row: number): readonly LabelItem[] | null {
  if (cell === null) return null;
  if (Array.isArray(cell)) return cell.map((item: Json) => itemOf(item, row));
  if (typeof cell === 'object') throw new ExpectedError(`Record ${row} has an object as its labels.`, 'Give a list.');
  if (typeof cell !== 'string') return [cell];
  const text = cell.trim();
  const list = text.startsWith('[') ? listOf(text) : undefined;
  if (list) return list.map((item) => itemOf(item, row));
  if (text === '') return [];
  const parts = separator === undefined ? [text] : text.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function itemOf(item: Json, row: number): LabelItem {
  if (item !== null && typeof item !== 'object') return item;
  throw new ExpectedError(`Record ${row} has a label that is no text: ${JSON.stringify(item)}.`);
}

function listOf(text: string): readonly Json[] | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) ? value : undefined;
  } catch {
    return parsePythonList(text) as readonly Json[] | undefined;
  }
}

/** What parts labels in the first cell that has any of these. */
function guessSeparator(cells: Iterable<Json>): string | undefined {
  for (const cell of cells) {
    if (typeof cell !== 'string' || cell.trim().startsWith('[')) continue;
    const found = ['|', ';', ','].find((separator) => cell.includes(separator));
    if (found !== undefined) return found;
  }
  return undefined;
}

const integer = /^(0|[1-9]\d*)(\.0)?$/;

/** Names of classes by code point, integers by their size. */
export function sortedLabels(names: readonly string[]): string[] {
  const areIntegers = names.every((name) => integer.test(name));
  return [...names].sort(areIntegers ? (a, b) => Number(a) - Number(b) : byCodePoint);
}

/**
 * Which class a label is, from 0: the one of its name, or of its number in a column in which no label is the name of one.
 *
 * @param names of all labels of the column
 */
export function classIndices(
  names: ReadonlySet<string>,
  classes: readonly string[],
): (name: string) => number | undefined {
  const indices = new Map(classes.map((name, index) => [name, index]));
  if ([...names].some((name) => indices.has(name))) return (name) => indices.get(name);
  return (name) => {
    const isNumber = integer.test(name) && Number(name) < classes.length;
    return indices.get(name) ?? (isNumber ? Number(name) : undefined);
  };
}

function refuse(name: string, row: number, records: readonly RecordLabel[], classes: readonly string[]): never {
  const count = records.filter((label) => labelsOf(label).includes(name)).length;
  const others = count > 1 ? ` and ${count - 1} other${count === 2 ? '' : 's'}` : '';
  throw new ExpectedError(
    `The label ${JSON.stringify(name)} of record ${row}${others} is not one of the classes ${classes.join(', ')}.`,
    'Correct it, or name all classes.',
  );
}
