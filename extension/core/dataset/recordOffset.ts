import { guessDelimiter } from '../csv/delimiter';
import { firstStart, isLineEnd, lineEnd, recordEnd, type Separators } from '../csv/recordSpans';
import type { TableFormat } from './table';

/**
 * Where a record begins in the text of a dataset, as `Table` counts them: without the header and empty lines.
 *
 * @param row from 0
 * @returns UTF-16 units; undefined when there are fewer records
 */
export function recordOffset(text: string, format: Exclude<TableFormat, 'parquet'>, row: number): number | undefined {
  const separators = separatorsOf(text, format);
  let left = format === 'jsonl' ? row : row + 1;
  for (let at = firstStart(text); at < text.length;) {
    if (isLineEnd(text, at)) {
      at = lineEnd(text, at);
      continue;
    }
    if (left-- === 0) return at;
    at = recordEnd(text, at, separators);
  }
  return undefined;
}

/** How the records of a text are divided, by its beginning. */
export function separatorsOf(text: string, format: 'csv' | 'tsv' | 'jsonl'): Separators {
  switch (format) {
    case 'jsonl':
      return { delimiter: '', quote: '' };
    case 'tsv':
      return { delimiter: '\t', quote: '"' };
    case 'csv':
      return { delimiter: guessDelimiter(text.replace(/^\uFEFF?[\r\n]+|^\uFEFF/, '')), quote: '"' };
  }
}
