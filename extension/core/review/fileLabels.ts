import type { LabelColumnOptions } from '../dataset/labelColumn';
import { readColumn } from '../dataset/readRecords';
import type { Table } from '../dataset/table';
import type { Json } from '../json';
import { labelCodec, type LabelCodec } from './ledger/labelCodec';
import { discardColumn, type Labelling } from './types';

/** The labels of all records as a file has them. */
export class FileLabels {
  private constructor(
    readonly column: string,
    readonly codec: LabelCodec,
    /** Index into `labellings`. */
    private readonly labels: Uint32Array,
    private readonly labellings: readonly (Labelling | null)[],
    /** Records that the file itself marks as discarded. */
    private readonly discarded: ReadonlySet<number>,
  ) {}

  /** @throws ExpectedError when the file cannot be read, or has no such column */
  static async read(table: Table, column: string, options: LabelColumnOptions): Promise<FileLabels> {
    const cells = await readColumn(table, column);
    const codec = labelCodec(cells, options);
    const known = new Map<Json, number>();
    const labellings: (Labelling | null)[] = [];
    const labels = Uint32Array.from(cells, (cell) => {
      const index = known.get(cell) ?? labellings.push(codec.names(cell)) - 1;
      known.set(cell, index);
      return index;
    });
    return new FileLabels(column, codec, labels, labellings, await discardedRows(table));
  }

  get records(): number {
    return this.labels.length;
  }

  /** The names of a record's classes; null for no label, and no record. */
  of(row: number): Labelling | null {
    return this.labellings[this.labels[row] ?? -1] ?? null;
  }

  isDiscarded(row: number): boolean {
    return this.discarded.has(row);
  }
}

async function discardedRows(table: Table): Promise<Set<number>> {
  if (!table.columns.includes(discardColumn)) return new Set();
  const cells = await readColumn(table, discardColumn);
  return new Set([...cells.keys()].filter((row) => isMarked(cells[row] ?? null)));
}

function isMarked(cell: Json): boolean {
  return cell === true || (typeof cell === 'string' && cell.trim().toLowerCase() === 'true');
}
