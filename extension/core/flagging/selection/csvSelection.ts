import { guessDelimiter } from '../../csv/delimiter';
import { eachRecord, type TextRecord } from '../../csv/parse';
import type { Span } from '../../csv/spans';
import { ExpectedError } from '../../errors';
import type { SelectedSample, Selection } from './selection';
import { sourceFolder } from './sourceFolder';

/**
 * The records of a CSV or TSV text that the spans touch, the header excepted; its names become the columns.
 *
 * @param relativePath of the file, with `/`; `.tsv` and `.tab` are read with tabs, the rest as its header tells
 */
export function selectCsv(text: string, spans: readonly Span[], relativePath: string): Selection {
  const delimiter = /\.(tsv|tab)$/i.test(relativePath) ? '\t' : guessDelimiter(text);
  const records = eachRecord(text, { delimiter, quote: '"' });
  const header = records.next();
  const names = header.done ? [] : header.value.cells;
  const end = Math.max(...spans.map((span) => span.end));
  const touched: TextRecord[] = [];
  for (const record of records) {
    if (record.start > end) break;
    if (!isBlank(record) && spans.some((span) => touches(record, span, text))) touched.push(record);
  }
  if (touched.length === 0) {
    throw new ExpectedError('There is no record at the cursor.', 'Go to a record below the header.');
  }
  return { folder: sourceFolder(relativePath), samples: touched.map(({ cells }) => sampleOf(cells, names)) };
}

function isBlank({ cells }: TextRecord): boolean {
  return cells.length === 0;
}

/** A cursor behind the last character counts for the record before it, unless a line end stands between. */
function touches(record: TextRecord, span: Span, text: string): boolean {
  if (span.start < span.end) return span.start < record.end && span.end > record.start;
  if (span.start >= record.start && span.start < record.end) return true;
  return span.start === text.length && record.end === text.length && !/[\r\n]$/.test(text);
}

/** A record that is too short is filled with empty cells; cells beyond the header get columns of their own. */
function sampleOf(cells: readonly string[], names: readonly string[]): SelectedSample {
  const width = Math.max(cells.length, names.length);
  const columns = Array.from({ length: width }, (_, index) => {
    const label = names[index]?.trim() || `column ${index + 1}`;
    const text = cells[index] ?? '';
    return isPlainNumber(text)
      ? { component: { kind: 'number', label } as const, value: Number(text) }
      : { component: { kind: 'textbox', label } as const, value: text };
  });
  return { components: columns.map(({ component }) => component), data: columns.map(({ value }) => value) };
}

/** Whether a number written back gives the same text: only then may it stand in the log without a guard. */
function isPlainNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text;
}
