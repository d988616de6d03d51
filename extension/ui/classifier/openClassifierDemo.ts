import * as vscode from 'vscode';
import { isTablePath } from '../../core/dataset/openTable';
import { ExpectedError } from '../../core/errors';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { pickTextAndLabel } from './columnPick';

const datasetFiles = '**/*.{csv,tsv,tab,jsonl,ndjson,parquet}';
/** Logs, notes and what tools keep are no datasets. */
const excluded = '{**/node_modules/**,**/flagged/**,**/.gradio/**,**/.flag-review/**,**/.venv/**}';
const mostListed = 500;

/** *Open Classifier Demo*: the built-in classifier, trained on a dataset, in a demo panel. */
export function registerOpenClassifierDemo(services: Services): vscode.Disposable {
  const { context, errors, panels, sources } = services;
  return registerCommand(commands.openClassifierDemo, errors, async (clicked) => {
    const dataset = clicked instanceof vscode.Uri ? clicked : (activeDataset() ?? (await pickDataset()));
    if (!dataset) return;
    if (dataset.scheme !== 'file') throw new ExpectedError(vscode.l10n.t('Save the dataset first.'));
    const columns = await pickTextAndLabel(dataset, context.workspaceState);
    if (columns) await panels.open(services, sources.ofClassifier(dataset, columns), vscode.ViewColumn.Active);
  });
}

/** The dataset in front, as text or as a grid. */
function activeDataset(): vscode.Uri | undefined {
  const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = tab instanceof vscode.TabInputText || tab instanceof vscode.TabInputCustom ? tab.uri : undefined;
  return uri && isTablePath(uri.path) ? uri : undefined;
}

async function pickDataset(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(datasetFiles, excluded, mostListed);
  if (found.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('There is no dataset in this workspace.'),
      vscode.l10n.t('Add a CSV, TSV, JSON Lines or Parquet file.'),
    );
  }
  const items = found
    .map((uri) => ({ label: readablePath(uri.fsPath), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Dataset that the classifier learns from'),
  });
  return chosen?.uri;
}
