import type { Table, TableOptions } from '../../dataset/table';
import { TextTable } from '../../dataset/textTable';
import { CellType, type ColumnType } from './cellType';
import { readObjects, type ExactObject } from './jsonObjects';
import { JsonType } from './jsonType';

/** Records of a dataset with their cells as they stand there. It can be read any number of times. */
export interface RecordSource {
  /** Absolute. */
  readonly path: string;
  /** In their order. Those of JSON Lines grow while it is read: they are complete when it was read once. */
  readonly columns: readonly string[];
  /** @throws ExpectedError naming the record that cannot be read, or the reason of the signal */
  read(options?: TableOptions): AsyncIterable<RecordBatch>;
  newType(): ColumnType;
}

/** Some records that follow each other. */
export interface RecordBatch {
  readonly count: number;
  /**
   * The cells of a column, null where a record has none: texts, and of JSON the values of `parseExactJson`.
   */
  column(name: string): readonly unknown[];
}

/** A table of texts or of JSON; the values of Parquet do not pass through such cells. */
export function tableRecords(table: Table): RecordSource {
  return table.format === 'jsonl' && table instanceof TextTable ? new JsonRecords(table) : new TextRecords(table);
}

class TextRecords implements RecordSource {
  readonly path: string;
  readonly columns: readonly string[];
  /** As `pandas` names a column that has no name, such as the index of a data frame. */
  private readonly positions: ReadonlyMap<string, number>;

  constructor(private readonly table: Table) {
    this.path = table.path;
    this.columns = table.columns.map((name, index) => (name === '' ? `Unnamed: ${index}` : name));
    this.positions = new Map(this.columns.map((name, index) => [name, index]));
  }

  async *read(options?: TableOptions): AsyncGenerator<RecordBatch, void, undefined> {
    for await (const { count, cells } of this.table.scan(this.table.columns, options)) {
      yield { count, column: (name) => cells[this.positions.get(name) ?? -1] ?? new Array<null>(count).fill(null) };
    }
  }

  newType(): ColumnType {
    return new CellType();
  }
}

class JsonRecords implements RecordSource {
  readonly path: string;
  private readonly keys = new Set<string>();

  constructor(private readonly table: TextTable) {
    this.path = table.path;
  }

  get columns(): readonly string[] {
    return [...this.keys];
  }

  async *read(options?: TableOptions): AsyncGenerator<RecordBatch, void, undefined> {
    for await (const objects of readObjects(this.table.file, options)) {
      for (const object of objects) for (const key of Object.keys(object)) this.keys.add(key);
      const cellOf = (object: ExactObject, name: string): unknown =>
        Object.hasOwn(object, name) ? (object[name] ?? null) : null;
      const known = new Map<string, readonly unknown[]>();
      const column = (name: string): readonly unknown[] => {
        const cells = known.get(name) ?? objects.map((object) => cellOf(object, name));
        known.set(name, cells);
        return cells;
      };
      yield { count: objects.length, column };
    }
  }

  newType(): ColumnType {
    return new JsonType();
  }
}
