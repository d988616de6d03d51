import { guessDelimiter } from '../../csv/delimiter';
import { parseRecords } from '../../csv/parse';
import { ExpectedError } from '../../errors';
import { isRecord, jsonOrUndefined } from '../../json';
import type { DatasetLayout } from './types';

/**
 * How a dataset file is written.
 *
 * @param fileName decides between CSV (`.csv`, `.tsv`) and JSON Lines (`.jsonl`, `.ndjson`)
 * @param head the beginning of the file, empty for a new one
 * @param newColumns the columns that a new file gets
 * @throws ExpectedError for another kind of file, and for JSON Lines that hold something else than objects
 */
export function datasetLayout(fileName: string, head: string, newColumns: readonly string[]): DatasetLayout {
  const extension = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const text = head.replace(/^\ufeff/, '');
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  switch (extension) {
    case 'csv':
    case 'tsv':
      return csvLayout(text, newColumns, lineEnd, extension === 'tsv' ? '\t' : undefined);
    case 'jsonl':
    case 'ndjson':
      return { format: 'jsonl', columns: text.trim() === '' ? newColumns : keysOf(text), lineEnd };
    default:
      throw new ExpectedError(
        `Samples cannot be added to ${fileName}.`,
        'Choose a dataset in a .csv, .tsv or .jsonl file.',
      );
  }
}

function csvLayout(
  text: string,
  newColumns: readonly string[],
  lineEnd: '\n' | '\r\n',
  delimiter = guessDelimiter(text),
): DatasetLayout {
  if (text === '') return { format: 'csv', columns: newColumns, delimiter, quotesAll: false, lineEnd };
  const [columns = []] = parseRecords(text, { delimiter, quote: '"' });
  const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
  const quotesAll = firstLine === columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(delimiter);
  return { format: 'csv', columns, delimiter, quotesAll, lineEnd };
}

/** Keys in the order of their first appearance; a line that the head cuts off is left out. */
function keysOf(head: string): string[] {
  const keys = new Set<string>();
  const lines = head.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = jsonOrUndefined(line);
    if (isRecord(value)) for (const key of Object.keys(value)) keys.add(key);
    else if (index < lines.length - 1 || index === 0) {
      throw new ExpectedError(`Line ${index + 1} of the dataset is not a JSON object.`, 'Mend the line first.');
    }
  }
  return [...keys];
}
