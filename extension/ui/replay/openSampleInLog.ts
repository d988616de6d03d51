import * as vscode from 'vscode';
import { openLog } from '../../core/flagging/log/readLog';

/**
 * Shows a sample in its log.
 *
 * @param row its position in the log, from 0
 */
export async function openSampleInLog(log: vscode.Uri, row: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(log);
  for await (const { sample, text } of (await openLog(log.fsPath)).records) {
    if (sample.row !== row) continue;
    const start = document.positionAt(document.getText().indexOf(text));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    return;
  }
}
