import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { WordCounter, type CountMatrix } from '../labels/countMatrix';
import type { Table, TableOptions } from './table';

/** A column of a dataset, equal texts held once. */
export async function readColumn(table: Table, column: string, options?: TableOptions): Promise<Json[]> {
  const cells: Json[] = [];
  const known = new Pool();
  for await (const batch of table.scan([column], options)) {
    for (const cell of batch.cells[0] ?? []) cells.push(known.of(cell));
  }
  return cells;
}

/** What text models are cross-validated on. */
export interface TextsAndLabels {
  /** Cells of the label column, of all records. */
  readonly labels: readonly Json[];
  /** Records with a label; the rows of the matrix. */
  readonly records: Uint32Array;
  readonly matrix: CountMatrix;
}

/**
 * Reads texts and labels in one pass. Of the texts only the numbers of their words are kept, four bytes each: a dataset
 * may be larger than memory.
 *
 * @param isLabelled whether a record takes part, by the cell of its label
 * @throws ExpectedError when no record takes part, or no text has a word
 */
export async function readTextsAndLabels(
  table: Table,
  columns: { readonly text: string; readonly label: string },
  isLabelled: (label: Json) => boolean,
  options?: TableOptions,
): Promise<TextsAndLabels> {
  const labels: Json[] = [];
  const records: number[] = [];
  const known = new Pool();
  const words = new WordCounter();
  for await (const { count, cells } of table.scan([columns.text, columns.label], options)) {
    const [texts = [], given = []] = cells;
    for (let row = 0; row < count; row++) {
      const label = known.of(given[row] ?? null);
      if (isLabelled(label)) {
        records.push(labels.length);
        words.add(textOf(texts[row] ?? null));
      }
      labels.push(label);
    }
  }
  if (records.length === 0) {
    throw new ExpectedError(
      `No record has a label in column ${columns.label}.`,
      'Choose the column that holds the labels.',
    );
  }
  return { labels, records: Uint32Array.from(records), matrix: words.finish() };
}

/** A cell as a text; nothing is an empty one. */
export function textOf(cell: Json): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Keeps one of many equal texts, so that the pieces of the file that they were cut from can go. */
class Pool {
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
