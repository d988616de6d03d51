import { basename } from 'node:path';
import { LineSplitter } from '../demo/runners/lineSplitter';
import { ExpectedError } from '../errors';
import { openForReading } from '../readAt';
import type { TableOptions } from './table';

/** A line of 100,000 classes has some megabytes. */
const longestLine = 1 << 26;
const chunkSize = 1 << 20;

/**
 * The lines of a UTF-8 file without the empty ones, read as they are asked for.
 *
 * @throws ExpectedError when there is no such file, or a line is longer than 64 MB
 */
export async function* linesOf(
  path: string,
  { signal, onProgress }: TableOptions = {},
): AsyncGenerator<string, void, undefined> {
  const file = await openForReading(path);
  try {
    const { size } = await file.stat();
    let lines: string[] = [];
    const splitter = new LineSplitter(
      longestLine,
      (line) => lines.push(line),
      () => {
        throw new ExpectedError(`${basename(path)} has a line of more than 64 MB.`, 'Write one record per line.');
      },
    );
    let done = 0;
    for await (const chunk of file.createReadStream({ highWaterMark: chunkSize, autoClose: false })) {
      signal?.throwIfAborted();
      const bytes = chunk as Buffer;
      splitter.push(bytes);
      done += bytes.length;
      onProgress?.(done, size);
      yield* lines;
      lines = [];
    }
    splitter.push(Buffer.from('\n'));
    yield* lines;
  } finally {
    await file.close();
  }
}
