import { open, type FileHandle } from 'node:fs/promises';
import { notFound } from './errors';

/** @throws ExpectedError when there is no such file */
export function openForReading(path: string): Promise<FileHandle> {
  return open(path, 'r').catch(notFound(`There is no file ${path}.`, 'Check its path.'));
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
