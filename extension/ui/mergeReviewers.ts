import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { conflictsAmong, type PairAgreement } from '../core/review/ledger/agreement';
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
    const dataset = await chooseDataset(clicked, reviews, vscode.l10n.t('Dataset whose reviewers are compared'));
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
  readonly choose: () => Promise<Queue | undefined> | Queue | undefined;
}

async function pickQueue(
  { reviews }: Pick<Services, 'reviews'>,
  dataset: vscode.Uri,
  agreement: DatasetAgreement,
): Promise<Queue | undefined> {
  const { reviewers, conflicts, pairs } = agreement;
  const rows = conflicts.map(({ row }) => row);
  const [only, ...others] = pairs;
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
  const items = [...(rows.length > 0 ? [conflictItem] : []), blindItem];
  const isPair = only !== undefined && others.length === 0;
  const chosen = await vscode.window.showQuickPick(isPair ? items : [...items, ...pairItems(agreement)], {
    title: isPair ? pairText(only) : vscode.l10n.t('Agreement of {0} reviewers', reviewers.length),
    placeHolder: vscode.l10n.t('What to review'),
    ignoreFocusOut: true,
  });
  return chosen?.choose();
}

/** Every two of several reviewers, and the way to the records on which they differ. */
function pairItems({ pairs, conflicts }: DatasetAgreement): Choice[] {
  const heading: Choice = {
    label: vscode.l10n.t('Conflicts of two reviewers'),
    kind: vscode.QuickPickItemKind.Separator,
    choose: () => undefined,
  };
  const items = pairs.map((pair): Choice => {
    const { first, second, records } = pair;
    const rows = conflictsAmong(conflicts, [first, second]).map(({ row }) => row);
    return {
      label: `$(person) ${pairText(pair)}`,
      detail: vscode.l10n.t('They differ on {0} of the {1} records that both decided', rows.length, records),
      choose: () =>
        rows.length > 0
          ? { name: vscode.l10n.t('conflicts of {0} and {1}', first, second), rows, blind: false }
          : tellAgreed(pair),
    };
  });
  return [heading, ...items];
}

/** `ann, bob: 81.3 % agreement, kappa 0.72` */
function pairText({ first, second, share, kappa }: PairAgreement): string {
  const agree = share === null ? '–' : `${(100 * share).toFixed(1)} %`;
  return vscode.l10n.t('{0}, {1}: {2} agreement, kappa {3}', first, second, agree, kappa?.toFixed(2) ?? '–');
}

async function tellAgreed({ first, second }: PairAgreement): Promise<undefined> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t('There is no record on which {0} and {1} differ.', first, second),
  );
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
