import { encodeCell, quoteCell, type CsvDialect } from './dialect';
import { cellContent } from './parse';
import { closingQuote } from './recordSpans';
import type { RecordSpan, Span, TextEdit } from './spans';

/** What Python's `repr` gives for the values that it leaves bare when it quotes all others. */
const bareValue = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|True|False|-?inf|nan)$/i;

/**
 * The edit that gives one cell a text and touches no other character. A quoted cell stays quoted, another one is quoted
 * when its text needs it. A cell that the record does not have is added behind the delimiters it needs. The edit is an
 * empty one when the cell has that text already; a missing cell counts as empty.
 *
 * @param column position in the record, from 0
 */
export function setCell(
  text: string,
  record: RecordSpan,
  column: number,
  value: string,
  dialect: CsvDialect,
): TextEdit {
  const cell = record.cells[column];
  if (!cell) return addCell(text, record, column, value, dialect);
  const { start, end, quoted } = cell;
  if (cellContent(text, cell, dialect.quote) === value) return { start, end: start, text: '' };
  // An empty line has no cells.
  const mustQuote = quoted || (value === '' && record.cells.length === 1);
  return { start, end, text: mustQuote ? quoteCell(value, dialect.quote) : encoded(value, start, dialect) };
}

/**
 * The edits that remove whole records with their line ends. A missing final line end stays missing: what is then the
 * last record loses its own, unless it is an empty line, which is nothing else.
 *
 * @param records in their order in the text, without duplicates
 */
export function removeRecords(text: string, records: readonly RecordSpan[]): TextEdit[] {
  const runs: Span[] = [];
  for (const { start, end } of records) {
    const last = runs.at(-1);
    if (last?.end === start) runs[runs.length - 1] = { start: last.start, end };
    else runs.push({ start, end });
  }
  return runs.map((run) => ({ ...withoutRun(text, run), text: '' }));
}

/** The text after all edits; they belong to the text before, in any order, and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join('') + text.slice(at);
}

function addCell(text: string, record: RecordSpan, column: number, value: string, dialect: CsvDialect): TextEdit {
  const { cells, contentEnd: start } = record;
  if (value === '') return { start, end: start, text: '' };
  const last = cells.at(-1);
  const isOpen = last?.quoted && closingQuote(text, last.start, dialect.quote) < 0;
  const before = (isOpen ? dialect.quote : '') + dialect.delimiter.repeat(column - Math.max(0, cells.length - 1));
  return { start, end: start, text: before + encoded(value, start + before.length, dialect) };
}

function encoded(value: string, start: number, dialect: CsvDialect): string {
  // At the very beginning it would be read as the byte order mark of the text.
  if (start === 0 && value.startsWith('\ufeff')) return quoteCell(value, dialect.quote);
  const isBare = dialect.quoting === 'nonnumeric' && bareValue.test(value);
  return encodeCell(isBare ? { bare: value } : value, dialect);
}

/** What to take out for a run of records, given what is on both sides of it. */
function withoutRun(text: string, { start, end }: Span): Span {
  const isCrBefore = text[start - 1] === '\r';
  // A CR and the LF of an empty line would become one line end; the LF of the run goes between them.
  if (isCrBefore && text[end] === '\n') return { start, end: end - 1 };
  if (end < text.length || endsLine(text, end)) return { start, end };
  const lineEnd = start - (isCrBefore || !text.endsWith('\r\n', start) ? 1 : 2);
  return endsLine(text, start) && !endsLine(text, lineEnd) && lineEnd > 0 ? { start: lineEnd, end } : { start, end };
}

function endsLine(text: string, end: number): boolean {
  return text[end - 1] === '\n' || text[end - 1] === '\r';
}
