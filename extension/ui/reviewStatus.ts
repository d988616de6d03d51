import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { reviewFolder } from '../core/review/folder';
import type { Review } from '../core/review/review';
import { commands } from '../ids';
import { readablePath } from './paths';
import type { Services } from './services';

/** What is left to review of the dataset in front, and to apply: in the status bar, where files have their place. */
export function registerReviewStatus({ reviews, errors }: Services): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('flagReview.review', vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t('Label errors');
  const draw = (review: Review | undefined): void => {
    if (review?.found) show(item, review);
    else item.hide();
  };
  const follow = async (dataset: vscode.Uri | undefined): Promise<void> => {
    const isReviewed = dataset && (reviews.ofOpen(dataset) ?? existsSync(reviewFolder(dataset.fsPath)));
    const review = isReviewed ? await reviews.of(dataset) : undefined;
    if (reviews.active?.toString() === dataset?.toString()) draw(review);
  };
  const update = (): void => void follow(reviews.active).catch((error: unknown) => errors.report(error));
  update();
  return vscode.Disposable.from(
    item,
    reviews.onDidChangeActive(update),
    reviews.onDidChange(({ review, change }) => {
      const isInFront = reviews.active?.fsPath === review.dataset;
      if (isInFront) draw(change === 'closed' ? undefined : review);
    }),
  );
}

function show(item: vscode.StatusBarItem, { dataset, counts }: Review): void {
  const pending = counts.pending + counts.skip;
  const text =
    counts.unapplied > 0
      ? vscode.l10n.t('{0} pending · {1} unapplied', pending, counts.unapplied)
      : vscode.l10n.t('{0} pending', pending);
  item.text = `$(checklist) ${text}`;
  item.tooltip = vscode.l10n.t(
    '{0}: {1} label-error candidates, {2} of them pending. {3} corrections are decided and not yet in the dataset. Click to open the review.',
    readablePath(dataset),
    counts.candidates,
    pending,
    counts.unapplied,
  );
  item.accessibilityInformation = { label: vscode.l10n.t('Label errors: {0}. Activate to open the review.', text) };
  item.command = {
    command: commands.openReview,
    title: vscode.l10n.t('Open Review'),
    arguments: [vscode.Uri.file(dataset)],
  };
  item.show();
}
