import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { readablePath } from '../paths';

const logFiles = '**/{logs,logs-*,log,log-*,dataset*}.csv';
const mostListed = 500;

/** The log that a command is about: the one it was called with, that of the active tab, or one that a person picks. */
export async function chooseLog(given: unknown): Promise<vscode.Uri | undefined> {
  if (given instanceof vscode.Uri) return given;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isOpen = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  if (isOpen && /\.(?:csv|jsonl)$/i.test(input.uri.path)) return input.uri;
  const [chosen] = (await pickLogs(false)) ?? [];
  return chosen;
}

/** The logs that a command was called with, or those that a person picks. */
export async function chooseLogs(given: unknown, selection: unknown): Promise<readonly vscode.Uri[] | undefined> {
  const several = Array.isArray(given) ? given : selection;
  const uris = Array.isArray(several) ? several.filter((uri) => uri instanceof vscode.Uri) : [];
  return uris.length > 1 ? uris : pickLogs(true, given instanceof vscode.Uri ? given : undefined);
}

async function pickLogs(many: boolean, first?: vscode.Uri): Promise<readonly vscode.Uri[] | undefined> {
  const found = await vscode.workspace.findFiles(logFiles, '**/node_modules/**', mostListed);
  if (found.length === 0) {
    throw new ExpectedError(vscode.l10n.t('There is no flag log yet.'), vscode.l10n.t('Flag a sample first.'));
  }
  const items = found
    .map((uri) => ({ label: readablePath(uri.fsPath), uri, picked: uri.toString() === first?.toString() }))
    .sort((a, b) => a.label.localeCompare(b.label));
  if (!many) {
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Flag log to check') });
    return chosen && [chosen.uri];
  }
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Flag logs to merge'),
  });
  return chosen?.map(({ uri }) => uri);
}
