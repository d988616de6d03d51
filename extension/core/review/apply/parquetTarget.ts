import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Table } from '../../dataset/table';
import { discardColumn } from '../types';
import type { Outcome } from './outcomes';
import type { ParquetSource, SourceRow } from './source';
import type { Target, Written } from './target';
import { checkChanges } from './writeParquet';
import type { DiscardMode, ParquetChanges } from './types';

/** Gathers what a Parquet file is written anew with. */
export class ParquetTarget implements Target<SourceRow> {
  private readonly cells: ParquetChanges['cells'][number][] = [];
  private readonly discards: number[] = [];

  constructor(
    private readonly table: Table,
    readonly source: ParquetSource,
    private readonly discard: DiscardMode,
  ) {}

  add({ row }: SourceRow, { changes, discard }: Outcome): void {
    for (const { entry, label } of changes) this.cells.push({ row, column: entry.column, value: label });
    if (discard) this.discards.push(row);
  }

  async finish(): Promise<Written> {
    const { cells, discards, table } = this;
    await checkChanges(table.path, this.source.state.version.size, cells);
    const output = correctedPath(table.path);
    const notes = [
      `${basename(table.path)} stays as it is; ${basename(output)} is written beside it.`,
      'Columns, types, compression, metadata and row groups are kept; statistics, page indexes and encodings are not.',
      'In columns of objects, a missing object and one without values are written alike.',
    ];
    if (this.discard === 'column' && discards.length > 0) {
      notes.push(`A column "${discardColumn}" says of every record whether it is discarded.`);
    }
    return { output, notes, patch: { cells, discards } };
  }
}

/** A name beside a Parquet file that is free. */
function correctedPath(path: string): string {
  const ending = extname(path);
  const base = join(dirname(path), `${basename(path, ending)}.corrected`);
  let free = base + ending;
  for (let number = 2; existsSync(free); number++) free = `${base}-${number}${ending}`;
  return free;
}
