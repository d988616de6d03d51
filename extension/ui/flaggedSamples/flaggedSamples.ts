import * as path from 'node:path';
import * as vscode from 'vscode';
import { commands, contextKeys, views } from '../../ids';
import { registerCommand, setContext } from '../commands';
import type { Services } from '../services';
import { openInDemo } from './openInDemo';
import { copyAsJson, openSample, pickOption, revealMedia } from './sampleActions';
import { SampleChanges } from './sampleChanges';
import { SamplesTree, sampleOrders, type MoreNode, type Node, type SampleNode, type SampleOrder } from './samplesTree';
import { markOf, WorkspaceLogs } from './workspaceLogs';

/**
 * The *Flagged Samples* view and its commands. Logs are looked for once the view is shown, and its badge counts from then
 * on: a scan of the workspace at start-up would be paid by everyone, for a number that few look at.
 */
export function registerFlaggedSamples(services: Services): vscode.Disposable {
  const { errors, sampleUndo } = services;
  const logs = new WorkspaceLogs(errors);
  const tree = new SamplesTree(logs);
  const view = vscode.window.createTreeView<Node>(views.flaggedSamples, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const changes = new SampleChanges(services);
  const chosen = (clicked: unknown, selected: unknown): SampleNode[] => {
    const nodes = chosenSamples(clicked, selected, view.selection);
    // A row that was read anew between the click and the command is none that VS Code knows.
    if (nodes.length === 0)
      void vscode.window.showInformationMessage(vscode.l10n.t('Choose samples in the view first.'));
    return nodes;
  };
  const reload = async (files: Iterable<string>): Promise<void> => {
    for (const file of new Set(files)) await logs.reload(file);
  };
  const change = async (nodes: readonly SampleNode[], run: () => Promise<void>): Promise<void> => {
    if (nodes.length > 0) await run().finally(() => reload(nodes.map(({ log }) => log.uri.fsPath)));
  };
  return vscode.Disposable.from(
    logs,
    tree,
    view,
    logs.onDidChange(() => showCounts(view, logs)),
    logs.onDidChange((file) => file ?? setContext(contextKeys.logFolders, foldersOf(logs))),
    registerCommand(commands.filterSamples, errors, () => filterSamples(logs)),
    registerCommand(commands.clearSampleFilter, errors, () => setFilter(logs, '')),
    registerCommand(commands.sortSamples, errors, () => sortSamples(tree)),
    registerCommand(commands.showMoreSamples, errors, (node) => tree.showMore(node as MoreNode)),
    registerCommand(commands.openSample, errors, (...args) =>
      withFirst(chosen(args[0], []), (node) => openSample(services, node)),
    ),
    registerCommand(commands.openSampleInDemo, errors, (...args) =>
      withFirst(chosen(args[0], []), (node) => openInDemo(services, node)),
    ),
    registerCommand(commands.unflagSamples, errors, (...args) => {
      const nodes = chosen(args[0], args[1]);
      return change(nodes, () => changes.unflag(nodes));
    }),
    registerCommand(commands.undoSampleChange, errors, () => sampleUndo.undo()),
    sampleUndo.onDidUndo(({ parts }) => void reload(parts.map((part) => part.log))),
    registerCommand(commands.markReviewed, errors, (...args) => {
      const nodes = chosen(args[0], args[1]);
      return change(nodes, () => changes.mark(nodes, true));
    }),
    registerCommand(commands.markNotReviewed, errors, (...args) => {
      const nodes = chosen(args[0], args[1]);
      return change(nodes, () => changes.mark(nodes, false));
    }),
    registerCommand(commands.changeOption, errors, async (...args) => {
      const nodes = chosen(args[0], args[1]);
      const option = nodes.length > 0 ? await pickOption(nodes) : undefined;
      if (option !== undefined) await change(nodes, () => changes.changeOption(nodes, option));
    }),
    registerCommand(commands.deleteSamples, errors, (...args) => {
      const nodes = chosen(args[0], args[1]);
      return change(nodes, () => changes.deleteWithMedia(nodes));
    }),
    registerCommand(commands.copySampleAsJson, errors, (...args) => copyAsJson(chosen(args[0], args[1]))),
    registerCommand(commands.revealSampleMedia, errors, (...args) => withFirst(chosen(args[0], []), revealMedia)),
    registerCommand(commands.promoteChosen, errors, (...args) => promoteChosen(chosen(args[0], args[1]))),
  );
}

/** VS Code passes what was clicked and, when that is part of it, the selection; from a key there is neither. */
function chosenSamples(clicked: unknown, selected: unknown, selection: readonly Node[]): SampleNode[] {
  const several = Array.isArray(selected) && selected.length > 0 ? (selected as Node[]) : undefined;
  const nodes = several ?? (clicked ? [clicked as Node] : selection);
  return nodes.filter((node) => node.kind === 'sample');
}

async function withFirst(nodes: readonly SampleNode[], run: (node: SampleNode) => Promise<void>): Promise<void> {
  const [first] = nodes;
  if (first) await run(first);
}

/** One log after the other, since a dataset has the columns of one. */
async function promoteChosen(nodes: readonly SampleNode[]): Promise<void> {
  const rows = new Map<string, number[]>();
  for (const { log, read } of nodes) {
    const file = log.uri.fsPath;
    rows.set(file, [...(rows.get(file) ?? []), read.sample.row]);
  }
  for (const [file, own] of rows) {
    await vscode.commands.executeCommand(commands.promoteSamples, vscode.Uri.file(file), own);
  }
}

async function filterSamples(logs: WorkspaceLogs): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter flagged samples'),
    placeHolder: vscode.l10n.t('Text in any column'),
    value: logs.filter,
  });
  if (text !== undefined) await setFilter(logs, text);
}

async function setFilter(logs: WorkspaceLogs, text: string): Promise<void> {
  await logs.setFilter(text);
  setContext(contextKeys.samplesFiltered, logs.filter !== '');
}

async function sortSamples(tree: SamplesTree): Promise<void> {
  const labels: Readonly<Record<SampleOrder, string>> = {
    newest: vscode.l10n.t('Newest first'),
    option: vscode.l10n.t('By option'),
    source: vscode.l10n.t('As in the log'),
  };
  const items = sampleOrders.map((order) => ({
    label: labels[order],
    description: order === tree.order ? vscode.l10n.t('now') : '',
    order,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Order of flagged samples') });
  if (picked) tree.order = picked.order;
}

/** What is left to review, and what the filter hides. */
function showCounts(view: vscode.TreeView<Node>, logs: WorkspaceLogs): void {
  let all = 0;
  let open = 0;
  let matching = 0;
  for (const log of logs.all) {
    const { rows } = log.index;
    all += rows.length;
    matching += log.matching?.size ?? rows.length;
    open += rows.reduce((count, _, row) => count + (markOf(log, row).reviewed ? 0 : 1), 0);
  }
  view.badge =
    open > 0
      ? {
          value: open,
          tooltip: open === 1 ? vscode.l10n.t('1 sample to review') : vscode.l10n.t('{0} samples to review', open),
        }
      : undefined;
  const isFiltered = logs.filter !== '';
  view.message = isFiltered ? vscode.l10n.t('{0} of {1} samples contain “{2}”.', matching, all, logs.filter) : '';
}

/** Every folder of the workspace below which there is a log. */
function foldersOf(logs: WorkspaceLogs): Record<string, true> {
  const folders: Record<string, true> = {};
  for (const { uri } of logs.all) {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(uri.fsPath);
    for (let folder = path.dirname(uri.fsPath); folder.length >= root.length; folder = path.dirname(folder)) {
      folders[folder] = true;
      if (folder === path.dirname(folder)) break;
    }
  }
  return folders;
}
