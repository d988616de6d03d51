import { open, type FileHandle } from 'node:fs/promises';
import { errorCode, ExpectedError } from './errors';

/** @throws ExpectedError when there is no such file */
export async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new ExpectedError(`There is no file ${path}.`, 'Check its path.', '', { cause: error });
  }
}

/** The bytes from `start` to `end`, or as many as there are. */
export async function readAt(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, end - start));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
