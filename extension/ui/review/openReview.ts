import type * as vscode from 'vscode';
import type { Review } from '../../core/review/review';

/** Opens the review of a dataset; what it takes is loaded with the first one. @param dataset absolute path */
export async function openReview(
  dataset: string,
  { log }: { readonly context: vscode.ExtensionContext; readonly log: vscode.LogOutputChannel },
): Promise<Review> {
  const { openDatasetReview } = await import('../../core/review/datasetReview');
  return openDatasetReview({
    dataset,
    reviewer: 'reviewer',
    log,
    createEngine: () => {
      throw new Error('This part of the review is being built.');
    },
  });
}
