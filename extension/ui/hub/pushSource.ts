import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isTablePath } from '../../core/dataset/openTable';
import { ExpectedError } from '../../core/errors';
import { reviewFolder } from '../../core/review/folder';
import { activeDataset, datasetsOfWorkspace } from '../datasetPick';
import { readablePath } from '../paths';

/** What can be pushed. */
export interface PushSource {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'dataset' | 'folder';
  /** Whether label errors of it were reviewed. */
  readonly isReviewed: boolean;
}

const flaggingDirectories = '**/flagged/{logs*,log,dataset*}.csv';
const mostListed = 100;

/**
 * What a push is about: what the command was chosen on (a file, a folder, a line of a view), else the dataset in front,
 * else a person picks one.
 *
 * @returns undefined when the person left
 */
export async function choosePushSource(clicked: unknown): Promise<PushSource | undefined> {
  const chosen = uriOf(clicked) ?? activeDataset() ?? (await pickSource());
  if (!chosen) return undefined;
  if (chosen.scheme !== 'file') throw new ExpectedError(vscode.l10n.t('Save the dataset to this disk first.'));
  return sourceAt(chosen.fsPath);
}

/** @throws ExpectedError when it is neither a dataset nor a folder */
async function sourceAt(file: string): Promise<PushSource> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isDirectory()) return { path: file, kind: 'folder', isReviewed: false };
  if (!stats || !isTablePath(file)) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is no dataset.', readablePath(file)),
      vscode.l10n.t('Choose a CSV, TSV, JSON Lines or Parquet file, or a folder.'),
    );
  }
  return { path: file, kind: 'dataset', isReviewed: existsSync(reviewFolder(file)) };
}

/** Of a file of the Explorer, a dataset of *Label Errors*, or a log of *Flagged Samples*, which stands for its folder. */
function uriOf(clicked: unknown): vscode.Uri | undefined {
  if (clicked instanceof vscode.Uri) return clicked;
  const { review, file } = (clicked ?? {}) as {
    readonly review?: { readonly dataset?: unknown };
    readonly file?: unknown;
  };
  if (typeof review?.dataset === 'string') return vscode.Uri.file(review.dataset);
  return typeof file === 'string' ? vscode.Uri.file(path.dirname(file)) : undefined;
}

interface SourceItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
}

async function pickSource(): Promise<vscode.Uri | undefined> {
  const datasets = await datasetsOfWorkspace();
  const logs = await vscode.workspace.findFiles(flaggingDirectories, '**/node_modules/**', mostListed);
  const folders = [...new Set(logs.map(({ fsPath }) => path.dirname(fsPath)))];
  const other = vscode.l10n.t('$(folder-opened) Another file or folder…');
  const items: SourceItem[] = [
    ...datasets.map((uri) => ({ label: `$(table) ${readablePath(uri.fsPath)}`, uri })),
    ...folders.map((folder) => ({
      label: `$(flag) ${readablePath(folder)}`,
      description: vscode.l10n.t('flagged samples and their media'),
      uri: vscode.Uri.file(folder),
    })),
    { label: other },
  ];
  const placeHolder = vscode.l10n.t('What to push to the Hub');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (!chosen || chosen.uri) return chosen?.uri;
  const [opened] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: true })) ?? [];
  return opened;
}
