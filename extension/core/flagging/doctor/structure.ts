import type { TextEdit } from '../../csv/spans';
import { isObjectLine } from '../log/jsonLines';
import { isTimestamp } from '../log/timestampCell';
import type { LogLayout } from '../log/types';
import type { LogRecord, ReadLog } from './records';
import type { Finding, Fix } from './types';

/** Rows whose cells are not those of the header, headers among the rows, rows that share a line. */
export function checkStructure(text: string, { layout, records }: ReadLog): Finding[] {
  const lineEnd = lineEndOf(text, records, layout);
  if (layout.format === 'jsonl') return checkLines(text, records, lineEnd);
  return records.flatMap((record, index) => {
    const isHeader = record.sample === null;
    if (isHeader) return index === 0 && layout.headerRecords === 1 ? [] : [extraHeader(layout, record)];
    return [...(record.glued ? [glued(record, lineEnd)] : []), ...ragged(layout, record)];
  });
}

/** Lines that are no object, objects that share a line, and a last line that the next object would share. */
function checkLines(text: string, records: readonly LogRecord[], lineEnd: string): Finding[] {
  const last = records.at(-1);
  return [
    ...records.flatMap((record) => {
      const { span } = record;
      if (record.glued) return [glued(record, lineEnd)];
      return isObjectLine(text.slice(span.start, span.contentEnd)) ? [] : [badLine(record)];
    }),
    ...(last?.span.contentEnd === text.length ? [openEnd(last, lineEnd)] : []),
  ];
}

function placeOf({ span, line, sample }: LogRecord): Pick<Finding, 'span' | 'line' | 'row'> {
  return { span, line, row: sample?.row ?? null };
}

function badLine(record: LogRecord): Finding {
  const message = 'The line is no JSON object: it was not written whole, or something else stands in it.';
  return { ...placeOf(record), kind: 'bad-line', message, fix: null };
}

function openEnd(record: LogRecord, lineEnd: string): Finding {
  return {
    ...placeOf(record),
    kind: 'open-end',
    message: 'The last line has no line end: what is appended next would stand on it, too.',
    fix: {
      type: 'edits',
      title: 'End the last line',
      edits: [{ start: record.span.contentEnd, end: record.span.contentEnd, text: lineEnd }],
    },
  };
}

function extraHeader(layout: LogLayout, record: LogRecord): Finding {
  const { cells, removal } = record;
  const place = placeOf(record);
  if (cells.join('\0') === layout.header.join('\0')) {
    return {
      ...place,
      kind: 'repeated-header',
      message: 'The header stands here again.',
      fix: { type: 'edits', title: 'Remove the repeated header', edits: [{ ...removal, text: '' }] },
    };
  }
  return {
    ...place,
    kind: 'other-header',
    message: `Another header (${cells.join(', ')}) begins here: the rows below it belong to other columns.`,
    fix: null,
  };
}

function glued(record: LogRecord, lineEnd: string): Finding {
  const { end } = record.span;
  return {
    ...placeOf(record),
    kind: 'glued-rows',
    message: 'Two rows stand on one line: the first was written without its line end.',
    fix: {
      type: 'edits',
      title: 'Put the second row on a line of its own',
      edits: [{ start: end, end, text: lineEnd }],
    },
  };
}

function ragged(layout: LogLayout, record: LogRecord): Finding[] {
  const { cells } = record;
  if (cells.length === layout.columns.length || layout.columns.length === 0) return [];
  const message = `The row has ${cells.length} cells, but the header has ${layout.columns.length} columns.`;
  return [{ ...placeOf(record), kind: 'ragged', message, fix: raggedFix(layout, record) }];
}

/** Only what is beyond doubt: option and name that a row leaves out, and empty cells behind the last column. */
function raggedFix(layout: LogLayout, record: LogRecord): Fix | null {
  const { cells } = record;
  const edit = cells.length < layout.columns.length ? leftOutCells(layout, record) : surplusCells(layout, record);
  if (edit === undefined) return null;
  const title = edit.text === '' ? 'Remove the empty cells at the end' : 'Add the empty cells that the row leaves out';
  return { type: 'edits', title, edits: [edit] };
}

/** Gradio 5 and later leave out the option and the name of a row that has none. */
function leftOutCells({ columns, csv }: LogLayout, { cells, span }: LogRecord): TextEdit | undefined {
  if (columns.at(-1)?.role !== 'timestamp' || !isTimestamp(cells.at(-1))) return undefined;
  const components = columns.filter(({ role }) => role === 'component').length;
  const tail = columns.length - components - 1;
  const given = cells.length - components - 1;
  const timestamp = span.cells.at(-1);
  // A single cell may be either the option or the name; Gradio writes a name only where people log in.
  if (given < 0 || given >= tail || !timestamp) return undefined;
  const empty = csv.quoting === 'nonnumeric' ? csv.quote + csv.quote : '';
  const text = `${empty}${csv.delimiter}`.repeat(tail - given);
  return { start: timestamp.start, end: timestamp.start, text };
}

function surplusCells({ columns }: LogLayout, { cells, span }: LogRecord): TextEdit | undefined {
  const surplus = cells.slice(columns.length);
  const last = span.cells[columns.length - 1];
  if (!last || surplus.some((cell) => cell !== '')) return undefined;
  return { start: last.end, end: span.contentEnd, text: '' };
}

/** The line end that the first complete record has. */
function lineEndOf(text: string, records: readonly LogRecord[], { csv, format }: LogLayout): string {
  const ended = records.find(({ span }) => span.end > span.contentEnd);
  return ended ? text.slice(ended.span.contentEnd, ended.span.end) : format === 'jsonl' ? '\n' : csv.lineEnd;
}
