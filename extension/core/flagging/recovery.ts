import { open } from 'node:fs/promises';
import { errorCode } from '../errors';
import type { Log } from '../log';
import type { Recover } from './lock';
import { removeMedia } from './media';
import { removeBytes } from './removeBytes';
import { readAt } from './rowCount';

/**
 * Brings a flagging directory into order after its writer died: a row that is there whole stays, a torn one is cut
 * off, and the files of a row that is not there are removed.
 */
export function recovery(flaggingDir: string, log: Log): Recover {
  return async (intents) => {
    const media = intents.flatMap(({ media: file }) => (typeof file === 'string' ? [file] : []));
    const append = intents.find((intent) => typeof intent.append === 'string');
    const written = append !== undefined && (await completeOrCut(append));
    if (!written) await removeMedia(media, flaggingDir);
    log.warn(
      `A process ended while it was flagging into ${flaggingDir}; its row is ${written ? 'there' : 'not there'}.`,
    );
  };
}

/** @returns whether the row is there */
async function completeOrCut({ append, size, text }: Record<string, unknown>): Promise<boolean> {
  if (typeof append !== 'string' || typeof size !== 'number' || typeof text !== 'string') return false;
  const appended = await readFrom(append, size);
  const bytes = Buffer.from(text);
  if (appended.includes(bytes)) return true;
  const torn = commonPrefix(appended, bytes);
  if (torn > 0) await removeBytes(append, size, torn);
  return false;
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      return await readAt(file, offset, (await file.stat()).size);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function commonPrefix(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
