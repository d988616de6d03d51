import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { gitConfigOf, reviewerName } from '../../core/review/ledger/reviewer';
import type { Review } from '../../core/review/review';
import { workerServices } from '../demoRunner';
import { configured } from '../settings';

/**
 * Opens the review of a dataset; what it takes is loaded with the first one.
 *
 * @param dataset absolute path
 */
export async function openReview(
  dataset: string,
  services: { readonly context: vscode.ExtensionContext; readonly log: vscode.LogOutputChannel },
): Promise<Review> {
  const uri = vscode.Uri.file(dataset);
  const folder = path.dirname(dataset);
  const { openDatasetReview, createEngine } = await import('../../core/review/datasetReview');
  return openDatasetReview({
    dataset,
    reviewer: await reviewerName(configured('reviewer', uri), gitConfigOf(folder), os.userInfo().username),
    log: services.log,
    createEngine: () => {
      const cwd = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? folder;
      const worker = vscode.Uri.joinPath(services.context.extensionUri, 'dist', 'reviewWorker.cjs').fsPath;
      return createEngine({ ...workerServices(services, uri, cwd), worker });
    },
  });
}
