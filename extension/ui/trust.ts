import * as vscode from 'vscode';
import type { Blocked } from '../protocol/demo';

/** Why a demo may not run in this workspace, or null. Nothing of an untrusted workspace is ever run. */
export function blockedByTrust(): Blocked | null {
  if (vscode.workspace.isTrusted) return null;
  return {
    reason: vscode.l10n.t('This workspace is not trusted, so its code is not run.'),
    action: vscode.l10n.t('Manage Workspace Trust'),
  };
}

export async function manageTrust(): Promise<void> {
  await vscode.commands.executeCommand('workbench.trust.manage');
}
