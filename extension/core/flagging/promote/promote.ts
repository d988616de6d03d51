import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, ExpectedError, messageOf } from '../../errors';
import { readAt } from '../../readAt';
import { notCopied } from '../media';
import type { MediaCopy, PromotionPlan, PromotionReceipt } from './types';

/**
 * Carries out a plan: files first, then the rows by one write. When anything fails, all of it is taken back.
 *
 * @throws ExpectedError naming the file that could not be copied or written
 */
export async function promote(plan: PromotionPlan): Promise<PromotionReceipt> {
  return withCopies(plan, async (media) => {
    const { offset, text } = await append(plan);
    return { dataset: plan.dataset, offset, text, begun: plan.begins, media };
  });
}

/**
 * Copies the files of a plan, then has the rows written. When that fails, the copies go again.
 *
 * @param write is given the absolute paths of the copies
 */
export async function withCopies<T>(plan: PromotionPlan, write: (media: readonly string[]) => Promise<T>): Promise<T> {
  const folder = dirname(plan.dataset);
  const media: string[] = [];
  try {
    for (const copy of plan.media) media.push(await copyBeside(folder, copy));
    return await write(media);
  } catch (error) {
    await removeCopies(media);
    throw error;
  }
}

/**
 * Takes back exactly what a promotion wrote.
 *
 * @throws ExpectedError when something was written behind it or it was changed since
 */
export async function undoPromotion({ dataset, offset, text, begun, media }: PromotionReceipt): Promise<void> {
  const bytes = Buffer.from(text);
  const file = await open(dataset, 'r+').catch((error: unknown) => {
    throw cannotUndo(dataset, error);
  });
  try {
    const { size } = await file.stat();
    const isLast = size === offset + bytes.length && (await readAt(file, offset, size)).equals(bytes);
    if (!isLast) throw cannotUndo(dataset);
    await file.truncate(offset);
    await file.sync();
  } finally {
    await file.close();
  }
  if (begun && offset === 0) await rm(dataset);
  await removeCopies(media);
}

function cannotUndo(dataset: string, cause?: unknown): ExpectedError {
  return new ExpectedError(
    `The samples are no longer the end of ${dataset}.`,
    'Remove them there by hand, or with the history of your version control.',
    '',
    { cause },
  );
}

async function copyBeside(folder: string, { source, target }: MediaCopy): Promise<string> {
  const path = join(folder, target);
  await mkdir(dirname(path), { recursive: true });
  await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch((error: unknown) => {
    throw notCopied(source, error);
  });
  return path;
}

/** A last line without its end is completed in the same write. */
async function append({ dataset, text }: PromotionPlan): Promise<{ offset: number; text: string }> {
  const file = await open(dataset, 'a+').catch((error: unknown) => {
    throw notWritten(dataset, error);
  });
  try {
    const { size } = await file.stat();
    const isOpen = size > 0 && (await readAt(file, size - 1, size)).toString() !== '\n';
    const whole = (isOpen ? (/\r?\n$/.exec(text)?.[0] ?? '\n') : '') + text;
    const bytes = Buffer.from(whole);
    const written = await file.write(bytes).then(
      (result) => result.bytesWritten,
      (error: unknown) => {
        throw notWritten(dataset, error);
      },
    );
    if (written < bytes.length) {
      await file.truncate(size);
      throw notWritten(dataset, undefined);
    }
    await file.sync();
    return { offset: size, text: whole };
  } finally {
    await file.close();
  }
}

function notWritten(dataset: string, cause: unknown): ExpectedError {
  const full = cause === undefined || errorCode(cause) === 'ENOSPC';
  return new ExpectedError(
    `Nothing was added to ${dataset}: ${full ? 'the disk is full' : messageOf(cause)}.`,
    full ? 'Make room, then try again.' : 'Check that the file can be written.',
    '',
    { cause },
  );
}

/** Removes copies that a promotion made, and their folder when nothing else is in it. */
export async function removeCopies(media: readonly string[]): Promise<void> {
  for (const path of media) {
    await rm(path, { force: true });
    if (existsSync(dirname(path))) await rmdir(dirname(path)).catch(() => undefined); // it holds other samples' files
  }
}
