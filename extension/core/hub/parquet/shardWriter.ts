import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyValue, SchemaElement } from 'hyparquet';
import type { ParquetWriter } from 'hyparquet-writer';
import { intoFile, writableSchema } from '../../dataset/parquetSink';

/** How large row groups and shards get. */
export interface ShardLimits {
  /** Of a row group. */
  readonly rows: number;
  /** Of the values of a row group. */
  readonly groupBytes: number;
  /** After which a file is followed by another one. */
  readonly shardBytes: number;
}

/** Small enough that writing a row group does not hold up what else there is to do. */
export const textLimits: ShardLimits = { rows: 5_000, groupBytes: 1 << 20, shardBytes: 500_000_000 };
/** The viewer of the Hub reads a row group at once, and wants about 100 images in it. */
export const mediaLimits: ShardLimits = { rows: 100, groupBytes: 1 << 24, shardBytes: 500_000_000 };

/** What the files of a split have in common. */
export interface ShardFormat {
  /** The columns as they are written. */
  readonly schema: readonly SchemaElement[];
  /** The columns as the files tell of them: what their bytes mean. */
  readonly finalSchema: readonly SchemaElement[];
  readonly columns: readonly ShardColumn[];
  readonly metadata: readonly KeyValue[];
  readonly limits: ShardLimits;
}

export interface ShardColumn {
  readonly name: string;
  /** Files are packed already. */
  readonly isMedia: boolean;
}

/** Writes the records of a split to `data/train-00000-of-00002.parquet` and so on. */
export class ShardWriter {
  rows = 0;
  private readonly shards: string[] = [];
  private current: { readonly sink: FileHandle; readonly writer: ParquetWriter } | undefined;
  private cells: unknown[][];
  private pending = 0;
  private bytes = 0;

  /**
   * @param folder absolute; where the files are made
   * @param prefix path in it and in the repository: `data/train`
   */
  constructor(
    private readonly folder: string,
    private readonly prefix: string,
    private readonly format: ShardFormat,
  ) {
    this.cells = format.columns.map(() => []);
  }

  /**
   * @param values of a record, one a column; the list is not kept
   * @returns whether a row group is complete, which `flush` writes then
   */
  add(values: readonly unknown[]): boolean {
    let index = 0;
    for (const value of values) {
      this.cells[index++]?.push(value);
      this.bytes += sizeOf(value);
    }
    this.pending++;
    this.rows++;
    return this.pending >= this.format.limits.rows || this.bytes >= this.format.limits.groupBytes;
  }

  /** Writes the records that were added since the last time. */
  async flush(): Promise<void> {
    if (this.pending === 0) return;
    const { columns, limits } = this.format;
    const { writer } = (this.current ??= await this.open());
    const columnData = columns.map(({ name, isMedia }, index) => ({
      name,
      data: this.cells[index] ?? [],
      ...(isMedia ? ({ encoding: 'PLAIN', codec: 'UNCOMPRESSED' } as const) : {}),
    }));
    await writer.write({ columnData, rowGroupSize: this.pending });
    this.cells = columns.map(() => []);
    this.pending = this.bytes = 0;
    if (writer.writer.offset >= limits.shardBytes) await this.finishShard();
  }

  /** @returns the paths of all files, in the folder and in the repository */
  async finish(): Promise<string[]> {
    await this.flush();
    await this.finishShard();
    const count = numbered(this.shards.length);
    const paths = this.shards.map((_, index) => `${this.prefix}-${numbered(index)}-of-${count}.parquet`);
    for (const [index, path] of paths.entries()) await rename(this.shards[index] ?? path, join(this.folder, path));
    return paths;
  }

  /** Closes what is open; of no use after `finish`. */
  async abandon(): Promise<void> {
    await this.current?.sink.close();
    this.current = undefined;
  }

  private async open(): Promise<{ sink: FileHandle; writer: ParquetWriter }> {
    const { ByteWriter, ParquetWriter } = await import('../../dataset/parquetWriter');
    const path = join(this.folder, `${this.prefix}-${numbered(this.shards.length)}.parquet.part`);
    await mkdir(dirname(path), { recursive: true });
    const sink = await open(path, 'w');
    this.shards.push(path);
    const { schema, metadata } = this.format;
    const writer = new ParquetWriter({
      writer: intoFile(new ByteWriter(), sink),
      schema: [...schema],
      kvMetadata: [...metadata],
      // The writer would keep the smallest and the largest text of each row group, and with them the pieces of the file that
      // they were cut from.
      statistics: false,
      createdBy: 'flag-review',
    });
    return { sink, writer };
  }

  private async finishShard(): Promise<void> {
    if (!this.current) return;
    const { sink, writer } = this.current;
    writer.schema = writableSchema(this.format.finalSchema);
    await writer.finish();
    await sink.close();
    this.current = undefined;
  }
}

/** Five digits, as `datasets` numbers shards. */
function numbered(index: number): string {
  return String(index).padStart(5, '0');
}

/** About how many bytes a value takes. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Uint8Array) return value.byteLength;
  return Object.values(value).reduce((sum: number, item: unknown) => sum + sizeOf(item), 8);
}
