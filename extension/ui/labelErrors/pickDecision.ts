import * as vscode from 'vscode';
import type { BulkDecision } from '../../core/review/list/bulkChoice';

interface DecisionItem extends vscode.QuickPickItem {
  readonly wanted: BulkDecision | 'relabel';
}

/** Asks what to do with the records that are checked; `relabel` asks for a label next. */
export async function pickDecision(): Promise<BulkDecision | 'relabel' | undefined> {
  const items: readonly DecisionItem[] = [
    { label: vscode.l10n.t('$(arrow-right) Change to what is suggested'), wanted: { decision: 'change', label: null } },
    { label: vscode.l10n.t('$(tag) Change label…'), wanted: 'relabel' },
    { label: vscode.l10n.t('$(check) Keep label'), wanted: { decision: 'keep', label: null } },
    { label: vscode.l10n.t('$(question) Mark ambiguous'), wanted: { decision: 'ambiguous', label: null } },
    { label: vscode.l10n.t('$(trash) Discard'), wanted: { decision: 'discard', label: null } },
    { label: vscode.l10n.t('$(debug-step-over) Skip'), wanted: { decision: 'skip', label: null } },
  ];
  const placeHolder = vscode.l10n.t('Decision on the checked candidates; it is shown before it is made');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.wanted;
}
