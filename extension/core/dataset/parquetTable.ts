import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ExpectedError, messageOf } from '../errors';
import type { Json } from '../json';
import { readAt } from '../readAt';
import { columnPositions } from './columns';
import type { Table, TableBatch, TableIndex, TableOptions } from './table';

interface ParquetFile {
  readonly path: string;
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rows: number;
}

/**
 * A Parquet file, read by row groups. A nested column is one column of JSON values; 64-bit integers that are not safe are
 * texts, times are in ISO 8601, bytes that are no UTF-8 in base64.
 */
export async function openParquetTable(path: string): Promise<Table> {
  const buffer = await bufferOf(path);
  const metadata = await readable(path, () => parquetMetadataAsync(buffer));
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const file = { path, buffer, metadata, rows: Number(metadata.num_rows) };
  return {
    path,
    format: 'parquet',
    encoding: 'utf-8',
    columns,
    scan: (wanted, options) => scan(file, columns, wanted, options),
    index: () => Promise.resolve(indexOf(file, columns)),
  };
}

async function* scan(
  file: ParquetFile,
  columns: readonly string[],
  wanted: readonly string[],
  { signal, onProgress }: TableOptions = {},
): AsyncGenerator<TableBatch, void, undefined> {
  columnPositions({ path: file.path, columns }, wanted);
  let from = 0;
  for (const group of file.metadata.row_groups) {
    signal?.throwIfAborted();
    const count = Number(group.num_rows);
    const records = await recordsOf(file, wanted, from, from + count);
    yield { from, count, cells: wanted.map((name) => records.map((record) => jsonOf(record[name]))) };
    from += count;
    onProgress?.(Math.round((from / Math.max(file.rows, 1)) * file.buffer.byteLength), file.buffer.byteLength);
  }
}

function indexOf(file: ParquetFile, columns: readonly string[]): TableIndex {
  return {
    rows: file.rows,
    read: async (from, count) => {
      const records = await recordsOf(file, columns, from, Math.min(from + count, file.rows));
      return records.map((record) => columns.map((name) => jsonOf(record[name])));
    },
  };
}

function recordsOf(
  { path, buffer, metadata }: ParquetFile,
  columns: readonly string[],
  rowStart: number,
  rowEnd: number,
) {
  const options = { file: buffer, metadata, columns: [...columns], rowStart, rowEnd, compressors, utf8: false };
  return readable(
    path,
    async () => (await parquetReadObjects(options)) as readonly Readonly<Record<string, unknown>>[],
  );
}

/** The file is open only while bytes are read, so that nobody has to close a table. */
async function bufferOf(path: string): Promise<AsyncBuffer> {
  const read = async (start: number, end?: number): Promise<Buffer> => {
    const file = await open(path, 'r');
    try {
      return await readAt(file, start, end ?? (await file.stat()).size);
    } finally {
      await file.close();
    }
  };
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return {
      byteLength: size,
      slice: async (start, end) => {
        const bytes = await read(start, end);
        return Uint8Array.from(bytes).buffer;
      },
    };
  } finally {
    await file.close();
  }
}

/** What the library cannot read is the file's fault. */
async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ExpectedError(
      `${basename(path)} cannot be read as Parquet: ${messageOf(error)}.`,
      'Write it anew, or choose another file.',
      '',
      { cause: error },
    );
  }
}

function jsonOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return bytes.toString(isUtf8(bytes) ? 'utf8' : 'base64');
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, jsonOf);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, jsonOf(part)]));
  return value as Json;
}
