import { basename } from 'node:path';
import { guessDelimiter } from '../csv/delimiter';
import type { DetectedEncoding } from '../csv/encodings';
import { cellContent, readRecord } from '../csv/parse';
import { cellEnd, lineEnd, type Separators } from '../csv/recordSpans';
import { recordTexts } from '../csv/recordTexts';
import { ExpectedError } from '../errors';
import { distinctNames } from './columns';
import type { Table } from './table';
import { BadRecord, TextTable, type ReadCells } from './textTable';

/**
 * Opens comma- or tab-separated records under a header; other delimiters are told from it.
 *
 * @param head the beginning of the file's text
 */
export async function openCsvTable(
  path: string,
  detected: DetectedEncoding,
  head: string,
  format: 'csv' | 'tsv',
): Promise<Table> {
  const delimiter = format === 'tsv' ? '\t' : guessDelimiter(head.replace(/^\uFEFF?[\r\n]+|^\uFEFF/, ''));
  const separators: Separators = { delimiter, quote: '"' };
  const file = { path, ...detected, separators };
  for await (const { text } of recordTexts(file)) {
    const start = /[^\r\n]/.exec(text)?.index;
    if (start === undefined) continue;
    const columns = distinctNames(readRecord(text, start, separators).cells);
    const reading = (positions: readonly number[]): ReadCells => cellsReader(positions, columns.length, separators);
    return new TextTable(file, { format, columns, hasHeader: true, reading });
  }
  throw new ExpectedError(`${basename(path)} has no header.`, 'Name the columns in its first line.');
}

/** A record may have fewer cells than there are columns; more are an error unless they are empty. */
function cellsReader(positions: readonly number[], columns: number, separators: Separators): ReadCells {
  const { delimiter, quote } = separators;
  const places = Array.from({ length: columns }, (): number[] => []);
  for (const [place, position] of positions.entries()) places[position]?.push(place);
  return (text, from, cells) => {
    cells.fill(null);
    let isTooLong = false;
    for (let at = from, column = 0; ; column++) {
      const end = cellEnd(text, at, separators);
      if (column >= columns) isTooLong ||= end > at;
      for (const place of places[column] ?? []) cells[place] = cellContent(text, at, end, quote);
      if (text[end] !== delimiter) {
        if (isTooLong) throw tooManyCells(column + 1, columns, delimiter);
        return lineEnd(text, end);
      }
      at = end + 1;
    }
  };
}

function tooManyCells(cells: number, columns: number, delimiter: string): BadRecord {
  const separator = delimiter === '\t' ? 'a tab' : `a ${JSON.stringify(delimiter)}`;
  return new BadRecord(
    `has ${cells} cells, but the header names ${columns} column${columns === 1 ? '' : 's'}`,
    `Put quotes around a cell that has ${separator} in it, or remove what is too much.`,
  );
}
