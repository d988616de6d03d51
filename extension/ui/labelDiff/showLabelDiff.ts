import * as vscode from 'vscode';
import { isRecord } from '../../core/json';
import { diffDataset, type DiffAgainst } from '../../core/review/diff/diffDataset';
import { DecisionHistory } from '../../core/review/ledger/decisionHistory';
import { readLedgers } from '../../core/review/ledger/ledgerFile';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { chooseDataset } from '../datasetPick';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { refuseUnsaved } from '../unsaved';
import { DiffDocuments } from './diffDocuments';
import { pickAgainst } from './diffPick';

/** *Show Label Diff* and *Copy as Markdown*. */
export function registerLabelDiff({ errors, reviews }: Services): vscode.Disposable {
  const documents = new DiffDocuments();
  return vscode.Disposable.from(
    documents,
    registerCommand(commands.showLabelDiff, errors, async (clicked, given) => {
      const chosen = clicked instanceof vscode.Uri ? clicked : reviews.active;
      const dataset = await chooseDataset(chosen, vscode.l10n.t('Dataset whose labels are compared'));
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
      const diff = await withProgress(title, (signal, _report, say) =>
        diffDataset(dataset.fsPath, against, known, standing, {
          signal,
          onProgress: (done, size) => say(`${Math.floor((100 * done) / size)} %`),
        }),
      );
      if (diff) await documents.show(dataset, diff);
    }),
    registerCommand(commands.copyLabelDiff, errors, async (clicked) => {
      const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
      const copy = uri && documents.copyOf(uri);
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
