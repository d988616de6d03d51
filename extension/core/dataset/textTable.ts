import { basename } from 'node:path';
import type { Encoding } from '../csv/encodings';
import { FileIndex } from '../csv/fileIndex';
import { isLineEnd, lineEnd } from '../csv/recordSpans';
import { lineAt, recordTexts, type RecordFile, type RecordTexts } from '../csv/recordTexts';
import { ExpectedError } from '../errors';
import type { Json } from '../json';
import { columnPositions } from './columns';
import type { Table, TableBatch, TableFormat, TableIndex, TableOptions } from './table';

/** Why a record cannot be read; who knows where it stands makes an ExpectedError of it. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord';

  /**
   * @param what follows "Line 7 of data.csv": "has 5 cells …"
   * @param next what the person can do now, one sentence
   */
  constructor(
    readonly what: string,
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/**
 * Puts the cells of the record that begins at `from`, which is no empty line, into `cells`.
 *
 * @returns where the next record begins
 * @throws BadRecord
 */
export type ReadCells = (text: string, from: number, cells: Json[]) => number;

/** What the records of a text file are. */
export interface TextFormat {
  readonly format: TableFormat;
  readonly columns: readonly string[];
  /** Whether the first record names the columns. */
  readonly hasHeader: boolean;
  /** Reads the columns at these positions, in this order. */
  readonly reading: (positions: readonly number[]) => ReadCells;
}

/** A table of a text file. */
export class TextTable implements Table {
  readonly path: string;
  readonly encoding: Encoding;
  readonly format: TableFormat;
  readonly columns: readonly string[];

  constructor(
    readonly file: RecordFile,
    private readonly text: TextFormat,
  ) {
    this.path = file.path;
    this.encoding = file.encoding;
    this.format = text.format;
    this.columns = text.columns;
  }

  /** Whether the first record names the columns. */
  get hasHeader(): boolean {
    return this.text.hasHeader;
  }

  /**
   * The cells of a record, one for each column of the table.
   *
   * @param text of the whole record, with or without its line end
   * @param start where it begins in the file, in bytes
   * @throws ExpectedError naming its line when it cannot be read
   */
  async cellsOf(text: string, start: number): Promise<Json[]> {
    const cells = this.columns.map((): Json => null);
    try {
      this.text.reading([...this.columns.keys()])(text, 0, cells);
    } catch (error) {
      throw await located(error, this.path, () => lineAt(this.file, start));
    }
    return cells;
  }

  async *scan(columns: readonly string[], options: TableOptions = {}): AsyncGenerator<TableBatch, void, undefined> {
    const readCells = this.text.reading(columnPositions(this, columns));
    let skip = this.text.hasHeader ? 1 : 0;
    let from = 0;
    for await (const records of recordTexts(this.file, options)) {
      const batch = new BatchReader(records.text, readCells, columns.length);
      try {
        batch.read(skip);
      } catch (error) {
        throw await located(error, this.path, () => lineInside(this.file, records, batch.start));
      }
      const { count, skipped, cells } = batch;
      skip -= skipped;
      if (count > 0) yield { from, count, cells };
      from += count;
    }
  }

  async index(options: TableOptions = {}): Promise<TableIndex> {
    const { path, encoding, separators } = this.file;
    const index = await FileIndex.read(path, separators, { ...options, encoding, skipEmpty: true });
    const header = this.text.hasHeader ? 1 : 0;
    const readCells = this.text.reading([...this.columns.keys()]);
    const read = async (from: number, count: number): Promise<Json[][]> => {
      const rows: Json[][] = [];
      for (const text of await index.readRecords(from + header, count)) {
        const cells = this.columns.map((): Json => null);
        try {
          readCells(text, 0, cells);
        } catch (error) {
          const record = from + header + rows.length;
          throw await located(error, path, async () => lineAt(this.file, await index.startOf(record)));
        }
        rows.push(cells);
      }
      return rows;
    };
    return { rows: Math.max(0, index.count - header), read };
  }
}

/** Reads the records of a text column by column. */
class BatchReader {
  /** Where the record begins that is read at the moment. */
  start = 0;
  count = 0;
  skipped = 0;
  readonly cells: Json[][];

  constructor(
    private readonly text: string,
    private readonly readCells: ReadCells,
    columns: number,
  ) {
    this.cells = Array.from({ length: columns }, () => []);
  }

  /** @param skip records at the beginning that are none of the table */
  read(skip: number): void {
    const { text, cells } = this;
    const record: Json[] = cells.map(() => null);
    while (this.start < text.length) {
      if (isLineEnd(text, this.start)) {
        this.start = lineEnd(text, this.start);
        continue;
      }
      const end = this.readCells(text, this.start, record);
      if (this.skipped < skip) this.skipped++;
      else {
        for (let column = 0; column < record.length; column++) cells[column]?.push(record[column] ?? null);
        this.count++;
      }
      this.start = end;
    }
  }
}

async function located(error: unknown, path: string, lineOf: () => Promise<number>): Promise<unknown> {
  if (!(error instanceof BadRecord)) return error;
  const { what, next, cause } = error;
  return new ExpectedError(`Line ${await lineOf()} of ${basename(path)} ${what}.`, next, '', { cause });
}

async function lineInside(file: RecordFile, { text, start }: RecordTexts, at: number): Promise<number> {
  const before = text.slice(0, at).match(/\r\n?|\n/g)?.length ?? 0;
  return (await lineAt(file, start)) + before;
}
