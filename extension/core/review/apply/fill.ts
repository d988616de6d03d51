import { cellEnd, isLineEnd, lineEnd, type Separators } from '../../csv/recordSpans';
import { recordTexts, type RecordFile } from '../../csv/recordTexts';
import type { TableOptions } from '../../dataset/table';
import type { Fill } from './types';

/**
 * What gives records a last cell more: those with just as many cells as the header has. Shorter ones stay short, and longer
 * ones have an empty cell there already.
 *
 * @param except numbers of records that are seen to already
 */
export async function fillOf(
  file: RecordFile,
  columns: number,
  except: ReadonlySet<number>,
  options: TableOptions,
): Promise<Fill> {
  const records: [first: number, count: number][] = [];
  let number = 0;
  for await (const { text } of recordTexts(file, options)) {
    for (let at = 0; at < text.length; number++) {
      const { cells, end } = countCells(text, at, file.separators);
      at = end;
      if (cells !== columns || except.has(number)) continue;
      const last = records.at(-1);
      if (last && last[0] + last[1] === number) last[1]++;
      else records.push([number, 1]);
    }
  }
  const { encoding, bomLength, separators } = file;
  return { encoding, bomLength, separators, records };
}

function countCells(text: string, start: number, separators: Separators): { cells: number; end: number } {
  if (isLineEnd(text, start)) return { cells: 0, end: lineEnd(text, start) };
  for (let at = start, cells = 1; ; cells++) {
    const end = cellEnd(text, at, separators);
    if (text[end] !== separators.delimiter) return { cells, end: lineEnd(text, end) };
    at = end + 1;
  }
}
