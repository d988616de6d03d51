import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { WordCounter, type CountMatrix } from '../labels/countMatrix';
import type { Table, TableOptions } from './table';
import type { TextAndLabel } from './textAndLabel';

/** A column of a dataset, equal texts held once. */
export async function readColumn(table: Table, column: string, options?: TableOptions): Promise<Json[]> {
  const cells: Json[] = [];
  const known = new CellPool();
  for await (const batch of table.scan([column], options)) {
    for (const cell of batch.cells[0] ?? []) cells.push(known.of(cell));
  }
  return cells;
}

/** A record as a text classifier sees it. */
export interface LabelledText {
  /** Empty where there is none. */
  readonly text: string;
  /** The cell of the label. */
  readonly label: Json;
}

/**
 * Texts with the cells of their labels, some at a time; equal labels are held once.
 *
 * @throws ExpectedError for a text that is a list or an object
 */
export async function* labelledTexts(
  table: Table,
  columns: TextAndLabel,
  options?: TableOptions,
): AsyncGenerator<readonly LabelledText[], void, undefined> {
  const known = new CellPool();
  for await (const { from, cells } of table.scan([columns.text, columns.label], options)) {
    const [texts = [], labels = []] = cells;
    yield texts.map((cell, row) => {
      if (cell !== null && typeof cell === 'object') throw notAText(from + row, columns.text);
      return { text: textOf(cell), label: known.of(labels[row] ?? null) };
    });
  }
}

function notAText(row: number, column: string): ExpectedError {
  return new ExpectedError(
    `Record ${row} has a list or an object in "${column}".`,
    'Choose the column that holds the texts.',
  );
}

/** What text models are cross-validated on. */
export interface TextsAndLabels {
  /** Cells of the label column, of all records. */
  readonly labels: readonly Json[];
  /** Records that take part; the rows of the matrix. */
  readonly records: Uint32Array;
  readonly matrix: CountMatrix;
}

/**
 * Reads texts and labels in one pass. Of the texts only the numbers of their words are kept, four bytes each: a dataset
 * may be larger than memory.
 *
 * @param takesPart whether a record is counted
 * @throws ExpectedError when no record takes part, or no text has a word
 */
export async function readTextsAndLabels(
  table: Table,
  columns: TextAndLabel,
  takesPart: (record: LabelledText) => boolean,
  options?: TableOptions,
): Promise<TextsAndLabels> {
  const labels: Json[] = [];
  const records: number[] = [];
  const words = new WordCounter();
  for await (const some of labelledTexts(table, columns, options)) {
    for (const record of some) {
      if (takesPart(record)) {
        records.push(labels.length);
        words.add(record.text);
      }
      labels.push(record.label);
    }
  }
  if (records.length === 0) throw new ExpectedError('No record has both a text and a label.', 'Choose other columns.');
  return { labels, records: Uint32Array.from(records), matrix: words.finish() };
}

/** Whether a cell says nothing. */
export function isBlank(cell: Json): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

/** A cell as a text; nothing is an empty one. */
export function textOf(cell: Json): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Keeps one of many equal cells, so that the pieces of the file that they were cut from can go. */
export class CellPool {
  private readonly texts = new Map<string, string>();

  of(cell: Json): Json {
    if (typeof cell !== 'string') return cell;
    const known = this.texts.get(cell);
    if (known !== undefined) return known;
    const copy = Buffer.from(cell, 'utf16le').toString('utf16le');
    this.texts.set(copy, copy);
    return copy;
  }
}
