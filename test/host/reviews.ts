import * as vscode from 'vscode';
import { silentLog } from '../../extension/core/log';
import { openDatasetReview } from '../../extension/core/review/datasetReview';
import { LocalEngine } from '../../extension/core/review/engine/localEngine';
import type { Review } from '../../extension/core/review/review';
import { builtInSearch, servicesIn } from '../builtInSearch';
import { writeWorkspaceFile } from './workspace';

/** Messages of two kinds; the first three of each have the label of the other. */
export function messages(): { readonly text: string; readonly label: string }[] {
  return Array.from({ length: 60 }, (_, at) => {
    const isSpam = at % 2 === 0;
    const text = isSpam ? `win a free prize now ${at}` : `lunch with the team at noon ${at}`;
    return { text, label: isSpam === at >= 6 ? 'spam' : 'ham' };
  });
}

export async function writeMessages(name: string): Promise<vscode.Uri> {
  const lines = messages().map(({ text, label }) => `${text},${label}`);
  return writeWorkspaceFile(name, ['text,label', ...lines, ''].join('\n'));
}

/** A review beside that of the window, by another person. */
export function reviewBeside(dataset: vscode.Uri, reviewer = 'somebody'): Promise<Review> {
  return openDatasetReview({
    dataset: dataset.fsPath,
    reviewer,
    log: silentLog,
    createEngine: () => new LocalEngine(servicesIn('')),
  });
}

/** Leaves the candidates of a dataset where every window finds them. @returns their rows */
export async function findLabelErrors(dataset: vscode.Uri): Promise<number[]> {
  const review = await reviewBeside(dataset);
  await review.find(builtInSearch(dataset.fsPath));
  const rows = [...review.candidates.rows];
  await review.dispose();
  return rows;
}

/** Loads the extension as a command of it would. */
export async function activateExtension(): Promise<void> {
  await vscode.extensions.getExtension('flag-review.flag-review')?.activate();
}
