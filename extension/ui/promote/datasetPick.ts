import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { ExpectedError, isNotFound } from '../../core/errors';
import { readablePath } from '../paths';

const datasetFiles = '**/*.{csv,tsv,jsonl,ndjson}';
/** Logs, notes and what tools keep are no datasets. */
const excluded = '{**/node_modules/**,**/flagged/**,**/.gradio/**,**/.flag-review/**,**/notes.jsonl,**/.venv/**}';
const mostListed = 500;
const lastDataset = 'promote.dataset';
const headBytes = 1 << 18;

/** The dataset that samples are added to: one of the workspace, the last one first, or a new one. */
export async function pickDataset(memory: vscode.Memento): Promise<vscode.Uri | undefined> {
  const last = memory.get<string>(lastDataset);
  const found = await vscode.workspace.findFiles(datasetFiles, excluded, mostListed);
  const items = found
    .map((uri) => ({ label: readablePath(uri.fsPath), uri }))
    .sort((a, b) => Number(b.uri.toString() === last) - Number(a.uri.toString() === last) || order(a.label, b.label));
  const create = { label: vscode.l10n.t('$(new-file) New Dataset…'), uri: undefined };
  const chosen = await vscode.window.showQuickPick([...items, create], {
    placeHolder: vscode.l10n.t('Dataset to add the samples to'),
  });
  const uri = chosen === create ? await newDataset() : chosen?.uri;
  if (uri) await memory.update(lastDataset, uri.toString());
  return uri;
}

function order(a: string, b: string): number {
  return a.localeCompare(b);
}

function newDataset(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, 'dataset.csv') } : {}),
    filters: { CSV: ['csv'], TSV: ['tsv'], [vscode.l10n.t('JSON Lines')]: ['jsonl'] },
    title: vscode.l10n.t('New Dataset'),
  });
}

/** The document of a dataset that has unsaved changes: rows are then added there. */
export function dirtyDocument(dataset: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === dataset.toString());
}

/**
 * The beginning of a dataset, from its unsaved document or the disk; empty when there is none yet.
 *
 * @throws ExpectedError for text that is not in UTF-8
 */
export async function headOfDataset(dataset: vscode.Uri): Promise<string> {
  const document = dirtyDocument(dataset);
  if (document) return document.getText().slice(0, headBytes);
  try {
    const file = await open(dataset.fsPath, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return decoded(buffer.subarray(0, bytesRead), dataset);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}

/** A character that the end of the head cuts through is no fault. */
function decoded(bytes: Uint8Array, dataset: vscode.Uri): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true });
  } catch (error) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is not in UTF-8, so no samples can be added to it.', readablePath(dataset.fsPath)),
      vscode.l10n.t('Save it as UTF-8 first.'),
      '',
      { cause: error },
    );
  }
}
