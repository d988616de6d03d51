import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { TextEdit } from '../../core/csv/spans';
import { LogText } from '../../core/flagging/log/logText';
import type { SampleNode } from './samplesTree';

/** The document of a log that has changes which are not saved yet: what is on disk is then not what a person sees. */
export function unsavedDocument({ log }: SampleNode): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.isDirty && isOf(document, log.uri));
}

/** Changes a row of a document as one edit, which Ctrl+Z takes back. */
export async function editRow(
  document: vscode.TextDocument,
  { log, read }: SampleNode,
  make: (text: LogText, row: number) => readonly TextEdit[],
): Promise<void> {
  const text = new LogText(log.uri.path.split('/').at(-1) ?? '', document.getText());
  const wanted = withoutLineEnd(read.text);
  const rows = Array.from({ length: text.count }, (_, row) => row);
  const row = rows.find((at) => withoutLineEnd(text.recordText(at)) === wanted);
  if (row === undefined) {
    throw new ExpectedError(
      vscode.l10n.t('The row was changed in an editor that is not saved yet.'),
      vscode.l10n.t('Save the log first.'),
    );
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text: by } of make(text, row)) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), by);
  }
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new ExpectedError(vscode.l10n.t('The log could not be changed.'));
}

function isOf(document: vscode.TextDocument, uri: vscode.Uri): boolean {
  return document.uri.toString() === uri.toString();
}

/** An editor may have changed the line ends of all rows. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}
