import * as vscode from 'vscode';
import { customEditors } from '../../ids';
import type { Services } from '../services';

/**
 * Shows a sample in the editor of its log.
 *
 * @param row its position in the log, from 0
 */
export async function openSampleInLog({ logEditors }: Services, log: vscode.Uri, row: number): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', log, customEditors.flagLog);
  logEditors.of(log)?.reveal(row);
}
