import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { randomDigits } from '../../core/flagging/media';
import { describeMerge, mediaBytes, sizeText } from '../../core/flagging/merge/describe';
import { mergeLogs } from '../../core/flagging/merge/merge';
import { planMerge } from '../../core/flagging/merge/plan';
import { readSources } from '../../core/flagging/merge/readSources';
import type { MergePlan, MergeSource } from '../../core/flagging/merge/types';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { chooseLogs } from './chooseLogs';

/** *Merge Flag Logs*: joins logs into one in a new directory, once a person saw what that will be. */
export function registerMergeFlagLogs({ errors }: Pick<Services, 'errors'>): vscode.Disposable {
  return registerCommand(commands.mergeFlagLogs, errors, async (given, selection) => {
    const logs = await chooseLogs(given, selection);
    const [first] = logs ?? [];
    if (!logs || !first) return;
    const out = await askDirectory(path.dirname(path.dirname(first.fsPath)));
    if (out === undefined) return;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const paths = logs.map(({ fsPath }) => fsPath);
    const sources = await withProgress(vscode.l10n.t('Reading the logs'), (signal) =>
      readSources(paths, folders, signal),
    );
    const plan = sources && (await choosePlan(sources, out));
    if (!plan) return;
    const merged = await withProgress(vscode.l10n.t('Merging the logs'), (signal, report) =>
      mergeLogs(plan, out, { signal, progress: (done, total) => report(`${done}/${total}`) }),
    );
    if (merged !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(merged));
  });
}

/** Asks for a directory that is not there, absolute or relative to the one given. */
async function askDirectory(base: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Directory for the merged log'),
    prompt: vscode.l10n.t('Below {0}; it is made, nothing is merged in place.', readablePath(base)),
    value: freeName(base, 'merged'),
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Type a name.');
      return existsSync(path.resolve(base, value)) ? vscode.l10n.t('That is there already.') : undefined;
    },
  });
  return name === undefined ? undefined : path.resolve(base, name);
}

function freeName(base: string, name: string): string {
  let free = name;
  for (let number = 2; existsSync(path.join(base, free)); number++) free = `${name}-${number}`;
  return free;
}

/** Shows what a merge will do. @returns undefined when it is not wanted */
async function choosePlan(sources: readonly MergeSource[], out: string): Promise<MergePlan | undefined> {
  const planned = (once: boolean): MergePlan => planMerge({ sources, format: 'guide', once, random: randomDigits });
  const all = planned(false);
  const detail = vscode.l10n.t('{0} files to copy, {1}', all.media.length, sizeText(mediaBytes(all)));
  const merge = {
    label: vscode.l10n.t('$(git-merge) Merge {0} Samples of {1} Logs', all.records.length - 1, sources.length),
    detail,
  };
  const once = { label: vscode.l10n.t('$(git-merge) Merge, and Keep {0} Duplicates Once', all.duplicates.length) };
  const show = { label: vscode.l10n.t('$(list-flat) Show the Whole Plan') };
  const facts = describeMerge(all, out, readablePath).map((label) => ({ label: label.trim(), alwaysShow: true }));
  const chosen = await vscode.window.showQuickPick(
    [
      merge,
      ...(all.duplicates.length > 0 ? [once] : []),
      show,
      { label: vscode.l10n.t('What it will be'), kind: vscode.QuickPickItemKind.Separator },
      ...facts,
    ],
    { title: vscode.l10n.t('Merge into {0}', readablePath(out)), ignoreFocusOut: true },
  );
  if (chosen === merge) return all;
  if (chosen === once) return planned(true);
  if (chosen === show) {
    const content = `${describeMerge(all, out, readablePath).join('\n')}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
  }
  return undefined;
}

/** Runs work that a person may cancel. @returns undefined when they did */
function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      return await work(controller.signal, (message) => progress.report({ message }));
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  });
}
