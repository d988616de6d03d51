import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { LogText } from '../../core/flagging/log/logText';
import type { TableMedia } from '../tableMedia';

/** A file that only deleted rows named. */
interface Orphan {
  /** As the rows named it. */
  readonly text: string;
  readonly file: string;
}

/**
 * Files of deleted rows. They go to the trash only once the log is saved without the rows: until then an undo, a revert
 * or a crash brings the rows back, and with them their files. A remote machine has no trash: the question says that they
 * are deleted for good there.
 */
export class RowDeletion {
  private waiting: Orphan[] = [];

  /** Asks when files would go. @returns false when the person declined */
  async ask(log: LogText, rows: readonly number[], media: TableMedia): Promise<boolean> {
    const orphans = await orphansOf(log, rows, media);
    if (orphans.length === 0) return true;
    const hasTrash = vscode.env.remoteName === undefined;
    const trashed = vscode.l10n.t('The files go to the trash when the log is saved.');
    const deleted = vscode.l10n.t(
      'There is no trash on a remote machine: the files are deleted when the log is saved.',
    );
    const both = vscode.l10n.t('Delete Rows and Files');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete {0} rows and the {1} files that only they use?', rows.length, orphans.length),
      { modal: true, detail: hasTrash ? trashed : deleted },
      both,
      vscode.l10n.t('Delete Rows Only'),
    );
    if (choice === both) this.waiting.push(...orphans);
    return choice !== undefined;
  }

  /** Puts the files to the trash, where there is one, that the saved log does not name any more. */
  async saved(log: LogText): Promise<void> {
    const orphans = this.waiting.filter(({ text }) => !log.text.includes(text));
    this.waiting = [];
    for (const { file } of orphans) {
      try {
        await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: vscode.env.remoteName === undefined });
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') continue;
        throw new ExpectedError(
          vscode.l10n.t('{0} could not be deleted and stays beside the log.', path.basename(file)),
          vscode.l10n.t('Delete it yourself if you do not need it.'),
          String(error),
          { cause: error },
        );
      }
    }
  }
}

/** The files beside the log that these rows name and no other row does. */
async function orphansOf(log: LogText, rows: readonly number[], media: TableMedia): Promise<Orphan[]> {
  const deleted = new Set(rows);
  const named = new Set([...deleted].flatMap((row) => mediaOf(log, row)));
  if (named.size === 0) return [];
  for (let row = 0; row < log.count; row++) {
    if (!deleted.has(row)) for (const text of mediaOf(log, row)) named.delete(text);
  }
  const orphans: Orphan[] = [];
  for (const text of named) {
    const found = await media.resolve(text);
    if ('file' in found && media.isBeside(found.file)) orphans.push({ text, file: found.file });
  }
  return orphans;
}

function mediaOf(log: LogText, row: number): readonly string[] {
  return log.sample(row).values.flatMap(({ media }) => media);
}
