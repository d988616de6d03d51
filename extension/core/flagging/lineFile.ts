import { lstat, open, readFile, type FileHandle } from 'node:fs/promises';
import { errorCode, ExpectedError } from '../errors';
import { readAt } from '../readAt';

/** The lines of a text file without its empty ones; none when there is no such file. */
export async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(noFile);
  return (text ?? '').split('\n').filter((line) => line !== '');
}

/**
 * Appends lines by one write; a last line that was torn is ended first.
 *
 * @throws ExpectedError when they could not be written whole; nothing is left of them then
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if ((await lstat(path).catch(noFile))?.isFile() === false)
    throw new ExpectedError(`${path} is not a plain file, so nothing can be kept in it.`, 'Move it away.');
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const before = (await endsOpen(file, size)) ? '\n' : '';
    const bytes = Buffer.from(before + lines.map((line) => `${line}\n`).join(''));
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten === bytes.length) return;
    await file.truncate(size);
    throw new ExpectedError(`Not all could be written to ${path}: the disk is full.`, 'Make room.');
  } finally {
    await file.close();
  }
}

async function endsOpen(file: FileHandle, size: number): Promise<boolean> {
  return size > 0 && (await readAt(file, size - 1, size)).toString() !== '\n';
}

function noFile(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
  return undefined;
}
