import { recordTexts, type RecordFile } from '../csv/recordTexts';
import type { TableOptions } from './table';

/**
 * The lines of a UTF-8 file without the empty ones, read as they are asked for.
 *
 * @throws ExpectedError when there is no such file, or a line is longer than 256 MB
 */
export async function* linesOf(path: string, options: TableOptions = {}): AsyncGenerator<string, void, undefined> {
  const file: RecordFile = { path, encoding: 'utf-8', bomLength: 0, separators: { delimiter: '', quote: '' } };
  for await (const { text } of recordTexts(file, options)) {
    for (const line of text.split(/\r\n|[\r\n]/)) if (line !== '') yield line;
  }
}
