import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { selectCsv } from '../core/flagging/selection/csvSelection';
import { selectFiles } from '../core/flagging/selection/fileSelection';
import { selectJsonLines } from '../core/flagging/selection/jsonLinesSelection';
import type { Span } from '../core/csv/spans';
import type { Selection } from '../core/flagging/selection/selection';
import { selectText } from '../core/flagging/selection/textSelection';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { DemoPanel } from './demoPanel';
import { pickDemoOption, pickOption } from './flaggingOptionPick';
import { readablePath } from './paths';
import type { Services } from './services';

/** *Flag Sample*: what it flags depends on where it is called. Nothing is run, so it also works without trust. */
export function registerFlagSample(services: Services): vscode.Disposable {
  const { errors, panels } = services;
  return registerCommand(commands.flagSample, errors, async (clicked, chosen) => {
    if (clicked === undefined && panels.active) return flagInPanel(panels.active);
    const target = targetOf(clicked, chosen);
    if (!target && panels.recent) return flagInPanel(panels.recent);
    if (!target) {
      throw new ExpectedError(
        vscode.l10n.t('There is nothing to flag here.'),
        vscode.l10n.t('Open a demo, a dataset, a text or a file.'),
      );
    }
    const selections = await selectionsOf(target);
    const option = await pickOption(services, target.uri, countOf(selections));
    if (option !== undefined) await services.flags.flag(target.uri, selections, option);
  });
}

async function flagInPanel(panel: DemoPanel): Promise<void> {
  const demo = panel.controller.current;
  if (!demo)
    throw new ExpectedError(
      vscode.l10n.t('This demo has no sample to flag.'),
      vscode.l10n.t('Correct its definition first.'),
    );
  if (demo.flaggingMode === 'never') {
    throw new ExpectedError(
      vscode.l10n.t('This demo does not allow flagging.'),
      vscode.l10n.t('Its definition says so.'),
    );
  }
  const option = await pickDemoOption(demo.flaggingOptions);
  if (option) await panel.perform('flag', option.value);
}

type Target =
  | { readonly type: 'editor'; readonly uri: vscode.Uri; readonly editor: vscode.TextEditor }
  | { readonly type: 'files'; readonly uri: vscode.Uri; readonly files: readonly vscode.Uri[] };

/** The Explorer gives the clicked file and all chosen ones; an editor's menu gives its document; a key gives nothing. */
function targetOf(clicked: unknown, chosen: unknown): Target | undefined {
  const files = Array.isArray(chosen) ? chosen.filter((uri) => uri instanceof vscode.Uri) : [];
  const editor = vscode.window.activeTextEditor;
  const inEditor = editor && (!(clicked instanceof vscode.Uri) || (files.length === 0 && isOf(editor, clicked)));
  if (inEditor) return { type: 'editor', uri: editor.document.uri, editor };
  const uri = clicked instanceof vscode.Uri ? clicked : activeFile();
  if (!uri) return undefined;
  return { type: 'files', uri, files: files.length > 0 ? files : [uri] };
}

function isOf({ document }: vscode.TextEditor, uri: vscode.Uri): boolean {
  return document.uri.toString() === uri.toString();
}

/** The file of an editor that is not a text editor, such as the image preview. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}

async function selectionsOf(target: Target): Promise<readonly Selection[]> {
  if (target.type === 'editor') return [selectInEditor(target.editor)];
  const files: string[] = [];
  for (const uri of target.files) {
    if (uri.scheme !== 'file')
      throw new ExpectedError(vscode.l10n.t('{0} is not a file on this disk.', uri.toString()));
    if ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) files.push(uri.fsPath);
  }
  if (files.length === 0)
    throw new ExpectedError(vscode.l10n.t('Folders cannot be flagged.'), vscode.l10n.t('Choose files in them.'));
  return selectFiles(files.map((file) => ({ path: file, source: readablePath(file) })));
}

function selectInEditor({ document, selections }: vscode.TextEditor): Selection {
  const text = document.getText();
  const spans: Span[] = selections.map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  const source = relativeSource(document.uri);
  const extension = path.extname(document.uri.path).toLowerCase();
  if (['.csv', '.tsv', '.tab'].includes(extension)) return selectCsv(text, spans, source);
  if (['.jsonl', '.ndjson'].includes(extension)) return selectJsonLines(text, spans, source);
  return selectText(text, spans, source);
}

/** Relative to its workspace folder; a file outside goes by its name. */
function relativeSource(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return path.posix.basename(uri.path);
  return path.relative(folder.uri.fsPath, uri.fsPath).replaceAll(path.sep, '/');
}

function countOf(selections: readonly Selection[]): number {
  return selections.reduce((sum, { samples }) => sum + samples.length, 0);
}
