import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors';
import { withLock } from '../../flagging/lock';
import { diskError } from '../diskError';
import { interruptedPush } from './journal';

/** Where the files of a push are made, in its folder. */
export function stagingFolder(folder: string): string {
  return join(folder, 'staged');
}

/**
 * Prepares or carries out a push while no other process uses its folder, which holds its journal and the files that were
 * made for it. They stay when the push was interrupted; else nothing of the folder does.
 *
 * @param folder absolute; the same for each push of one source to one branch
 * @throws ExpectedError naming the process that pushes the same, and for failures of the disk
 */
export async function inPushFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withLock(folder, nothingToMend, async () => {
      try {
        return await work();
      } finally {
        if (!(await interruptedPush(folder))) await rm(stagingFolder(folder), { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw diskError(error, folder, 'Mend that, and push again.');
  } finally {
    await rmdir(folder).catch((error: unknown) => {
      if (!stays.has(errorCode(error))) throw error;
    });
  }
}

/** Of a push that can go on, that is waited for, that has just been cleared away, or whose folder was never made. */
const stays: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EROFS']);

/** A push that died is found by its journal. */
const nothingToMend = (): Promise<void> => Promise.resolve();
