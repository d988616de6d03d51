import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { decode } from '../../csv/encodings';
import type { Table, TableOptions } from '../../dataset/table';
import type { TextTable } from '../../dataset/textTable';
import { versionOf } from '../../fileVersion';
import type { Json } from '../../json';
import { readAt } from '../../readAt';
import { surveyRecords, type RecordPlace, type Survey } from './survey';
import type { FileState } from './types';

/** A record of a dataset. */
export interface SourceRow {
  /** From 0. */
  readonly row: number;
  /** By name of their column; at least those that were asked for. */
  readonly cell: (column: string) => Json;
}

export interface TextRow extends SourceRow {
  readonly place: RecordPlace;
  readonly bytes: Buffer;
}

/** A dataset of which some rows are read. */
export interface RowSource<Row extends SourceRow = SourceRow> {
  /** @returns the rows that there are, ascending */
  read(rows: Iterable<number>): AsyncGenerator<Row, void, undefined>;
  /** Known once something was read. */
  readonly state: FileState;
  readonly records: number;
}

/** Rows of CSV, TSV and JSON Lines with their bytes. The file is passed through once for all rows that are new. */
export class TextSource implements RowSource<TextRow> {
  private surveyed: Survey | undefined;
  private readonly places = new Map<number, RecordPlace | undefined>();

  constructor(
    readonly table: TextTable,
    private readonly options: TableOptions,
  ) {}

  get state(): FileState {
    return this.survey.state;
  }

  get records(): number {
    return this.survey.records;
  }

  get header(): RecordPlace | undefined {
    return this.survey.header;
  }

  async *read(rows: Iterable<number>): AsyncGenerator<TextRow, void, undefined> {
    const wanted = [...new Set(rows)].sort((a, b) => a - b);
    await this.find(wanted);
    const { file } = this.table;
    const handle = await open(file.path, 'r');
    try {
      for (const row of wanted) {
        const place = this.places.get(row);
        if (!place) continue;
        const bytes = await readAt(handle, place.start, place.end);
        yield { row, place, bytes, cell: await this.cellsOf(bytes, place) };
      }
    } finally {
      await handle.close();
    }
  }

  private async cellsOf(bytes: Buffer, { start }: RecordPlace): Promise<SourceRow['cell']> {
    const cells = await this.table.cellsOf(decode(bytes, this.table.encoding), start);
    return (column) => cells[this.table.columns.indexOf(column)] ?? null;
  }

  private get survey(): Survey {
    if (!this.surveyed) throw new Error('Nothing was read yet.');
    return this.surveyed;
  }

  private async find(rows: readonly number[]): Promise<void> {
    const unknown = new Set(rows.filter((row) => !this.places.has(row)));
    if (this.surveyed && unknown.size === 0) return;
    const { file, hasHeader } = this.table;
    this.surveyed = await surveyRecords(file, hasHeader, unknown, this.options);
    for (const row of unknown) this.places.set(row, this.surveyed.places.get(row));
  }
}

/** Rows of Parquet, some of their columns. */
export class ParquetSource implements RowSource {
  records = 0;

  private constructor(
    private readonly table: Table,
    readonly state: FileState,
    private readonly columns: readonly string[],
    private readonly options: TableOptions,
  ) {}

  static async open(table: Table, columns: readonly string[], options: TableOptions): Promise<ParquetSource> {
    return new ParquetSource(table, await stateOf(table.path), columns, options);
  }

  async *read(rows: Iterable<number>): AsyncGenerator<SourceRow, void, undefined> {
    const wanted = new Set(rows);
    const { columns } = this;
    this.records = 0;
    for await (const { from, count, cells } of this.table.scan(columns, this.options)) {
      this.records = from + count;
      for (let at = 0; at < count; at++) {
        if (!wanted.has(from + at)) continue;
        yield { row: from + at, cell: (column) => cells[columns.indexOf(column)]?.[at] ?? null };
      }
    }
  }
}

export async function stateOf(path: string): Promise<FileState> {
  const file = await open(path, 'r');
  try {
    const version = versionOf(await file.stat());
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { version, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
