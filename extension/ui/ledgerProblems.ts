import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LedgerFileProblem } from '../core/review/ledger/ledgerLines';
import type { Services } from './services';

/** Says what a person has to mend in a ledger, such as markers of a merge that was not finished; once in a window. */
export function registerLedgerProblems({ reviews, errors }: Pick<Services, 'reviews' | 'errors'>): vscode.Disposable {
  const told = new Set<string>();
  return reviews.onDidChange(({ review }) => {
    for (const problem of review.ledgerProblems) {
      const key = JSON.stringify([problem.path, problem.message]);
      if (told.has(key)) continue;
      told.add(key);
      tell(problem).catch((error: unknown) => errors.report(error));
    }
  });
}

async function tell({ path: ledger, lines: [line = 1], message }: LedgerFileProblem): Promise<void> {
  const open = vscode.l10n.t('Open Ledger');
  const sentence = vscode.l10n.t('Ledger {0}: {1}', path.basename(ledger), message);
  if ((await vscode.window.showWarningMessage(sentence, open)) !== open) return;
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(ledger), { selection: new vscode.Range(at, at) });
}
