import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, ExpectedError, isNotFound, messageOf } from '../../errors';
import { randomDigits } from '../media';
import { MergedLog, type RandomDigits } from './mergedLog';
import { mergedRows } from './rows';
import type { MergePlan } from './types';

export interface MergeOptions {
  /** Leaves samples out that are the same as an earlier one, its time included. */
  readonly once?: boolean;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called at each further hundredth.
   *
   * @param done samples of `total` that are written, with their files
   */
  readonly progress?: ((done: number, total: number) => void) | undefined;
  readonly random?: RandomDigits;
}

/** Refuses a directory that a merge may not make. @throws ExpectedError when something is there */
export async function checkNewDirectory(out: string): Promise<void> {
  const found = await lstat(out).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw notWritten(out, error);
  });
  if (found) throw new ExpectedError(`${out} is there already.`, 'Name a new directory: nothing is merged in place.');
}

/**
 * Carries out a plan in a new directory, which appears only when all of it is written. The logs are read anew, row by
 * row.
 *
 * @param out absolute path of the directory
 * @returns absolute path of the new log
 * @throws ExpectedError when something could not be written, or a log changed since it was planned; the signal's reason
 *   when it is aborted. Nothing is left then
 */
export async function mergeLogs(plan: MergePlan, out: string, options: MergeOptions = {}): Promise<string> {
  await checkNewDirectory(out);
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}`);
  try {
    await mkdir(temporary, { recursive: true });
    await write(plan, temporary, options);
    options.signal?.throwIfAborted();
    await checkNewDirectory(out);
    await rename(temporary, out);
    return join(out, plan.logName);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw errorCode(error) === undefined ? error : notWritten(out, error);
  }
}

async function write({ work, samples }: MergePlan, folder: string, options: MergeOptions): Promise<void> {
  const { once = false, signal, progress, random = randomDigits } = options;
  const merged = new MergedLog(folder, work, random);
  let done = 0;
  try {
    for await (const row of mergedRows(work.sources, work.dialect)) {
      signal?.throwIfAborted();
      const original = work.originals[row.id] ?? 0;
      if (once && original > 0) await merged.leaveOut(row, original - 1);
      else await merged.addRow(row);
      done++;
      if (Math.floor((done * 100) / samples) > Math.floor(((done - 1) * 100) / samples)) progress?.(done, samples);
    }
    await merged.finish();
  } finally {
    await merged.close();
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
