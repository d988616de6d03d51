import { readRecord } from '../../csv/parse';
import { firstStart, isLineEnd, lineEnd, recordEnd, recordSpan, type Separators } from '../../csv/recordSpans';
import type { Span, TextEdit } from '../../csv/spans';
import { distinctNames } from '../../dataset/columns';
import { parseJson } from '../../dataset/parseJson';
import { separatorsOf } from '../../dataset/recordOffset';
import type { TableFormat } from '../../dataset/table';
import { isRecord, type Json } from '../../json';
import { editCsvCell, editJsonCell, type Column } from '../apply/cellEdits';
import { membersOf } from '../apply/jsonMembers';

/** Places are UTF-16 units, as are those of a text that is edited in its own encoding. */
const encoding = 'utf-16le';

/** A record that is as it was, and where its label stands now. */
export interface RecordInDocument {
  /** Number of the record when the document was read, from 0. */
  readonly row: number;
  /** The cell of its label, quotes included; empty where it has none. */
  readonly label: Span;
}

interface Tracked {
  readonly row: number;
  readonly text: string;
  /** In the text of the record. */
  readonly label: Span;
  start: number;
}

/**
 * Some records of a document, followed through its edits: reading it once gives their places, and an edit moves them.
 * A record whose text was changed is none until it is as it was again.
 */
export class DocumentRecords {
  private readonly separators: Separators;
  private readonly column: Column;
  private readonly tracked: readonly Tracked[];

  /**
   * @param label name of the label column
   * @param rows numbers of the records, from 0
   */
  constructor(
    text: string,
    private readonly format: Exclude<TableFormat, 'parquet'>,
    label: string,
    rows: ReadonlySet<number>,
  ) {
    this.separators = separatorsOf(text, format);
    this.column = { name: label, position: format === 'jsonl' ? 0 : this.columns(text).indexOf(label) };
    this.tracked = this.column.position < 0 ? [] : [...this.find(text, rows)];
  }

  /** Those that are as they were, in the order of the document. @param text the document as it is now */
  *intact(text: string): Generator<RecordInDocument> {
    for (const one of this.tracked) {
      if (!isIntact(text, one)) continue;
      const { row, start, label } = one;
      yield { row, label: { start: start + label.start, end: start + label.end } };
    }
  }

  /**
   * Follows edits of the document.
   *
   * @param edits of the text before them, in any order and without overlaps
   */
  move(edits: readonly TextEdit[]): void {
    for (const one of this.tracked) {
      const before = edits.filter(({ end }) => end <= one.start);
      const around = edits.find(({ start, end }) => start < one.start && end > one.start);
      const shift = before.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
      one.start = (around ? around.start : one.start) + shift;
    }
  }

  /** The edit that gives a record another label; undefined when the record is not as it was. */
  relabel(text: string, row: number, value: Json): TextEdit | undefined {
    const one = this.tracked.find((tracked) => tracked.row === row);
    if (!one || !isIntact(text, one)) return undefined;
    const edit = this.format === 'jsonl' ? editJsonCell : editCsvCell;
    const file = { encoding, separators: this.separators } as const;
    const made = edit({ file, text: one.text }, this.column, value);
    return { start: one.start + made.start, end: one.start + made.end, text: made.text };
  }

  private columns(text: string): string[] {
    const start = recordStart(text, firstStart(text));
    return distinctNames(readRecord(text, start, this.separators).cells);
  }

  private *find(text: string, rows: ReadonlySet<number>): Generator<Tracked> {
    const { separators, format } = this;
    let left = rows.size;
    let row = format === 'jsonl' ? 0 : -1;
    for (let start = recordStart(text, firstStart(text)); start < text.length && left > 0; row++) {
      const end = recordEnd(text, start, separators);
      if (rows.has(row)) {
        left--;
        const record = text.slice(start, withoutLineEnd(text, start, end));
        const label = this.labelIn(record);
        if (label) yield { row, start, text: record, label };
      }
      start = recordStart(text, end);
    }
  }

  /** Undefined for a line that is no object. */
  private labelIn(record: string): Span | undefined {
    const { column, separators, format } = this;
    if (format === 'jsonl') {
      if (!isObject(record)) return undefined;
      const own = membersOf(record).findLast(({ key }) => JSON.parse(record.slice(key.start, key.end)) === column.name);
      return own?.value ?? { start: record.length, end: record.length };
    }
    return recordSpan(record, 0, separators).cells[column.position] ?? { start: record.length, end: record.length };
  }
}

function isIntact(text: string, { start, text: old }: Tracked): boolean {
  const end = start + old.length;
  const isStart = start === firstStart(text) || isLineEnd(text, start - 1);
  return isStart && text.startsWith(old, start) && (end === text.length || isLineEnd(text, end));
}

function isObject(text: string): boolean {
  try {
    return isRecord(parseJson(text));
  } catch {
    return false;
  }
}

/** Empty lines are no records. */
function recordStart(text: string, from: number): number {
  let start = from;
  while (start < text.length && isLineEnd(text, start)) start = lineEnd(text, start);
  return start;
}

function withoutLineEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isLineEnd(text, at - 1)) at--;
  return at;
}
