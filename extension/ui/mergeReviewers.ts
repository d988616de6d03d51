import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import type { DatasetAgreement } from '../core/review/ledger/datasetAgreement';
import { agreementMarkdown } from '../core/review/ledger/describeAgreement';
import { otherReviewers, secondPassRows } from '../core/review/secondPass';
import { commands } from '../ids';
import type { ChosenRecords } from '../protocol/review';
import { registerCommand } from './commands';
import { chooseDataset } from './datasetPick';
import type { ReviewReports } from './labelDiff/reviewReports';
import { readablePath } from './paths';
import { withProgress } from './progress';
import type { Services } from './services';

/** Conflicts that are listed; more make a document that nobody reads. */
const mostShown = 10_000;
/** The same in what is copied: a pull request takes 65,536 characters. */
const mostCopied = 100;
const shares = [0.05, 0.1, 0.2, 0.5];

/** *Merge Reviewers*: how far reviewers agree, and what to do where they do not. */
export function registerMergeReviewers(
  { reviews, errors }: Pick<Services, 'reviews' | 'errors'>,
  reports: ReviewReports,
): vscode.Disposable {
  return registerCommand(commands.mergeReviewers, errors, async (clicked) => {
    const given = clicked instanceof vscode.Uri ? clicked : reviews.active;
    const dataset = await chooseDataset(given, vscode.l10n.t('Dataset whose reviewers are compared'));
    if (!dataset) return;
    const name = readablePath(dataset.fsPath);
    const agreement = await withProgress(vscode.l10n.t('Comparing the reviewers of {0}', name), async (signal) => {
      const { datasetAgreement } = await import('../core/review/ledger/datasetAgreement');
      return datasetAgreement(dataset.fsPath, {}, { signal });
    });
    if (!agreement) return;
    await reports.show(dataset, vscode.l10n.t('{0}: agreement', name), {
      shown: agreementMarkdown(agreement, name, mostShown),
      copied: agreementMarkdown(agreement, name, mostCopied),
    });
    const queue = await pickQueue({ reviews }, dataset, agreement);
    if (queue) await vscode.commands.executeCommand(commands.openReview, dataset, queue);
  });
}

/** What a review is opened with. */
interface Queue extends ChosenRecords {
  /** Hides what the model suggests and what others decided. */
  readonly blind: boolean;
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<Queue | undefined> | Queue;
}

async function pickQueue(
  { reviews }: Pick<Services, 'reviews'>,
  dataset: vscode.Uri,
  { conflicts, pairs }: DatasetAgreement,
): Promise<Queue | undefined> {
  const rows = conflicts.map(({ row }) => row);
  const [first] = pairs;
  const kappa = first?.kappa?.toFixed(2) ?? '–';
  const agree = first?.share == null ? '–' : `${(100 * first.share).toFixed(1)} %`;
  const conflictItem: Choice = {
    label:
      rows.length === 1
        ? vscode.l10n.t('$(git-compare) Review 1 Conflict')
        : vscode.l10n.t('$(git-compare) Review {0} Conflicts', rows.length),
    detail: vscode.l10n.t('Records on which reviewers differ, one after the other'),
    choose: () => ({ name: vscode.l10n.t('conflicts'), rows, blind: false }),
  };
  const blindItem: Choice = {
    label: vscode.l10n.t('$(eye-closed) Blind Second Pass…'),
    detail: vscode.l10n.t('Decide a sample of the records of another reviewer, without seeing what was said'),
    choose: () => pickSample({ reviews }, dataset),
  };
  const chosen = await vscode.window.showQuickPick([...(rows.length > 0 ? [conflictItem] : []), blindItem], {
    title: vscode.l10n.t('{0}, {1}: {2} agreement, kappa {3}', first?.first ?? '', first?.second ?? '', agree, kappa),
    placeHolder: vscode.l10n.t('What to review'),
    ignoreFocusOut: true,
  });
  return chosen?.choose();
}

async function pickSample({ reviews }: Pick<Services, 'reviews'>, dataset: vscode.Uri): Promise<Queue | undefined> {
  const review = await reviews.of(dataset);
  const others = otherReviewers(review);
  const title = vscode.l10n.t('Blind Second Pass');
  const placeHolder = vscode.l10n.t('Reviewer whose records are decided again');
  const other = others.length > 1 ? await vscode.window.showQuickPick(others, { title, placeHolder }) : others[0];
  if (other === undefined) return undefined;
  if (secondPassRows(review, other, 1).length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('There is no candidate that {0} has decided and you have not.', other),
      review.found ? '' : vscode.l10n.t('Find label errors first.'),
    );
  }
  const items = shares.map((share) => {
    const rows = secondPassRows(review, other, share);
    const count = rows.length === 1 ? vscode.l10n.t('1 record') : vscode.l10n.t('{0} records', rows.length);
    return { label: `${100 * share} %`, description: count, rows };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Share of the records of {0} that you have not decided', other),
  });
  return chosen && { name: vscode.l10n.t('second pass of {0}', other), rows: chosen.rows, blind: true };
}
