import { encodeCell, quoteCell, type CsvDialect } from './dialect';
import { cellContent } from './parse';
import { closingQuote, firstStart } from './recordSpans';
import type { RecordSpan, Span, TextEdit } from './spans';

/** What Python's `repr` gives for the values that it leaves bare when it quotes all others. */
const bareValue = /^(?:-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]\d+)?|inf)|nan|True|False)$/;

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
  if (cellContent(text, start, end, dialect.quote) === value) return { start, end: start, text: '' };
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
  const edits: TextEdit[] = [];
  for (let index = 0; index < records.length; index++) {
    const { start = 0 } = records[index] ?? {};
    while (records[index]?.end === records[index + 1]?.start) index++;
    const { contentEnd = start, end = start } = records[index] ?? {};
    edits.push({ ...withoutRun(text, { start, end }, contentEnd < end), text: '' });
  }
  return edits;
}

/** The text after all edits; they belong to the text before, in any order, and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
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

/**
 * What to take out for a run of whole records, given what is on both sides of it. Looks at four characters before the run
 * and one behind it.
 *
 * @param hasLineEnd whether its last record has one
 */
export function withoutRun(text: string, { start, end }: Span, hasLineEnd: boolean): Span {
  const first = firstStart(text);
  // A CR and the LF of an empty line would become one line end; the LF of the run goes between them.
  if (start > first && text[start - 1] === '\r' && text[end] === '\n') return { start, end: end - 1 };
  if (start === first || hasLineEnd) return { start, end };
  const lineEnd = start - (text.startsWith('\r\n', start - 2) ? 2 : 1);
  const isEmptyLine = lineEnd === first || text[lineEnd - 1] === '\n' || text[lineEnd - 1] === '\r';
  return { start: isEmptyLine ? start : lineEnd, end };
}
