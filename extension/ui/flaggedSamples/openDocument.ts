import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { LogText } from '../../core/flagging/log/logText';
import type { TextEdit } from '../../core/csv/spans';
import type { SampleNode } from './samplesTree';

/** The document of a log that has changes which are not saved yet: what is on disk is then not what a person sees. */
export function unsavedDocument(log: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ isDirty, uri }) => isDirty && uri.toString() === log.toString());
}

/**
 * Changes rows of a document as one edit, which Ctrl+Z takes back.
 *
 * @param make the edits, given the rows of the samples in their order in the document
 * @throws ExpectedError when one of them was changed there; nothing is changed then
 */
export async function editRows(
  document: vscode.TextDocument,
  nodes: readonly SampleNode[],
  make: (text: LogText, rows: readonly number[]) => readonly TextEdit[],
): Promise<void> {
  const text = new LogText(path.posix.basename(document.uri.path), document.getText());
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text: by } of make(text, rowsOf(text, nodes))) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), by);
  }
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new ExpectedError(vscode.l10n.t('The log could not be changed.'));
}

function rowsOf(text: LogText, nodes: readonly SampleNode[]): number[] {
  const wanted = new Map<string, number>();
  for (const { read } of nodes) {
    const record = withoutLineEnd(read.text);
    wanted.set(record, (wanted.get(record) ?? 0) + 1);
  }
  const rows: number[] = [];
  for (let row = 0; row < text.count; row++) {
    const record = withoutLineEnd(text.recordText(row));
    const left = wanted.get(record) ?? 0;
    if (left === 0) continue;
    wanted.set(record, left - 1);
    rows.push(row);
  }
  if (rows.length === nodes.length) return rows;
  throw new ExpectedError(
    vscode.l10n.t('A row was changed in an editor that is not saved yet.'),
    vscode.l10n.t('Save the log first.'),
  );
}

/** An editor may have changed the line ends of all rows. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}
