import { stat } from 'node:fs/promises';
import { openTable } from '../dataset/openTable';
import type { Table, TableIndex } from '../dataset/table';
import { ExpectedError } from '../errors';
import { isSameVersion, versionOf, type FileVersion } from '../fileVersion';
import type { Json } from '../json';

/** A dataset on disk, read record by record; the file is looked through once, when a record is read first. */
export class DatasetFile {
  private indexing: Promise<TableIndex> | undefined;

  private constructor(
    readonly table: Table,
    private readonly version: FileVersion,
  ) {}

  /** @throws ExpectedError when there is no such dataset */
  static async open(path: string): Promise<DatasetFile> {
    const table = await openTable(path);
    return new DatasetFile(table, versionOf(await stat(path)));
  }

  /** Whether the file on disk is still the one that was opened. */
  async isCurrent(): Promise<boolean> {
    return isSameVersion(versionOf(await stat(this.table.path)), this.version);
  }

  /**
   * Cells of records in the order of the table's columns.
   *
   * @throws ExpectedError when the file cannot be read, or is another one by now
   */
  async records(rows: readonly number[]): Promise<readonly (readonly Json[])[]> {
    const index = await this.index();
    const records: (readonly Json[])[] = [];
    for (const row of rows) {
      const [record] = row < index.rows ? await index.read(row, 1) : [];
      if (!record) {
        throw new ExpectedError(
          `There is no record ${row}: the dataset has ${index.rows}.`,
          'Find label errors again, since the dataset was changed.',
        );
      }
      records.push(record);
    }
    return records;
  }

  private index(): Promise<TableIndex> {
    this.indexing ??= this.table.index().catch((error: unknown) => {
      this.indexing = undefined;
      throw error;
    });
    return this.indexing;
  }
}
