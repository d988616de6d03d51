import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands, customEditors } from '../../ids';
import { registerCommand } from '../commands';
import type { Services } from '../services';
import { watchFile } from '../watchFile';
import { FlagLogEditor } from './flagLogEditor';
import { LargeLog, largestText } from './largeLog';
import { logEditorOf } from './logEditor';
import { LogSession } from './logSession';
import { OpenLogs } from './openLogs';

/**
 * The editor for flag logs. It is registered twice: for logs in a flagging directory it is the one that opens, for
 * other tables it is offered by *Reopen Editor With…*. The patterns of the first name the schemes of files, so that it
 * does not fit both sides of a comparison with another version, and VS Code compares them as text.
 */
class FlagLogProvider implements vscode.CustomTextEditorProvider {
  private readonly logs: OpenLogs;

  constructor(private readonly services: Services) {
    this.logs = new OpenLogs(services);
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const open = this.logs.acquire(document);
    const editor = new FlagLogEditor(this.services, document.uri, panel);
    const session = new LogSession(this.services, open, editor.media, panel, () => editor.shown());
    const changes = open.onDidChange(() => editor.changed(document.version));
    this.services.logEditors.add(editor);
    panel.onDidDispose(() => {
      changes.dispose();
      this.logs.release(document);
    });
    editor.start(session);
  }
}

/** Logs that VS Code hands to no extension as text. */
class LargeLogProvider implements vscode.CustomReadonlyEditorProvider {
  constructor(private readonly services: Services) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const editor = new FlagLogEditor(this.services, uri, panel);
    const log = new LargeLog(this.services, uri, editor.media, (percent) => editor.progress(percent));
    const watch = watchFile(uri, () => editor.changed(log.reload()));
    this.services.logEditors.add(editor);
    panel.onDidDispose(() => {
      watch.dispose();
      log.dispose();
    });
    editor.start(log);
  }
}

export function registerFlagLogs(services: Services): vscode.Disposable {
  const { errors } = services;
  const provider = new FlagLogProvider(services);
  const options = { supportsMultipleEditorsPerDocument: true };
  const redirect = (tabs: readonly vscode.Tab[]): void => {
    for (const tab of tabs) redirectLarge(tab).catch((error: unknown) => errors.report(error));
  };
  redirect(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(customEditors.flagLog, provider, options),
    vscode.window.registerCustomEditorProvider(customEditors.table, provider, options),
    vscode.window.registerCustomEditorProvider(customEditors.largeLog, new LargeLogProvider(services), options),
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => redirect(opened)),
    registerCommand(commands.openAsText, errors, () => reopenActive(() => 'default')),
    registerCommand(commands.reopenAsFlagLog, errors, () => reopenActive(logEditorOf)),
  );
}

/**
 * A large log is opened by its own editor in the place of the one that was chosen: VS Code calls no text editor's
 * provider for it and shows an error instead.
 */
async function redirectLarge(tab: vscode.Tab): Promise<void> {
  const { input } = tab;
  if (!(input instanceof vscode.TabInputCustom) || input.uri.scheme !== 'file') return;
  const isOurs = [customEditors.flagLog, customEditors.table].some((type) => type === input.viewType);
  if (!isOurs || (await stat(input.uri.fsPath)).size <= largestText) return;
  await reopen(tab, input.uri, customEditors.largeLog);
}

async function reopenActive(editorOf: (uri: vscode.Uri) => string): Promise<void> {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (tab?.input instanceof vscode.TabInputCustom || tab?.input instanceof vscode.TabInputText) {
    await reopen(tab, tab.input.uri, editorOf(tab.input.uri));
  }
}

/** How often the tab of the former editor is closed, and milliseconds in between. */
const mostTries = 5;
const pause = 100;

/** Shows a file in another editor, in the place of the one it is in. The document, unsaved or not, is the same. */
async function reopen(tab: vscode.Tab, uri: vscode.Uri, editor: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, editor, tab.group.viewColumn);
  const isLeft = ({ input }: vscode.Tab): boolean =>
    (input instanceof vscode.TabInputCustom ? input.viewType : 'default') !== editor && isOf(input, uri);
  // A tab in preview was replaced already. While its editor fails to open, VS Code may not know the tab for a moment.
  for (let tries = 0; tries < mostTries; tries++) {
    const left = tab.group.tabs.find(isLeft);
    if (!left) return;
    const closed = await vscode.window.tabGroups.close(left).then(undefined, () => false);
    if (!closed) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function isOf(input: unknown, uri: vscode.Uri): boolean {
  if (!(input instanceof vscode.TabInputCustom) && !(input instanceof vscode.TabInputText)) return false;
  return input.uri.toString() === uri.toString();
}
