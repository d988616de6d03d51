import { link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { TableOptions } from '../../dataset/table';
import type {
  AsyncBuffer,
  CompressionCodec,
  FileMetaData,
  KeyValue,
  ParquetRowRange,
  SchemaElement,
  SchemaTree,
} from 'hyparquet';
import type { ColumnSource } from 'hyparquet-writer';
import { intoFile, writableSchema } from '../../dataset/parquetSink';
import { fileBuffer, reading } from '../../dataset/parquetTable';
import { errorCode } from '../../errors';
import { isSameVersion, versionOf } from '../../fileVersion';
import { openForReading } from '../../readAt';
import { discardColumn } from '../types';
import { syncFolder, temporaryOf } from './beside';
import { changed, ChangedError } from './failures';
import { checkParquet } from './checkParquet';
import { physicalCell, physicalSchema } from './parquetTypes';
import type { ApplyPlan, ParquetChanges } from './types';

/** How we can pack columns; Snappy is the writer's own. */
const ours: readonly CompressionCodec[] = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI'];
const packers = {
  GZIP: (bytes: Uint8Array) => gzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes),
};

/**
 * Writes a corrected Parquet file beside the dataset, one row group at a time, reads it again and compares every cell
 * before it gets its name. No file is replaced.
 *
 * @throws ExpectedError when a column cannot hold its new label, or cannot be written without loss; ChangedError when the
 *   dataset is not the one that was planned for
 */
export async function writeCorrectedParquet(
  plan: ApplyPlan,
  changes: ParquetChanges,
  options: TableOptions,
): Promise<void> {
  const { file, output, read } = plan;
  const temporary = temporaryOf(output);
  await rm(temporary, { force: true });
  await checkVersion(plan);
  try {
    const sink = await open(temporary, 'wx');
    try {
      await writeGroups(fileBuffer(file, read.version.size), sink, plan, changes, options);
      await sink.sync();
    } finally {
      await sink.close();
    }
    await checkVersion(plan);
    await checkParquet(temporary, plan, changes, options);
    await claim(temporary, output);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(output));
}

/**
 * Whether the columns of a file can be written, and hold their new labels.
 *
 * @param size of the file, in bytes
 * @throws ExpectedError when they cannot
 */
export async function checkChanges(path: string, size: number, cells: ParquetChanges['cells']): Promise<void> {
  const { parquetMetadataAsync, parquetSchema } = await import('../../dataset/parquet');
  const footer = await reading(path, () => parquetMetadataAsync(fileBuffer(path, size)));
  physicalSchema(footer.schema);
  const columns = new Map(parquetSchema(footer).children.map((column) => [column.element.name, column]));
  for (const { column, value } of cells) {
    const found = columns.get(column);
    if (found) physicalCell(value, found);
  }
}

async function writeGroups(
  buffer: AsyncBuffer,
  sink: FileHandle,
  plan: ApplyPlan,
  changes: ParquetChanges,
  { signal, onProgress }: TableOptions,
): Promise<void> {
  const { file } = plan;
  const { parquetMetadataAsync, parquetScan, parquetSchema, compressors } = await import('../../dataset/parquet');
  const { ByteWriter, ParquetWriter } = await import('../../dataset/parquetWriter');
  const footer = await reading(file, () => parquetMetadataAsync(buffer));
  const metadata = { ...footer, schema: physicalSchema(footer.schema) };
  const marks = plan.discard === 'column' && changes.discards.length > 0;
  const writer = new ParquetWriter({
    writer: intoFile(new ByteWriter(), sink),
    schema: withMarks(metadata.schema, marks),
    compressors: packers,
    // They are of what values mean, which is left out here.
    statistics: false,
    kvMetadata: metadataOf(footer, marks),
    createdBy: 'flag-review',
  });
  const all = { file: buffer, metadata, compressors, utf8: false };
  for (const range of (await reading(file, () => parquetScan(all))).ranges) {
    signal?.throwIfAborted();
    // A scan keeps what it read, so each row group has one of its own.
    const scan = await reading(file, () => parquetScan({ ...all, ...range }));
    const group = new RowGroup(range, plan, changes);
    const columnData: ColumnSource[] = [];
    for (const column of parquetSchema(footer).children) {
      const { name } = column.element;
      const values = await reading(file, () => scan.readColumn({ column: name, ...range }));
      columnData.push({ name, data: group.corrected(values, column), codec: codecOf(footer, name) });
    }
    if (marks) columnData.push({ name: discardColumn, data: group.marks });
    if (group.rows.length > 0) await writer.write({ columnData, rowGroupSize: group.rows.length });
    onProgress?.(range.rowEnd, Number(footer.num_rows));
  }
  writer.schema = withMarks(writableSchema(footer.schema), marks);
  await writer.finish();
}

/** The rows of a row group that are written. */
class RowGroup {
  private readonly discarded: ReadonlySet<number>;
  readonly rows: readonly number[];

  constructor(
    private readonly range: ParquetRowRange,
    { discard }: ApplyPlan,
    private readonly changes: ParquetChanges,
  ) {
    const { rowStart, rowEnd } = range;
    this.discarded = new Set(changes.discards);
    const rows = Array.from({ length: rowEnd - rowStart }, (_, at) => rowStart + at);
    this.rows = discard === 'remove' ? rows.filter((row) => !this.discarded.has(row)) : rows;
  }

  get marks(): boolean[] {
    return this.rows.map((row) => this.discarded.has(row));
  }

  corrected(values: ArrayLike<unknown>, column: SchemaTree): unknown[] {
    const { rowStart, rowEnd } = this.range;
    const cells = Array.from(values);
    for (const { row, column: name, value } of this.changes.cells) {
      if (name === column.element.name && row >= rowStart && row < rowEnd)
        cells[row - rowStart] = physicalCell(value, column);
    }
    return this.rows.map((row) => cells[row - rowStart]);
  }
}

function withMarks(schema: readonly SchemaElement[], marks: boolean): SchemaElement[] {
  const [root, ...columns] = schema;
  if (!root || !marks) return [...schema];
  const column: SchemaElement = { name: discardColumn, type: 'BOOLEAN', repetition_type: 'REQUIRED' };
  return [{ ...root, num_children: (root.num_children ?? 0) + 1 }, ...columns, column];
}

/** Arrow's copy of the schema would not have the new column. */
function metadataOf({ key_value_metadata: metadata = [] }: FileMetaData, marks: boolean): KeyValue[] {
  return metadata.filter(({ key }) => !marks || key !== 'ARROW:schema');
}

/** As the column is packed in the first row group, where we can pack so. */
function codecOf({ row_groups: [first] }: FileMetaData, name: string): CompressionCodec {
  const chunk = first?.columns.find(({ meta_data: data }) => data?.path_in_schema[0] === name);
  return ours.find((codec) => codec === chunk?.meta_data?.codec) ?? 'SNAPPY';
}

async function checkVersion({ file, read }: ApplyPlan): Promise<void> {
  const handle = await openForReading(file);
  try {
    if (!isSameVersion(versionOf(await handle.stat()), read.version)) throw changed(file);
  } finally {
    await handle.close();
  }
}

/** Gives a file its name; one that has that name already is left alone. */
async function claim(temporary: string, output: string): Promise<void> {
  try {
    await link(temporary, output);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new ChangedError(`There is a file ${basename(output)} by now. Nothing was written.`, 'Plan again.');
    }
    // File systems without hard links.
    await rename(temporary, output);
  }
}
