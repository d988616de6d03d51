import { isDeepStrictEqual } from 'node:util';
import { applyEdits, removeRecords, setCell } from '../../csv/editCells';
import { parseRecord } from '../../csv/parse';
import type { TextEdit } from '../../csv/spans';
import { TextIndex } from '../../csv/textIndex';
import { ExpectedError } from '../../errors';
import { guarded, unguarded } from './guard';
import { cellsOfLine } from './jsonLines';
import { detectLayout, isHeaderRecord, layoutEnd } from './layout';
import { setOption } from './optionCell';
import { separatorsOf } from './readLog';
import { readSample } from './sample';
import type { LoggedSample, LogLayout } from './types';
import type { SampleCells } from './view';

/** A text as it was read at once. */
interface Read {
  readonly layout: LogLayout;
  readonly names: readonly string[];
  /** Edits behind this leave the layout as it is. */
  readonly layoutEnd: number;
  readonly index: TextIndex;
  /** How the header begins, to know one again that stands among the samples. */
  readonly headerStart: string;
}

/** How a header ends in the logs of all eras that have a column for the time. */
const lastHeaderCell = 'timestamp';

/** A log as a text that is being edited: where its samples stand, and which small edits change them. */
export class LogText implements SampleCells {
  private read: Read;
  /** The record of each sample: no headers, no empty lines. */
  private records: readonly number[];

  constructor(
    private readonly fileName: string,
    private content: string,
  ) {
    this.read = this.readAll();
    this.records = this.samples();
  }

  get text(): string {
    return this.content;
  }

  get layout(): LogLayout {
    return this.read.layout;
  }

  get count(): number {
    return this.records.length;
  }

  /** Follows edits that were made in the text; they belong to the text before all of them, in order. */
  update(edits: readonly TextEdit[]): void {
    const [first] = this.records;
    const headEnd = first === undefined ? Infinity : this.read.index.start(first);
    const decides = edits.some(({ start }) => start <= this.read.layoutEnd);
    this.content = applyEdits(this.content, edits);
    if (edits.some(({ start }) => start < headEnd)) this.read = this.readAll();
    else this.read.index.update(this.content, edits);
    if (decides) this.look();
    this.records = this.samples();
  }

  cells(row: number): readonly string[] {
    return this.cellsOf(this.recordOf(row));
  }

  sample(row: number): LoggedSample {
    return readSample(this.layout, this.cells(row), row);
  }

  /** The record as it stands in the text, line end included. */
  recordText(row: number): string {
    return this.textOf(this.recordOf(row));
  }

  /** The first and last row that a part of the text touches; a row behind the last for what is added there. */
  rowsAt(start: number, end: number): { readonly first: number; readonly last: number } {
    const { index } = this.read;
    return { first: this.rowFrom(index.recordAt(start)), last: this.rowFrom(index.recordAt(end)) };
  }

  /** A cell as a person edits it: without the apostrophe that guards it. Empty where a ragged row has no such cell. */
  cellText(row: number, column: number): string {
    const cell = this.cells(row)[column] ?? '';
    return this.layout.format === 'jsonl' ? cell : unguarded(cell, this.layout);
  }

  /** The edit that gives a cell a text; none when it has it already. */
  setCell(row: number, column: number, text: string): readonly TextEdit[] {
    if (this.cellText(row, column) === text) return [];
    const { columns, csv } = this.layout;
    const kind = columns.find(({ index }) => index === column)?.kind ?? 'text';
    const span = this.read.index.span(this.recordOf(row));
    return [setCell(this.content, span, column, guarded(text, kind, this.layout), csv)];
  }

  /** The edits that give a row another flagging option. @throws ExpectedError when it has no place for one */
  setOption(row: number, option: string): readonly TextEdit[] {
    const edit = setOption(this.layout, this.recordText(row), option);
    const start = this.read.index.start(this.recordOf(row));
    return edit ? [{ ...edit, start: start + edit.start, end: start + edit.end }] : [];
  }

  /** The edits that take rows out. */
  removeRows(rows: readonly number[]): readonly TextEdit[] {
    const sorted = [...new Set(rows)].sort((a, b) => a - b);
    return removeRecords(
      this.content,
      sorted.map((row) => this.read.index.span(this.recordOf(row))),
    );
  }

  /** Detects the layout anew after an edit of the rows that decide on it; their records stand where they stood. */
  private look(): void {
    const layout = detectLayout(this.fileName, this.content);
    const { csv, headerRecords } = this.read.layout;
    const isAlike = isDeepStrictEqual(layout.csv, csv) && layout.headerRecords === headerRecords;
    this.read = isAlike ? { ...this.read, ...this.known(layout) } : this.readAll(layout);
  }

  private known(layout: LogLayout): Pick<Read, 'layout' | 'names' | 'layoutEnd'> {
    return {
      layout,
      names: layout.columns.map(({ name }) => name),
      layoutEnd: layoutEnd(this.fileName, this.content),
    };
  }

  private readAll(layout = detectLayout(this.fileName, this.content)): Read {
    const index = new TextIndex(this.content, separatorsOf(layout));
    const start = layout.headerRecords === 1 && index.count > 0 ? index.start(0) : this.content.length;
    return { ...this.known(layout), index, headerStart: this.content.slice(start, start + lastHeaderCell.length) };
  }

  private samples(): readonly number[] {
    const { layout, index } = this.read;
    const records: number[] = [];
    for (let record = layout.headerRecords; record < index.count; record++) {
      const first = this.content[index.start(record)];
      if (first !== '\n' && first !== '\r' && !this.isHeader(record)) records.push(record);
    }
    return records;
  }

  /** Whether a record is the header again; one that cannot be is not read. */
  private isHeader(record: number): boolean {
    const { headerStart, index, layout } = this.read;
    const end = this.endOf(record);
    const begins = headerStart !== '' && this.content.startsWith(headerStart, index.start(record));
    const ends = this.content.slice(end - lastHeaderCell.length - '"\r\n'.length, end).includes(lastHeaderCell);
    return (begins || ends) && isHeaderRecord(layout, this.cellsOf(record));
  }

  private recordOf(row: number): number {
    const record = this.records[row];
    if (record === undefined) throw new ExpectedError(`The log has no row ${row + 1} any more.`, 'Look at it again.');
    return record;
  }

  private cellsOf(record: number): readonly string[] {
    const text = this.textOf(record);
    const { layout, names } = this.read;
    return layout.format === 'jsonl' ? cellsOfLine(text, names) : parseRecord(text, layout.csv);
  }

  private textOf(record: number): string {
    return this.content.slice(this.read.index.start(record), this.endOf(record));
  }

  private endOf(record: number): number {
    const { index } = this.read;
    return record + 1 < index.count ? index.start(record + 1) : this.content.length;
  }

  /** The row of a record, or of the first sample behind it. */
  private rowFrom(record: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle] ?? record) < record) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
