import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { readablePath } from './paths';

/** Refuses a log whose editor holds what the file does not. @throws ExpectedError */
export function refuseUnsaved(log: vscode.Uri): void {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === log.toString());
  if (!open?.isDirty) return;
  throw new ExpectedError(
    vscode.l10n.t('{0} has unsaved changes.', readablePath(log.fsPath)),
    vscode.l10n.t('Save it first.'),
  );
}
