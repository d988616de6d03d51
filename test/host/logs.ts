import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { until, writeWorkspaceFile } from './workspace';

/** A sample as it stands in a log. */
export const row = (name: string) => `${name},"said ""${name}""",wrong,2026-01-02 03:04:05.000006\r\n`;
/** A log of three samples. */
export const log = `text,Output,flag,timestamp\r\n${row('a')}${row('b')}${row('c')}`;
export const bytesOf = async (uri: vscode.Uri) => (await readFile(uri.fsPath)).toString('latin1');

/** Opens a log in its editor. @returns its document */
export async function openLog(name: string, content: string | Uint8Array): Promise<vscode.TextDocument> {
  const uri = await writeWorkspaceFile(name, content);
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(() => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputCustom) || input.uri.fsPath !== uri.fsPath) return undefined;
    return vscode.workspace.textDocuments.find((document) => document.uri.fsPath === uri.fsPath);
  });
}

/** Replaces the first occurrence of a text. */
export async function replaceIn(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)), by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
