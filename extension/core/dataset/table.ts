import type { Encoding } from '../csv/encodings';
import type { Json } from '../json';

export type TableFormat = 'csv' | 'tsv' | 'jsonl' | 'parquet';

/** What long work on a table takes and reports. */
export interface TableOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the bytes that were read and those of the file. */
  readonly onProgress?: (done: number, size: number) => void;
}

/**
 * A dataset file: records under named columns. Opening reads its beginning only; nothing holds all of it.
 *
 * Cells of CSV and TSV are texts; those of JSON Lines and Parquet keep their types (64-bit integers beyond 2^53 are
 * texts, bytes are texts of base64). A cell that a record lacks is null.
 */
export interface Table {
  /** Absolute. */
  readonly path: string;
  readonly format: TableFormat;
  /** Found by looking at the bytes; `utf-8` for Parquet. */
  readonly encoding: Encoding;
  /** Names in the order of the file; a second one of the same name is `name (2)`. */
  readonly columns: readonly string[];
  /** What a Parquet file says of itself, such as `huggingface` and `pandas`; JSON, mostly. */
  readonly metadata?: ReadonlyMap<string, string>;
  /**
   * Reads the file once, in order, a batch of records at a time.
   *
   * @param columns names; any order
   * @throws ExpectedError naming the line of a record that cannot be read, or the reason of the signal
   */
  scan(columns: readonly string[], options?: TableOptions): AsyncIterable<TableBatch>;
  /** Finds all records in one pass, for reading them in any order. */
  index(options?: TableOptions): Promise<TableIndex>;
}

/** Some records that follow each other, column by column. */
export interface TableBatch {
  /** Number of the first record, from 0; the header is none. */
  readonly from: number;
  readonly count: number;
  /** One array of `count` cells for each column that was asked for. */
  readonly cells: readonly (readonly Json[])[];
}

export interface TableIndex {
  /** Records, without the header and empty lines. */
  readonly rows: number;
  /**
   * Records `from` to `from + count - 1`, fewer at the end; each has a cell for every column of the table.
   *
   * @throws ExpectedError when the file is no longer the one that was indexed
   */
  read(from: number, count: number): Promise<readonly (readonly Json[])[]>;
}
