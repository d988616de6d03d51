import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { planFixes } from '../../core/flagging/doctor/plan';
import type { Finding } from '../../core/flagging/doctor/types';
import { encodingOf } from '../../core/flagging/log/decode';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { chooseLog } from './chooseLogs';
import { FixPreview } from './fixPreview';
import { findingKey, LogFindings } from './logFindings';

/** VS Code keeps larger files from extensions. */
const mostBytes = 50 * 1024 * 1024;

/** *Check Flag Log*: what is wrong goes to the Problems view, what can be mended is offered. */
export function registerCheckFlagLog({ errors }: Pick<Services, 'errors'>): vscode.Disposable {
  const findings = new LogFindings(errors);
  const preview = new FixPreview();
  const command = registerCommand(commands.checkFlagLog, errors, async (given, key) => {
    const uri = await chooseLog(given);
    if (!uri) return;
    const document = await openLogDocument(uri);
    const found = await findings.check(document);
    const chosen =
      typeof key === 'string' ? found.filter((finding) => findingKey(finding) === key) : await choose(found, uri);
    if (await mend(document, chosen, preview)) await findings.check(document);
  });
  return vscode.Disposable.from(findings, preview, command);
}

/** A document that no editor shows would be closed again, and its findings with it. */
async function openLogDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is larger than VS Code lets extensions edit.', readablePath(uri.fsPath)),
      vscode.l10n.t('Check it in a terminal: flag-review check.'),
    );
  }
  const document = await openInItsEncoding(uri);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isShown = tabs.some(
    ({ input }) =>
      (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) &&
      input.uri.toString() === uri.toString(),
  );
  if (!isShown) await vscode.commands.executeCommand('vscode.open', uri);
  return document;
}

/** VS Code knows UTF-16 by itself, and takes all else for UTF-8; Gradio up to 3.1 wrote what its machine did. */
async function openInItsEncoding(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty || document.encoding !== 'utf8' || uri.scheme !== 'file') return document;
  if ((await encodingOf(uri.fsPath)) !== 'windows-1252') return document;
  return vscode.workspace.openTextDocument(uri, { encoding: 'windows1252' });
}

/** Lists what was found; what can be mended is chosen already. */
async function choose(found: readonly Finding[], { fsPath }: vscode.Uri): Promise<readonly Finding[]> {
  const name = readablePath(fsPath);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is wrong with {0}.', name));
    return [];
  }
  const findings = found.length === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', found.length);
  const mendable = found.filter(({ fix }) => fix !== null);
  if (mendable.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} in {1}. The Problems view lists them.', findings, name));
    return [];
  }
  const items = mendable.map((finding) => ({
    label: finding.fix?.title ?? '',
    description: vscode.l10n.t('line {0}', finding.line),
    detail: finding.message,
    picked: finding.fix?.type === 'edits',
    finding,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDetail: true,
    title: vscode.l10n.t('{0}: {1}, {2} can be mended', name, findings, mendable.length),
    placeHolder: vscode.l10n.t('What to mend; the changes are shown before they are made'),
  });
  return chosen?.map(({ finding }) => finding) ?? [];
}

async function mend(document: vscode.TextDocument, chosen: readonly Finding[], preview: FixPreview): Promise<boolean> {
  const plan = planFixes(chosen);
  const mended = plan.fixed.length > 0 && (await preview.offer(document, plan));
  for (const { fix } of chosen) {
    if (fix?.type !== 'merge') continue;
    await vscode.commands.executeCommand(
      commands.mergeFlagLogs,
      fix.logs.map((log) => vscode.Uri.file(log)),
    );
  }
  return mended;
}
