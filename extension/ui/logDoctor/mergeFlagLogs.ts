import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LogFormat } from '../../core/demo/definition';
import { dialectFor } from '../../core/flagging/format/era';
import { logName } from '../../core/flagging/format/logName';
import { describeEra } from '../../core/flagging/log/eraText';
import { describeMerge, filesText } from '../../core/flagging/merge/describe';
import type { Files, MergePlan } from '../../core/flagging/merge/types';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { openLog } from '../openFlagLog';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { refuseUnsaved } from '../unsaved';
import { chooseLogs } from './chooseLogs';

const formats: readonly LogFormat[] = ['guide', 'gradio-4', 'gradio-6'];

/** *Merge Flag Logs*: joins logs into one in a new directory, once a person saw what that will be. */
export function registerMergeFlagLogs(services: Services): vscode.Disposable {
  return registerCommand(commands.mergeFlagLogs, services.errors, async (given, selection) => {
    const logs = await chooseLogs(given, selection);
    if (!logs || logs.length === 0) return;
    for (const log of logs) refuseUnsaved(log);
    const format = await askFormat();
    if (!format) return;
    const out = await askDirectory(baseOf(logs));
    if (out === undefined) return;
    const { mergeLogs, planMerge, readSources } = await import('../../core/flagging/merge/merging');
    const plan = await withProgress(vscode.l10n.t('Looking through the logs'), async (signal) => {
      const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      const paths = logs.map(({ fsPath }) => fsPath);
      return planMerge(await readSources(paths, folders, signal), format, signal);
    });
    if (!plan) return;
    const once = await confirm(plan, out);
    if (once === undefined) return;
    const merged = await withProgress(vscode.l10n.t('Merging the logs'), (signal, report) =>
      mergeLogs(plan, out, { once, signal, progress: report }),
    );
    await openLog(services, merged);
  });
}

/** The layout of the new log. */
async function askFormat(): Promise<LogFormat | undefined> {
  const details: Readonly<Record<LogFormat, string>> = {
    guide: vscode.l10n.t(
      'Files numbered in a folder a component, as in the guides of Gradio. What this extension flags into.',
    ),
    'gradio-4': vscode.l10n.t('Continued by CSVLogger of Gradio 4.'),
    'gradio-6': vscode.l10n.t('Continued by CSVLogger of Gradio 6.'),
  };
  const items = formats.map((format) => {
    const dialect = dialectFor(format, 'CSVLogger');
    return { label: describeEra(dialect.era), description: logName(dialect, 1), detail: details[format], format };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Merge Flag Logs'),
    placeHolder: vscode.l10n.t('Layout of the merged log'),
    ignoreFocusOut: true,
  });
  return chosen?.format;
}

/** Beside the flagging directory of the first log, as far as that is in the workspace. */
function baseOf([first]: readonly vscode.Uri[]): string {
  const folder = path.dirname(first?.fsPath ?? '');
  const beside = path.dirname(folder);
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(beside)) ? beside : folder;
}

/** Asks for a directory that is not there, absolute or relative to the one given. */
async function askDirectory(base: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Directory for the merged log'),
    prompt: vscode.l10n.t('Below {0}; it is made, nothing is merged in place.', readablePath(base)),
    value: freeName(base, 'merged'),
    ignoreFocusOut: true,
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

/** Shows what a merge will do. @returns whether duplicates are left out; undefined when it is not wanted */
async function confirm(plan: MergePlan, out: string): Promise<boolean | undefined> {
  const { samples, files, duplicates, sources } = plan;
  const left = (count: number): string =>
    vscode.l10n.t('$(git-merge) Merge {0} Samples of {1} Logs', count, sources.length);
  const all = { label: left(samples), detail: copied(files), once: false };
  const once = {
    label: left(samples - duplicates.count),
    description:
      duplicates.count === 1
        ? vscode.l10n.t('without 1 duplicate')
        : vscode.l10n.t('without {0} duplicates', duplicates.count),
    detail: copied({ count: files.count - duplicates.files.count, bytes: files.bytes - duplicates.files.bytes }),
    once: true,
  };
  const facts = describeMerge(plan, out, readablePath).flatMap(({ title, lines }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator, once: undefined },
    ...lines.map((label) => ({ label, alwaysShow: true, once: undefined })),
  ]);
  const chosen = await vscode.window.showQuickPick([all, ...(duplicates.count > 0 ? [once] : []), ...facts], {
    title: vscode.l10n.t('Merge into {0}', readablePath(out)),
    placeHolder: vscode.l10n.t('Nothing is written yet; this is what will be'),
    ignoreFocusOut: true,
  });
  return chosen?.once;
}

function copied(files: Files): string {
  return files.count > 0 ? vscode.l10n.t('Copies {0}', filesText(files)) : vscode.l10n.t('No file is copied');
}
