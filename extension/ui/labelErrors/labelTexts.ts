import * as vscode from 'vscode';
import { oneLine } from '../../core/flagging/log/sampleLine';
import type { CandidateDetail } from '../../core/review/review';
import type { CandidateSort, CandidateStatus, Labelling } from '../../core/review/types';

/** The labels of a record in one line. */
export function labelText(labels: Labelling): string {
  return labels.length === 0 ? vscode.l10n.t('(no label)') : labels.map(oneLine).join(', ');
}

/** `ham → spam`. */
export function pairText({ given, suggested }: { readonly given: Labelling; readonly suggested: Labelling }): string {
  return `${labelText(given)} → ${labelText(suggested)}`;
}

export function statusText(status: CandidateStatus): string {
  const texts: Readonly<Record<CandidateStatus, string>> = {
    pending: vscode.l10n.t('pending'),
    keep: vscode.l10n.t('kept'),
    change: vscode.l10n.t('changed'),
    ambiguous: vscode.l10n.t('ambiguous'),
    discard: vscode.l10n.t('discarded'),
    skip: vscode.l10n.t('skipped'),
  };
  return texts[status];
}

/** What was decided of a record, with the new label. */
export function decisionText({ status, own }: Pick<CandidateDetail, 'status' | 'own'>): string {
  return status === 'change' && own?.label ? vscode.l10n.t('changed to {0}', labelText(own.label)) : statusText(status);
}

export function sortText(sort: CandidateSort): string {
  const texts: Readonly<Record<CandidateSort, string>> = {
    likelihood: vscode.l10n.t('Likeliest error first'),
    prediction: vscode.l10n.t('Least probable given label first'),
    row: vscode.l10n.t('As in the file'),
    label_error_candidate: vscode.l10n.t('By label_error_candidate'),
  };
  return texts[sort];
}

/** Where a record stands; from 0, as everywhere that label errors are told of. */
export function rowText(row: number): string {
  return vscode.l10n.t('Row {0}', numberText(row));
}

export function numberText(value: number): string {
  return value.toLocaleString('en-US');
}

export function percentText(share: number): string {
  return vscode.l10n.t('{0} %', (share * 100).toFixed(1));
}
