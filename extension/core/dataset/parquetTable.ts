import { basename } from 'node:path';
import type { AsyncBuffer, FileMetaData, ParquetRowRange, ParquetScan } from 'hyparquet';
import { ExpectedError, messageOf } from '../errors';
import { isSameVersion, versionOf, type FileVersion } from '../fileVersion';
import type { Json } from '../json';
import { openForReading, readAt } from '../readAt';
import { columnPositions } from './columns';
import type * as parquetModule from './parquet';
import { parquetCell, parquetParsers } from './parquetCells';
import type { Table, TableBatch, TableIndex, TableOptions } from './table';

type Parquet = typeof parquetModule;

/** Records that are handed on at once; a row group may have millions. */
const batchRows = 8192;

/**
 * Opens a Parquet file. Its row groups are read one after the other, and of them the columns that are asked for; a nested
 * column is one cell of lists and objects.
 *
 * @throws ExpectedError when the file is damaged or has what is not read: encryption, or columns of BSON
 */
export async function openParquetTable(path: string): Promise<Table> {
  const parquet = await import('./parquet');
  const version = await versionAt(path);
  const file = fileBuffer(path, version.size);
  return reading(path, async () => {
    const metadata = await parquet.parquetMetadataAsync(file);
    return new ParquetTable(path, parquet, file, version, metadata);
  });
}

class ParquetTable implements Table {
  readonly format = 'parquet';
  readonly encoding = 'utf-8';
  readonly columns: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;

  constructor(
    readonly path: string,
    private readonly parquet: Parquet,
    private readonly file: AsyncBuffer,
    private readonly version: FileVersion,
    private readonly footer: FileMetaData,
  ) {
    this.columns = parquet.parquetSchema(footer).children.map(({ element }) => element.name);
    this.metadata = new Map((footer.key_value_metadata ?? []).map(({ key, value = '' }) => [key, value]));
  }

  async *scan(
    columns: readonly string[],
    { signal, onProgress }: TableOptions = {},
  ): AsyncGenerator<TableBatch, void, undefined> {
    columnPositions(this, columns);
    const { size } = this.version;
    const rows = Number(this.footer.num_rows);
    for (const group of (await this.open(columns)).ranges) {
      signal?.throwIfAborted();
      // A scan keeps what it read, so each row group has one of its own.
      const scan = await this.open(columns, group);
      const values = await Promise.all(columns.map((column) => this.readColumn(scan, column, group)));
      for (let from = group.rowStart; from < group.rowEnd; from += batchRows) {
        signal?.throwIfAborted();
        const end = Math.min(from + batchRows, group.rowEnd);
        const cells = values.map((column) => cellsOf(column, from - group.rowStart, end - group.rowStart));
        yield { from, count: end - from, cells };
        onProgress?.(Math.floor((size * end) / rows), size);
      }
    }
  }

  /** Of the rows that were read last a row group is kept. */
  async index({ signal, onProgress }: TableOptions = {}): Promise<TableIndex> {
    signal?.throwIfAborted();
    const scan = await this.open(this.columns);
    const { size } = this.version;
    onProgress?.(size, size);
    const read = async (from: number, count: number): Promise<Json[][]> => {
      if (!isSameVersion(await versionAt(this.path), this.version)) {
        throw new ExpectedError(`${basename(this.path)} changed since it was read.`, 'Open it again.');
      }
      const rows: Json[][] = [];
      for (const group of scan.ranges) {
        const start = Math.max(from, group.rowStart);
        const end = Math.min(from + count, group.rowEnd);
        if (start < end) rows.push(...(await this.readRows(scan, group, start, end)));
      }
      return rows;
    };
    return { rows: Number(this.footer.num_rows), read };
  }

  private async readRows(scan: ParquetScan, group: ParquetRowRange, start: number, end: number): Promise<Json[][]> {
    const columns = await Promise.all(this.columns.map((column) => this.readColumn(scan, column, group)));
    const cells = columns.map((column) => cellsOf(column, start - group.rowStart, end - group.rowStart));
    return Array.from({ length: end - start }, (_, row) => cells.map((column) => column[row] ?? null));
  }

  private open(columns: readonly string[], rows: Partial<ParquetRowRange> = {}): Promise<ParquetScan> {
    const { file, footer: metadata } = this;
    const { parquetScan, compressors } = this.parquet;
    const options = {
      file,
      metadata,
      columns: [...columns],
      compressors,
      parsers: parquetParsers,
      utf8: false,
      ...rows,
    };
    return reading(this.path, () => parquetScan(options));
  }

  private readColumn(scan: ParquetScan, column: string, group: ParquetRowRange): Promise<ArrayLike<unknown>> {
    return reading(this.path, () => scan.readColumn({ column, ...group }));
  }
}

function cellsOf(column: ArrayLike<unknown>, start: number, end: number): Json[] {
  return Array.from({ length: end - start }, (_, row) => parquetCell(column[start + row]));
}

/** What hyparquet cannot read is for the person to mend. */
export async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(
      `${basename(path)} cannot be read as Parquet: ${messageOf(error)}.`,
      'Write the file again.',
      '',
      { cause: error },
    );
  }
}

async function versionAt(path: string): Promise<FileVersion> {
  const file = await openForReading(path);
  try {
    return versionOf(await file.stat());
  } finally {
    await file.close();
  }
}

/** A file as hyparquet reads it. */
export function fileBuffer(path: string, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const file = await openForReading(path);
      try {
        return new Uint8Array(await readAt(file, start, end)).buffer;
      } finally {
        await file.close();
      }
    },
  };
}
