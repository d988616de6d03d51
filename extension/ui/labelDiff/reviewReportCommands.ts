import * as path from 'node:path';
import * as vscode from 'vscode';
import { isRecord } from '../../core/json';
import { diffMarkdown } from '../../core/review/diff/describeDiff';
import type { DiffAgainst } from '../../core/review/diff/diffDataset';
import { DecisionHistory } from '../../core/review/ledger/decisionHistory';
import { readLedgers } from '../../core/review/ledger/ledgerFile';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { chooseDataset } from '../datasetPick';
import { registerMergeReviewers } from '../mergeReviewers';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { refuseUnsaved } from '../unsaved';
import { pickAgainst } from './diffPick';
import { ReviewReports } from './reviewReports';

/** Entries of each list: more make a document that nobody reads. */
const mostShown = 10_000;
/** The same in what is copied: a pull request takes 65,536 characters. */
const mostCopied = 100;

/** *Show Label Diff*, *Merge Reviewers* and *Copy as Markdown*. */
export function registerReviewReports(services: Services): vscode.Disposable {
  const { errors, reviews } = services;
  const reports = new ReviewReports();
  return vscode.Disposable.from(
    reports,
    registerMergeReviewers(services, reports),
    registerCommand(commands.showLabelDiff, errors, async (clicked, given) => {
      const dataset = await chooseDataset(clicked, reviews, vscode.l10n.t('Dataset whose labels are compared'));
      if (!dataset) return;
      refuseUnsaved(dataset);
      const { entries } = await readLedgers(dataset.fsPath);
      const standing = new DecisionHistory(entries).standing();
      const reviewers = [...new Set(standing.map(({ reviewer }) => reviewer))].sort();
      const against = isAgainst(given) ? given : await pickAgainst(dataset, reviewers);
      if (!against) return;
      const title = vscode.l10n.t('Comparing labels of {0}', readablePath(dataset.fsPath));
      const columns = reviews.ofOpen(dataset)?.found?.settings;
      const known = { text: columns?.text ?? undefined, label: columns?.label };
      const diff = await withProgress(title, async (signal, _report, say) => {
        const { diffDataset } = await import('../../core/review/diff/diffDataset');
        const onProgress = (done: number, size: number): void => say(`${Math.floor((100 * done) / size)} %`);
        return diffDataset(dataset.fsPath, against, known, standing, { signal, onProgress });
      });
      if (!diff) return;
      const name = readablePath(dataset.fsPath);
      await reports.show(dataset, `${path.basename(dataset.fsPath)}: ${diff.before} → ${diff.after}`, {
        shown: diffMarkdown(diff, name, mostShown),
        copied: diffMarkdown(diff, name, mostCopied),
      });
    }),
    registerCommand(commands.copyLabelDiff, errors, async (clicked) => {
      const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
      const copy = uri && reports.copyOf(uri);
      if (copy === undefined) return;
      await vscode.env.clipboard.writeText(copy);
      vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied as Markdown'), 3000);
    }),
  );
}

/** What another extension or a key binding asks for. */
function isAgainst(given: unknown): given is DiffAgainst {
  if (!isRecord(given)) return false;
  if (given.kind === 'revision') return typeof given.revision === 'string';
  if (given.kind === 'file') return typeof given.path === 'string';
  return (
    given.kind === 'reviewers' &&
    typeof given.after === 'string' &&
    ['string', 'undefined'].includes(typeof given.before)
  );
}
