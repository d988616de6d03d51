import type { TableOptions } from '../../dataset/table';
import { withLock } from '../../flagging/lock';
import { noteRemoved } from '../ledger/removedRecords';
import { asExpected } from './failures';
import { rewrite } from './rewrite';
import type { ApplyPlan, BytePatch } from './types';
import { forgetOthers, makeUndoFolder, UndoWriter } from './undoFile';
import { writeCorrectedParquet } from './writeParquet';

/**
 * Carries a plan out in one pass. At any moment, whenever the process or the machine stops, the dataset is the old one or
 * the new one; and before it is the new one, what restores the old one is on disk.
 *
 * @throws ChangedError when the dataset is not the one that was planned for; ExpectedError when it cannot be written; the
 *   reason of the signal when it is aborted. The dataset is the old one then
 */
export async function runApply(plan: ApplyPlan, options: TableOptions = {}): Promise<void> {
  const { patch, dataset, file, output } = plan;
  try {
    if ('cells' in patch) {
      await writeCorrectedParquet(plan, patch, options);
    } else {
      const folder = await makeUndoFolder(dataset);
      await withLock(
        folder,
        () => Promise.resolve(),
        () => replaceText(plan, patch, folder, options),
      );
    }
  } catch (error) {
    throw asExpected(error, 'cells' in patch ? output : file);
  }
}

async function replaceText(plan: ApplyPlan, patch: BytePatch, folder: string, options: TableOptions): Promise<void> {
  const { dataset, file, read, changes, discards, removes } = plan;
  await forgetOthers(dataset, read.sha256);
  const undo = await UndoWriter.create(folder);
  try {
    await rewrite({
      ...options,
      ...read,
      file,
      patch,
      onEdit: (offset, length, replaced) => undo.add(offset, length, replaced),
      onPiece: () => undo.flush(),
      onReady: (before, after) =>
        undo.finish({ time: new Date().toISOString(), changes, discards, before, after }, patch.fill),
    });
  } finally {
    await undo.close();
  }
  await noteRemoved(dataset, removes);
}
