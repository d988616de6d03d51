import { open, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { applyEdits } from '../../csv/editCells';
import { ExpectedError } from '../../errors';
import type { Log } from '../../log';
import type { LogLayout } from '../log/types';
import { withLock } from '../lock';
import { carryOver } from '../removeBytes';
import { recovery } from '../recovery';
import type { FixPlan } from './plan';

/** Where a terminal, which has no trash, puts files that no row names. */
export const trashFolder = '.flag-review-trash';

const temporaryName = '.flag-review.fix';

/**
 * The text of a log that may be changed in place.
 *
 * @throws ExpectedError for a log that is not UTF-8: its other bytes could not be kept
 */
export async function readFixableLog(log: string): Promise<string> {
  const bytes = await readFile(log);
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return text;
  throw new ExpectedError(
    `${log} is not UTF-8, so it cannot be checked here.`,
    'Open it in VS Code with its own encoding and check it there.',
  );
}

/**
 * Changes a log as planned, under the lock of its directory: it is written anew beside itself and renamed over the old
 * one, and what another program appends meanwhile is carried over.
 *
 * @param text what the log held when the plan was made
 * @throws ExpectedError when the log has changed since; nothing is done then
 */
export async function fixLog(
  log: string,
  text: string,
  layout: Pick<LogLayout, 'csv'>,
  plan: Pick<FixPlan, 'edits' | 'trash'>,
  report: Log,
): Promise<void> {
  const folder = dirname(log);
  await withLock(folder, recovery(folder, report), async () => {
    if (plan.edits.length > 0) await rewrite(log, text, layout, applyEdits(text, plan.edits));
    for (const file of plan.trash) await putAway(file, folder);
  });
}

async function rewrite(log: string, before: string, { csv }: Pick<LogLayout, 'csv'>, after: string): Promise<void> {
  const old = await open(log, 'r');
  const temporary = join(dirname(log), temporaryName);
  try {
    const bytes = await old.readFile();
    if (!bytes.equals(Buffer.from(before)))
      throw new ExpectedError(`${log} has changed since it was checked.`, 'Check it again.');
    await rm(temporary, { force: true });
    const copy = await open(temporary, 'wx', (await old.stat()).mode);
    try {
      await copy.writeFile(after);
      await copy.sync();
    } finally {
      await copy.close();
    }
    await rename(temporary, log);
    await carryOver(old, bytes.length, { path: log, csv, header: Buffer.alloc(0) });
  } finally {
    await old.close();
    await rm(temporary, { force: true });
  }
}

async function putAway(file: string, folder: string): Promise<void> {
  const path = relative(folder, file);
  const target = join(folder, trashFolder, path.startsWith('..') ? basename(file) : path);
  await mkdir(dirname(target), { recursive: true });
  await rename(file, target);
}
