import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { formatOfPath } from '../core/dataset/openTable';
import { recordOffset } from '../core/dataset/recordOffset';
import { largestText } from './flagLog/largeLog';
import { readablePath } from './paths';
import type { Services } from './services';

/**
 * Shows a record where its dataset is edited: in the grid that is open for it, else in the text editor at its line.
 *
 * @param row number of the record, from 0
 * @throws ExpectedError for a record that has no line: of Parquet, of a large file, or one that is gone
 */
export async function openRecord({ logEditors }: Services, dataset: vscode.Uri, row: number): Promise<void> {
  const grid = logEditors.of(dataset);
  if (grid) {
    grid.panel.reveal();
    grid.reveal(row);
    return;
  }
  const format = formatOfPath(dataset.fsPath);
  if (format === undefined || format === 'parquet') {
    throw new ExpectedError(
      vscode.l10n.t('{0} has no lines: a Parquet file is no text.', readablePath(dataset.fsPath)),
      vscode.l10n.t('Open the record in the review.'),
    );
  }
  const { size } = await vscode.workspace.fs.stat(dataset);
  if (size > largestText) {
    throw new ExpectedError(
      vscode.l10n.t('{0} is above 50 MB, and VS Code shows extensions no text of it.', readablePath(dataset.fsPath)),
      vscode.l10n.t('Open the record in the review.'),
    );
  }
  const document = await vscode.workspace.openTextDocument(dataset);
  const offset = recordOffset(document.getText(), format, row);
  if (offset === undefined) {
    throw new ExpectedError(
      vscode.l10n.t('{0} has no record {1} any more.', path.basename(dataset.fsPath), row),
      vscode.l10n.t('Find label errors again.'),
    );
  }
  const at = document.positionAt(offset);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}
