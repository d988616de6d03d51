import type { CsvDialect } from '../../csv/dialect';
import { readRecord } from '../../csv/parse';
import { recordSpan } from '../../csv/recordSpans';
import type { CellSpan, RecordSpan, Span } from '../../csv/spans';
import { cellsOfLine, isObjectLine } from '../log/jsonLines';
import { detectLayout, isHeaderRecord } from '../log/layout';
import { readSample } from '../log/sample';
import { leadingTimestamp } from '../log/timestampCell';
import type { LoggedSample, LogLayout } from '../log/types';

/** A record of a log as a doctor looks at it: two rows on one line are two records. */
export interface LogRecord {
  readonly span: RecordSpan;
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Null for a header. */
  readonly sample: LoggedSample | null;
  /** Whether the next row follows without a line end. */
  readonly glued: boolean;
  /** What taking the record out removes: its line end too, unless the row before has none of its own. */
  readonly removal: Span;
}

export interface ReadLog {
  readonly layout: LogLayout;
  readonly records: readonly LogRecord[];
}

/** The records of a log, empty lines left out. */
export function readRecords(fileName: string, text: string): ReadLog {
  const layout = detectLayout(fileName, text);
  const records: LogRecord[] = [];
  let row = 0;
  let line = 1;
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const { span, cells, glued } = layout.format === 'jsonl' ? lineAt(text, at, layout) : recordAt(text, at, layout);
    const isHeader = (at <= 1 && layout.headerRecords === 1) || isHeaderRecord(layout, cells);
    if (cells.length > 0) {
      const removal = { start: span.start, end: records.at(-1)?.glued ? span.contentEnd : span.end };
      const sample = isHeader ? null : readSample(layout, cells, row++);
      records.push({ span, line, cells, glued, removal, sample });
    }
    line += lineEnds(text, at, span.end);
    at = span.end;
  }
  return { layout, records };
}

type Placed = Pick<LogRecord, 'span' | 'cells' | 'glued'>;

function recordAt(text: string, start: number, layout: LogLayout): Placed {
  const span = recordSpan(text, start, layout.csv);
  const { cells } = readRecord(text, start, layout.csv);
  const split = gluedAt(text, span, layout);
  if (split === undefined) return { span, cells, glued: false };
  const count = layout.columns.length;
  const [last] = span.cells.slice(count - 1);
  const whole = span.cells.slice(0, count - 1);
  return {
    span: {
      start,
      end: split,
      contentEnd: split,
      cells: last ? [...whole, { start: last.start, end: split, quoted: last.quoted }] : whole,
    },
    cells: readRecord(text.slice(start, split), 0, layout.csv).cells,
    glued: true,
  };
}

/**
 * Where the next row begins on the same line: right behind the timestamp, when what follows is a row of this log or
 * again two of them.
 */
function gluedAt(text: string, { cells }: RecordSpan, layout: LogLayout): number | undefined {
  const last = layout.columns.length - 1;
  const cell = cells[last];
  if (!cell || last === 0 || layout.columns[last]?.role !== 'timestamp') return undefined;
  const split = endOfTimestamp(text, cell, layout.csv);
  if (split === undefined || split >= cell.end) return undefined;
  return beginsRow(text, split, layout) ? split : undefined;
}

/** Whether a header, a row or again two rows on one line begin here. */
function beginsRow(text: string, at: number, layout: LogLayout): boolean {
  if (isHeaderRecord(layout, readRecord(text, at, layout.csv).cells)) return true;
  const { cells } = recordSpan(text, at, layout.csv);
  const ending = cells.at(-1);
  if (cells.length > 1 && ending && endOfTimestamp(text, ending, layout.csv) === ending.end) return true;
  const timestamp = cells[layout.columns.length - 1];
  return timestamp !== undefined && endOfTimestamp(text, timestamp, layout.csv) !== undefined;
}

function endOfTimestamp(text: string, cell: CellSpan, { quote }: CsvDialect): number | undefined {
  const from = cell.start + (cell.quoted ? quote.length : 0);
  const time = leadingTimestamp(text.slice(from, from + 64));
  if (time === undefined) return undefined;
  const end = from + time.length;
  if (!cell.quoted) return end;
  return text.startsWith(quote, end) ? end + quote.length : undefined;
}

function lineAt(text: string, start: number, { columns }: LogLayout): Placed {
  const found = text.indexOf('\n', start);
  const lineEnd = found < 0 ? text.length : found + 1;
  const ended = lineEnd - (/\r?\n$/.exec(text.slice(Math.max(start, lineEnd - 2), lineEnd))?.[0].length ?? 0);
  const split = gluedObject(text.slice(start, ended));
  const [contentEnd, end] = split === undefined ? [ended, lineEnd] : [start + split, start + split];
  const cells = cellsOfLine(
    text.slice(start, contentEnd),
    columns.map(({ name }) => name),
  );
  return { span: { start, end, contentEnd, cells: [] }, cells, glued: split !== undefined };
}

/** Where the first object of a line ends that has another one behind it. */
function gluedObject(line: string): number | undefined {
  if (isObjectLine(line)) return undefined;
  for (const { index } of line.matchAll(/\}(?=\s*\{)/g)) if (isObjectLine(line.slice(0, index + 1))) return index + 1;
  return undefined;
}

function lineEnds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
