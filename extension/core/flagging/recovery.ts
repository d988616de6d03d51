import { lstat, open } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { apostrophe, excel } from '../csv/dialect';
import { errorCode, nothingThere } from '../errors';
import type { Log } from '../log';
import { readAt } from '../readAt';
import type { Recover } from './lock';
import { removeMedia } from './media';
import { removeBytes } from './removeBytes';

/**
 * Brings a flagging directory into order after its writer died: a row that is there whole stays, a torn one is cut
 * off, and the files of a row that is not there are removed. Nothing outside the directory is touched, whatever the
 * notes of the dead writer say: they lie in a folder that may have come from anywhere.
 */
export function recovery(flaggingDir: string, log: Log): Recover {
  return async (intents) => {
    const media = intents.flatMap(({ media: file }) => (typeof file === 'string' ? [file] : []));
    const append = intents.find((intent) => typeof intent.append === 'string');
    const written = append !== undefined && (await completeOrCut(append, flaggingDir));
    if (!written)
      for (const file of media) if (await isOwnFile(file, flaggingDir)) await removeMedia([file], flaggingDir);
    log.warn(
      `A process ended while it was flagging into ${flaggingDir}; its row is ${written ? 'there' : 'not there'}.`,
    );
  };
}

/** @returns whether the row is there */
async function completeOrCut(
  { append, size, text, quote }: Record<string, unknown>,
  flaggingDir: string,
): Promise<boolean> {
  if (typeof append !== 'string' || typeof size !== 'number' || typeof text !== 'string') return false;
  if (dirname(append) !== flaggingDir || !append.endsWith('.csv') || !(await isOwnFile(append, flaggingDir)))
    return false;
  const appended = await readFrom(append, size);
  const bytes = Buffer.from(text);
  if (appended.includes(bytes)) return true;
  const torn = tornLength(appended, bytes);
  const csv = quote === apostrophe.quote ? apostrophe : excel;
  if (torn > 0) await removeBytes(append, size + appended.length - torn, torn, csv);
  return false;
}

/** A plain file below the directory, reached through no link. */
async function isOwnFile(path: string, flaggingDir: string): Promise<boolean> {
  const inside = relative(flaggingDir, path);
  if (inside === '' || inside.startsWith('..')) return false;
  if (!(await lstat(path).catch(noFileThere))?.isFile()) return false;
  for (let folder = dirname(path); folder !== flaggingDir; folder = dirname(folder)) {
    if (folder === dirname(folder) || !(await lstat(folder)).isDirectory()) return false;
  }
  return true;
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await readAt(file, offset, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/**
 * How many bytes at the end of a log are the beginning of a row. They follow what was there or a record that another
 * program appended, never its middle.
 */
function tornLength(appended: Buffer, row: Buffer): number {
  for (let start = 0; start >= 0 && start < appended.length; start = appended.indexOf('\n', start) + 1 || -1) {
    const length = appended.length - start;
    if (length < row.length && appended.subarray(start).equals(row.subarray(0, length))) return length;
  }
  return 0;
}

/** A lock's record may name a file below what is no folder. */
function noFileThere(error: unknown): undefined {
  if (errorCode(error) !== 'ENOTDIR') nothingThere(error);
  return undefined;
}
