import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { applyEdits } from '../../csv/editCells';
import { decode, detectEncoding, encode, type Encoding } from '../../csv/encodings';
import { errorCode, ExpectedError } from '../../errors';
import type { Log } from '../../log';
import { separatorsOf } from '../log/readLog';
import type { LogLayout } from '../log/types';
import { withLock } from '../lock';
import { recovery } from '../recovery';
import { encodeFor, rewriteLog } from '../rewriteLog';
import type { FixPlan } from './plan';

/** Where a terminal, which has no trash, puts files that no row names. */
export const trashFolder = '.flag-review-trash';

/** A log that may be changed in place. */
export interface FixableLog {
  /** A byte order mark is its first character. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** @throws ExpectedError for a log whose bytes are no text in any encoding, so that they could not be kept */
export async function readFixableLog(log: string): Promise<FixableLog> {
  const bytes = await readFile(log);
  const { encoding } = detectEncoding(bytes, true);
  const text = decode(bytes, encoding);
  if (encode(text, encoding)?.equals(bytes)) return { text, encoding };
  throw new ExpectedError(`${log} is no text in ${encoding}, so it cannot be checked here.`, 'Look at its bytes.');
}

/**
 * Changes a log as planned, under the lock of its directory: it is written anew beside itself and renamed over the old
 * one, and what another program appends meanwhile is carried over.
 *
 * @param before what the log held when the plan was made
 * @throws ExpectedError when the log has changed since, or the disk is full; nothing is done then
 */
export async function fixLog(
  log: string,
  before: FixableLog,
  layout: LogLayout,
  plan: Pick<FixPlan, 'edits' | 'trash'>,
  report: Log,
): Promise<void> {
  const folder = dirname(log);
  await withLock(folder, recovery(folder, report), async () => {
    if (plan.edits.length > 0) await rewrite(log, before, layout, applyEdits(before.text, plan.edits));
    for (const file of plan.trash) await putAway(file, folder);
  });
}

async function rewrite(log: string, { text, encoding }: FixableLog, layout: LogLayout, after: string): Promise<void> {
  const fixed = encodeFor(after, encoding);
  try {
    await rewriteLog(log, { csv: separatorsOf(layout) }, ({ bytes }) => {
      if (encode(text, encoding)?.equals(bytes)) return [{ offset: 0, length: bytes.length, bytes: fixed }];
      throw new ExpectedError(`${log} has changed since it was checked.`, 'Check it again.');
    });
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error;
    throw new ExpectedError(
      `${log} could not be mended: the disk is full. Nothing was changed.`,
      'Make room, then check it again.',
      '',
      { cause: error },
    );
  }
}

async function putAway(file: string, folder: string): Promise<void> {
  const path = relative(folder, file);
  const target = join(folder, trashFolder, path.startsWith('..') ? basename(file) : path);
  await mkdir(dirname(target), { recursive: true });
  await rename(file, target);
}
