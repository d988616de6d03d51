import { realpath, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TableOptions } from '../../dataset/table';
import { isTablePath } from '../../dataset/openTable';
import { ExpectedError } from '../../errors';
import { withLock } from '../../flagging/lock';
import { noteRestoredSince } from '../ledger/removedRecords';
import { asExpected, ChangedError } from './failures';
import { rewrite } from './rewrite';
import { stateOf } from './source';
import type { FileState } from './types';
import { readUndo, undoFiles, undoFolder, type UndoRecord } from './undoFile';

/** Which apply would be taken back. */
export interface UndoPlan extends UndoRecord {
  /** Absolute, as it was named. */
  readonly dataset: string;
  /** The dataset with all links followed. */
  readonly file: string;
  /** Where the record lies. */
  readonly path: string;
  readonly read: FileState;
}

/**
 * Finds the apply that made the dataset what it is; writes nothing.
 *
 * @throws ChangedError when the dataset was changed since; ExpectedError when nothing was applied
 */
export async function planUndo(dataset: string): Promise<UndoPlan> {
  const paths = await undoFiles(dataset);
  const name = basename(dataset);
  if (paths.length === 0) {
    const why = isTablePath(dataset) && dataset.endsWith('.parquet') ? ': Parquet is corrected in a new file' : '';
    throw new ExpectedError(`There is nothing to undo in ${name}${why}.`, 'Older corrections are in its git history.');
  }
  const file = await realpath(dataset);
  const read = await stateOf(file);
  let newest: UndoRecord | undefined;
  for (const path of paths) {
    const record = await readUndo(path);
    if (!record) continue;
    if (record.after.sha256 === read.sha256) return { ...record, dataset, file, path, read };
    // An apply that was killed before it replaced the file left a record of what never was.
    if (record.before.sha256 !== read.sha256) newest ??= record;
  }
  if (!newest)
    throw new ExpectedError(`There is nothing to undo in ${name}.`, 'It is as it was before the last apply.');
  throw new ChangedError(
    `${name} was changed since corrections were applied at ${new Date(newest.time).toLocaleString()}. It stays as it is.`,
    'Take that change back first, or restore the file with git.',
  );
}

/**
 * Restores the dataset, byte for byte.
 *
 * @throws ChangedError when it was changed since the plan; ExpectedError when it cannot be written
 */
export async function runUndo(plan: UndoPlan, options: TableOptions = {}): Promise<void> {
  const { dataset, file, path, patch, read, before, time } = plan;
  try {
    await withLock(
      undoFolder(dataset),
      () => Promise.resolve(),
      async () => {
        await rewrite({
          ...options,
          ...read,
          file,
          patch,
          undoes: true,
          onReady: (_read, restored) => {
            if (restored.sha256 === before.sha256) return Promise.resolve();
            return Promise.reject(
              new ExpectedError(`${path} does not restore ${basename(file)}.`, 'Restore it with git.'),
            );
          },
        });
        await noteRestoredSince(dataset, time);
        await rm(path, { force: true });
      },
    );
  } catch (error) {
    throw asExpected(error, file);
  }
}
