import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, ExpectedError, messageOf } from '../../errors';
import { marksName } from '../log/marks';
import { notCopied } from '../media';
import { notesName } from '../notes';
import type { MergePlan } from './types';

export interface MergeWatch {
  readonly signal?: AbortSignal | undefined;
  /** @param done of all files that are copied */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** Refuses a directory that a merge may not make. @throws ExpectedError when something is there */
export async function checkNewDirectory(out: string): Promise<void> {
  const found = await lstat(out).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw notWritten(out, error);
  });
  if (found) throw new ExpectedError(`${out} is there already.`, 'Name a new directory: nothing is merged in place.');
}

/**
 * Carries out a plan in a new directory, which appears only when all of it is written.
 *
 * @param out absolute path of the directory
 * @returns absolute path of the new log
 * @throws ExpectedError when something could not be written; the signal's reason when it is aborted. Nothing is left then
 */
export async function mergeLogs(plan: MergePlan, out: string, { signal, progress }: MergeWatch = {}): Promise<string> {
  await checkNewDirectory(out);
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}`);
  try {
    await mkdir(temporary, { recursive: true });
    for (const [index, { source, target }] of plan.media.entries()) {
      signal?.throwIfAborted();
      progress?.(index, plan.media.length);
      await copyInto(temporary, source, target);
    }
    await write(join(temporary, plan.logName), plan.records);
    await write(join(temporary, notesName), plan.notes);
    await write(join(temporary, marksName), plan.marks);
    signal?.throwIfAborted();
    await checkNewDirectory(out);
    await rename(temporary, out);
    return join(out, plan.logName);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw errorCode(error) === undefined ? error : notWritten(out, error);
  }
}

async function copyInto(folder: string, source: string, target: string): Promise<void> {
  const path = join(folder, target);
  await mkdir(dirname(path), { recursive: true });
  await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch((error: unknown) => {
    throw errorCode(error) === 'ENOSPC' ? error : notCopied(source, error);
  });
}

/** A file without lines is not made. */
async function write(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const file = await open(path, 'wx');
  try {
    for (let at = 0; at < lines.length; at += 1000) await file.appendFile(lines.slice(at, at + 1000).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

function notWritten(out: string, cause: unknown): ExpectedError {
  const full = errorCode(cause) === 'ENOSPC';
  return new ExpectedError(
    `The logs could not be merged into ${out}: ${full ? 'the disk is full' : messageOf(cause)}.`,
    full ? 'Nothing was left there. Make room, then merge again.' : 'Name another directory.',
    '',
    { cause },
  );
}
