import { stat } from 'node:fs/promises';
import { textOf } from '../../dataset/readRecords';
import type { Table, TableIndex } from '../../dataset/table';
import { isSameVersion, versionOf, type FileVersion } from '../../fileVersion';

/** Texts of single records, found by an index that is made on first use and again after the file has changed. */
export class RecordTexts {
  private indexed: { readonly version: FileVersion; readonly index: Promise<TableIndex> } | undefined;
  private readonly column: number;

  constructor(
    private readonly table: Table,
    text: string,
  ) {
    this.column = table.columns.indexOf(text);
  }

  /** Empty for a record that is not there. @throws ExpectedError when the file cannot be read */
  async textOf(row: number): Promise<string> {
    const [cells = []] = await (await this.index()).read(row, 1);
    return textOf(cells[this.column] ?? null);
  }

  private async index(): Promise<TableIndex> {
    const version = versionOf(await stat(this.table.path));
    if (!this.indexed || !isSameVersion(this.indexed.version, version))
      this.indexed = { version, index: this.table.index() };
    return this.indexed.index;
  }
}
