import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { layoutOfLog, linesGlob, logGlob } from '../../core/flagging/log/findLogs';
import { isRecord } from '../../core/json';
import { readablePath } from '../paths';

/** VS Code takes no braces within braces. */
const globs = [logGlob, linesGlob];
const mostListed = 500;

/** The log that a command is about: the one it was called with, that of the active tab, or one that a person picks. */
export async function chooseLog(given: unknown): Promise<vscode.Uri | undefined> {
  const [clicked] = uriOf(given);
  if (clicked) return clicked;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isOpen = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  if (isOpen && /\.(?:csv|jsonl)$/i.test(input.uri.path)) return input.uri;
  const items = await listedLogs();
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Flag log to check') });
  return chosen?.uri;
}

/**
 * The logs that a command was called with: as files, as folders that hold them, or as nodes of the view. A person picks
 * more when that is a single one.
 *
 * @param given what was clicked, or several of these
 * @param selection what was selected with it
 */
export async function chooseLogs(given: unknown, selection: unknown): Promise<readonly vscode.Uri[] | undefined> {
  const several: readonly unknown[] = Array.isArray(given) ? given : Array.isArray(selection) ? selection : [given];
  const logs = (await Promise.all(several.flatMap(uriOf).map(logsAt))).flat();
  const unique = [...new Map(logs.map((uri) => [uri.toString(), uri])).values()];
  if (unique.length > 1) return unique;
  const items = await listedLogs(unique[0]);
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Merge Flag Logs'),
    placeHolder: vscode.l10n.t('Flag logs to merge'),
  });
  return chosen?.map(({ uri }) => uri);
}

function uriOf(given: unknown): vscode.Uri[] {
  if (given instanceof vscode.Uri) return [given];
  return isRecord(given) && given.kind === 'log' && typeof given.file === 'string' ? [vscode.Uri.file(given.file)] : [];
}

/** The log itself, or the logs in a folder. @throws ExpectedError when there is none in it */
async function logsAt(uri: vscode.Uri): Promise<vscode.Uri[]> {
  const { type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) === 0) return [uri];
  const logs = await findLogs(uri);
  if (logs.length > 0) return logs;
  throw new ExpectedError(
    vscode.l10n.t('There is no flag log in {0}.', readablePath(uri.fsPath)),
    vscode.l10n.t('Choose a folder that was flagged into.'),
  );
}

/** Files that bear the name of a log and are one, by their paths; of the whole workspace, or of a folder. */
export async function findLogs(folder?: vscode.Uri): Promise<vscode.Uri[]> {
  const patterns = globs.map((glob) => (folder ? new vscode.RelativePattern(folder, glob) : glob));
  const found = await Promise.all(
    patterns.map((pattern) => vscode.workspace.findFiles(pattern, '**/node_modules/**', mostListed)),
  );
  const logs: vscode.Uri[] = [];
  for (const uri of found.flat()) if (await layoutOfLog(uri.fsPath)) logs.push(uri);
  return logs.sort((a, b) => a.fsPath.localeCompare(b.fsPath));
}

async function listedLogs(picked?: vscode.Uri) {
  const logs = await findLogs();
  if (logs.length === 0) {
    throw new ExpectedError(vscode.l10n.t('There is no flag log yet.'), vscode.l10n.t('Flag a sample first.'));
  }
  return logs.map((uri) => ({
    label: readablePath(uri.fsPath),
    uri,
    picked: uri.toString() === picked?.toString(),
  }));
}
