import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { TextPlan } from '../../core/review/apply/planText';
import { readablePath } from '../paths';

/** The editor's text of a dataset, when it is not what the file has. */
export function unsavedText({ uri }: { readonly uri: vscode.Uri }): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((open) => open.isDirty && open.uri.toString() === uri.toString());
}

/**
 * Makes the edits of a plan in the editor's text, where they can be undone; nothing is saved.
 *
 * @param version of the document that was planned for
 * @throws ExpectedError when the text changed since, or its encoding may not have a character of a label
 */
export async function editUnsaved(document: vscode.TextDocument, { edits }: TextPlan, version: number): Promise<void> {
  const name = readablePath(document.uri.fsPath);
  if (document.isClosed || document.version !== version) {
    throw new ExpectedError(
      vscode.l10n.t('{0} has changed since it was read. Nothing was written.', name),
      vscode.l10n.t('Apply again.'),
    );
  }
  const isUnicode = document.encoding.startsWith('utf');
  if (!isUnicode && edits.some(({ text }) => /[^\0-\x7f]/.test(text))) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is in {1}, which may not have all characters of the labels.', name, document.encoding),
      vscode.l10n.t('Save it, then apply again.'),
    );
  }
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (await vscode.workspace.applyEdit(change)) return;
  throw new ExpectedError(vscode.l10n.t('VS Code refused to change {0}.', name), vscode.l10n.t('Apply again.'));
}
