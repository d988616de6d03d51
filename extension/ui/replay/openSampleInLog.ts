import * as vscode from 'vscode';
import { logEditorOf } from '../flagLog/logEditor';
import type { Services } from '../services';

/**
 * Shows a sample in the editor of its log.
 *
 * @param row its position in the log, from 0
 */
export async function openSampleInLog({ logEditors }: Services, log: vscode.Uri, row: number): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', log, logEditorOf(log));
  logEditors.of(log)?.reveal(row);
}
