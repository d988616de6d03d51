import * as vscode from 'vscode';
import { isTablePath } from '../core/dataset/openTable';
import { ExpectedError } from '../core/errors';
import { readablePath } from './paths';
import type { Reviews } from './reviews';

const datasetFiles = '**/*.{csv,tsv,tab,jsonl,ndjson,parquet}';
/** Logs, notes and what tools keep are no datasets. */
const excluded = '{**/node_modules/**,**/flagged/**,**/.gradio/**,**/.flag-review/**,**/.venv/**}';
const mostListed = 500;

/**
 * The dataset that a command is about: the one it was chosen on, else the one in front, else a person picks one.
 *
 * @param given what the command got
 * @param reviews know what a review panel in front shows
 * @throws ExpectedError when there is none, or it is no file on disk
 */
export async function chooseDataset(
  given: unknown,
  reviews: Pick<Reviews, 'active'>,
  placeHolder: string,
): Promise<vscode.Uri | undefined> {
  const chosen = given instanceof vscode.Uri ? given : (reviews.active ?? activeDataset());
  const dataset = chosen ?? (await pickDataset(placeHolder));
  if (dataset && dataset.scheme !== 'file') throw new ExpectedError(vscode.l10n.t('Save the dataset first.'));
  return dataset;
}

/** The dataset in front, as text or as a grid. */
export function activeDataset(): vscode.Uri | undefined {
  const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = tab instanceof vscode.TabInputText || tab instanceof vscode.TabInputCustom ? tab.uri : undefined;
  return uri && isTablePath(uri.path) ? uri : undefined;
}

/** A dataset of the workspace. @throws ExpectedError when there is none */
export async function pickDataset(placeHolder: string): Promise<vscode.Uri | undefined> {
  const found = await datasetsOfWorkspace();
  if (found.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('There is no dataset in this workspace.'),
      vscode.l10n.t('Add a CSV, TSV, JSON Lines or Parquet file.'),
    );
  }
  const items = found.map((uri) => ({ label: readablePath(uri.fsPath), uri }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

/** The datasets of the workspace by path; logs are none. */
export async function datasetsOfWorkspace(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(datasetFiles, excluded, mostListed);
  return found.sort((a, b) => readablePath(a.fsPath).localeCompare(readablePath(b.fsPath)));
}
