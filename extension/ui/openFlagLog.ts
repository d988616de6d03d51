import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { commands } from '../ids';
import { registerCommand } from './commands';
import { logEditorOf } from './flagLog/logEditor';
import { readablePath } from './paths';
import type { Services } from './services';

/** Where flag logs are looked for when nothing was flagged yet. */
const logFiles = '**/{flagged,.gradio/flagged}/**/{logs,logs-*,log,dataset*}.csv';
const mostListed = 200;

export function registerOpenFlagLog(services: Services): vscode.Disposable {
  const { errors, panels, flags } = services;
  return registerCommand(commands.openFlagLog, errors, async () => {
    await openLog(
      services,
      panels.active?.controller.logOf() ?? (panels.active ? undefined : flags.lastLog) ?? (await pickLog()),
    );
  });
}

/**
 * Shows a flag log at its last row. A callback of somebody else may name a folder, which is shown in the Explorer, or a
 * file that is no table.
 *
 * @param log absolute; undefined when a person chose none
 */
export async function openLog({ logEditors }: Services, log: string | undefined): Promise<void> {
  if (log === undefined) return;
  const uri = vscode.Uri.file(log);
  const found = await stat(log).catch(() => undefined);
  if (!found) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is not there any more.', readablePath(log)),
      vscode.l10n.t('Flag a sample to start it anew.'),
    );
  }
  if (found.isDirectory()) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
    return;
  }
  if (!log.endsWith('.csv')) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  await vscode.commands.executeCommand('vscode.openWith', uri, logEditorOf(uri));
  await logEditors.of(uri)?.revealLast();
}

export async function pickLog(placeHolder = vscode.l10n.t('Flag log to open')): Promise<string | undefined> {
  const found = await vscode.workspace.findFiles(logFiles, '**/node_modules/**', mostListed);
  if (found.length === 0) {
    throw new ExpectedError(vscode.l10n.t('There is no flag log yet.'), vscode.l10n.t('Flag a sample first.'));
  }
  if (found.length === 1) return found[0]?.fsPath;
  const items = found
    .map((uri) => ({ label: readablePath(uri.fsPath), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  return chosen?.uri.fsPath;
}
