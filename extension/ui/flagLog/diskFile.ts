import { createHash } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { nothingThere } from '../../core/errors';

/** A file as it was read. */
export interface DiskState {
  readonly bytes: Uint8Array;
  /** Milliseconds, whole ones as VS Code counts them. */
  readonly mtime: number;
}

/** What is remembered of a file's content, enough to recognise it at the beginning of a longer one. */
export interface Fingerprint {
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** Reads a file; undefined when it is gone. */
export async function readDisk(file: string): Promise<DiskState | undefined> {
  const found = await stat(file).catch(nothingThere);
  const bytes = found && (await readFile(file).catch(nothingThere));
  return bytes && { bytes, mtime: Math.floor(found.mtimeMs) };
}

export function fingerprint(bytes: Uint8Array): Fingerprint {
  return { size: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') };
}

export function isSame(bytes: Uint8Array, known: Fingerprint): boolean {
  return bytes.length === known.size && fingerprint(bytes).hash === known.hash;
}

/** Whether a file has grown at its end and is the same before. */
export function hasGrown(bytes: Uint8Array, known: Fingerprint): boolean {
  return bytes.length > known.size && isSame(bytes.subarray(0, known.size), known);
}

/** Puts a file's time back, whole milliseconds. */
export async function setTime(file: string, mtime: number): Promise<void> {
  const time = new Date(mtime);
  await utimes(file, time, time);
}

/** Replaces a file's content at once, its mode and time kept. */
export async function replaceContent(file: string, bytes: Uint8Array): Promise<void> {
  const { mode, atime, mtime } = await stat(file);
  const temporary = `${file}.flag-review.tmp`;
  try {
    await writeFile(temporary, bytes, { mode, flush: true });
    await utimes(temporary, atime, mtime);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
