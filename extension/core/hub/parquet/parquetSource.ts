import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AsyncBuffer, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import { fileBuffer, reading } from '../../dataset/parquetTable';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError, isExpected } from '../../errors';
import { physicalSchema } from '../../review/apply/parquetTypes';

/** A Parquet file whose values are read as they stand there: texts are bytes, times are integers. */
export interface ParquetSource {
  readonly path: string;
  readonly footer: FileMetaData;
  /** In their order. */
  readonly columns: readonly SchemaTree[];
  readonly rows: number;
  /**
   * Reads the file once, a row group at a time.
   *
   * @throws ExpectedError for columns that cannot be read and written without loss
   */
  read(options?: TableOptions): AsyncIterable<readonly ArrayLike<unknown>[]>;
}

/** @throws ExpectedError when the file is damaged */
export async function openParquetSource(path: string): Promise<ParquetSource> {
  const { parquetMetadataAsync, parquetSchema } = await import('../../dataset/parquet');
  const buffer = fileBuffer(path, (await stat(path)).size);
  const footer = await reading(path, () => parquetMetadataAsync(buffer));
  return {
    path,
    footer,
    columns: parquetSchema(footer).children,
    rows: Number(footer.num_rows),
    read: (options) => readGroups(path, buffer, footer, options),
  };
}

/** The part of a schema that a column is, parents before their children. */
export function subtree({ element, children }: SchemaTree): SchemaElement[] {
  return [element, ...children.flatMap(subtree)];
}

/**
 * The same column without what its values mean.
 *
 * @throws ExpectedError for columns that cannot be written without loss
 */
export function physicalSubtree(column: SchemaTree, path: string): SchemaElement[] {
  try {
    return physicalSchema(subtree(column));
  } catch (error) {
    if (!isExpected(error)) throw error;
    throw new ExpectedError(
      `The column "${column.element.name}" of ${basename(path)} is of a type that cannot be written anew without loss.`,
      'Push the file as it is, without a column for the splits.',
      '',
      { cause: error },
    );
  }
}

async function* readGroups(
  path: string,
  file: AsyncBuffer,
  footer: FileMetaData,
  { signal, onProgress }: TableOptions = {},
): AsyncGenerator<readonly ArrayLike<unknown>[], void, undefined> {
  const { parquetScan, parquetSchema, compressors } = await import('../../dataset/parquet');
  const { children } = parquetSchema(footer);
  const [root] = footer.schema;
  const schema = [...(root ? [root] : []), ...children.flatMap((column) => physicalSubtree(column, path))];
  const all = { file, metadata: { ...footer, schema }, compressors, utf8: false };
  for (const range of (await reading(path, () => parquetScan(all))).ranges) {
    signal?.throwIfAborted();
    // A scan keeps what it read, so each row group has one of its own.
    const scan = await reading(path, () => parquetScan({ ...all, ...range }));
    const columns: ArrayLike<unknown>[] = [];
    for (const { element } of children) {
      columns.push(await reading(path, () => scan.readColumn({ column: element.name, ...range })));
    }
    yield columns;
    onProgress?.(Math.floor((file.byteLength * range.rowEnd) / Number(footer.num_rows)), file.byteLength);
  }
}
