import { lstat, open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExpectedError, nothingThere } from '../errors';
import { readAt } from '../readAt';

/** The lines of a text file without its empty ones; none when there is no such file. */
export async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(nothingThere);
  return (text ?? '').split('\n').filter((line) => line !== '');
}

export interface AppendOptions {
  /** Settle only when the lines will be there after the machine stopped, too. */
  readonly durable?: boolean;
}

/**
 * Appends lines by one write; a last line that was torn is ended first. Under the lock of the folder.
 *
 * @throws ExpectedError when they could not be written whole, or the error of the disk; nothing is left of them then
 */
export async function appendLines(
  path: string,
  lines: readonly string[],
  { durable = false }: AppendOptions = {},
): Promise<void> {
  if ((await lstat(path).catch(nothingThere))?.isFile() === false)
    throw new ExpectedError(`${path} is not a plain file, so nothing can be kept in it.`, 'Move it away.');
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const before = (await endsOpen(file, size)) ? '\n' : '';
    try {
      await writeWhole(file, path, Buffer.from(before + lines.map((line) => `${line}\n`).join('')));
      if (durable) await file.sync();
    } catch (error) {
      await truncate(path, size); // by its name: Windows refuses it to a handle that only appends
      throw error;
    }
    if (durable && size === 0) await syncName(path);
  } finally {
    await file.close();
  }
}

async function writeWhole(file: FileHandle, path: string, bytes: Buffer): Promise<void> {
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten < bytes.length)
    throw new ExpectedError(`Not all could be written to ${path}: the disk is full.`, 'Make room.');
}

/** A new file is kept only when its folder is; Windows keeps folders by itself. */
async function syncName(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function endsOpen(file: FileHandle, size: number): Promise<boolean> {
  return size > 0 && (await readAt(file, size - 1, size)).toString() !== '\n';
}
