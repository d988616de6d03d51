import { open } from 'node:fs/promises';
import { applyEdits } from '../../csv/editCells';
import type { TextEdit } from '../../csv/spans';
import { unitSize } from '../../csv/units';
import type { TableOptions } from '../../dataset/table';
import type { TextTable } from '../../dataset/textTable';
import type { Json } from '../../json';
import { readAt } from '../../readAt';
import { discardColumn } from '../types';
import { editCsvCell, editJsonCell } from './cellEdits';
import { fillOf } from './fill';
import type { Outcome } from './outcomes';
import { removalEdits } from './removal';
import { TextSource, type TextRow } from './source';
import type { RecordPlace } from './survey';
import type { Target, Written } from './target';
import type { ByteEdit, DiscardMode } from './types';
import { unitBytes, unitText } from './unitText';

interface NewCell {
  readonly column: string;
  readonly value: Json;
}

/** Makes a patch of the bytes of CSV, TSV or JSON Lines. */
export class TextTarget implements Target<TextRow> {
  readonly source: TextSource;
  private readonly edits: ByteEdit[] = [];
  private readonly removed: RecordPlace[] = [];
  /** Numbers of the records that are marked as discarded. */
  private readonly marked = new Set<number>();

  constructor(
    private readonly table: TextTable,
    private readonly discard: DiscardMode,
    private readonly options: TableOptions,
  ) {
    this.source = new TextSource(table, options);
  }

  add({ place, bytes }: TextRow, { changes, discard }: Outcome): void {
    const cells: NewCell[] = changes.map(({ entry, label }) => ({ column: entry.column, value: label }));
    if (discard && this.discard === 'remove') this.removed.push(place);
    else if (discard) {
      cells.push({ column: discardColumn, value: true });
      this.marked.add(place.number);
    }
    if (cells.length > 0) this.edits.push(this.editOf(place, bytes, cells));
  }

  async finish(): Promise<Written> {
    const { table, marked, edits } = this;
    const { path, encoding } = table;
    const addsColumn = marked.size > 0 && table.hasHeader && !table.columns.includes(discardColumn);
    const notes = encoding === 'utf-8' ? [] : [`The file is read and written as ${encoding}.`];
    if (this.removed.length > 0) edits.push(...(await this.removals()));
    if (marked.size > 0) notes.push(this.noteOfMarks(addsColumn));
    const fill = addsColumn ? await this.addColumn() : null;
    edits.sort((a, b) => a.offset - b.offset);
    return { output: path, notes, patch: { edits, fill } };
  }

  /** One edit for the cells of a record; each is found in what the one before made of it. */
  private editOf({ start }: Pick<RecordPlace, 'start'>, bytes: Buffer, cells: readonly NewCell[]): ByteEdit {
    const { file, columns, format, encoding } = this.table;
    const editCell = format === 'jsonl' ? editJsonCell : editCsvCell;
    const before = unitText(bytes, encoding);
    let after = before;
    let edit: TextEdit = { start: 0, end: before.length, text: before };
    for (const { column, value } of cells) {
      const found = columns.indexOf(column);
      const position = found < 0 ? columns.length : found;
      edit = editCell({ file, text: after }, { name: column, position }, value);
      after = applyEdits(after, [edit]);
    }
    const { start: from, end, text } = cells.length === 1 ? edit : { start: 0, end: before.length, text: after };
    const unit = unitSize(encoding);
    return { offset: start + from * unit, length: (end - from) * unit, bytes: unitBytes(text, encoding) };
  }

  private async removals(): Promise<ByteEdit[]> {
    const file = await open(this.table.path, 'r');
    try {
      return await removalEdits(file, this.table.file, this.removed);
    } finally {
      await file.close();
    }
  }

  /** The header gets a name more, and every record a cell. */
  private async addColumn() {
    const { table, marked } = this;
    const { header } = this.source;
    if (!header) return null;
    const file = await open(table.path, 'r');
    try {
      const bytes = await readAt(file, header.start, header.end);
      this.edits.push(this.editOf(header, bytes, [{ column: discardColumn, value: discardColumn }]));
    } finally {
      await file.close();
    }
    return fillOf(table.file, table.columns.length, new Set([...marked, header.number]), this.options);
  }

  private noteOfMarks(addsColumn: boolean): string {
    if (addsColumn) return `A column "${discardColumn}" is added at the end: to the header and to every record.`;
    return this.table.format === 'jsonl'
      ? `The key "${discardColumn}" is written into the discarded objects only.`
      : `The column "${discardColumn}" is there already.`;
  }
}
