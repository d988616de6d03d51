import * as vscode from 'vscode';
import type { Visibility } from '../../core/hub/repository';

export function rowsText(rows: number): string {
  return rows === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', rows.toLocaleString());
}

export function filesText(files: number): string {
  return files === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', files.toLocaleString());
}

/** What a push is about: its rows, or its files where these hold none. */
export function amountText(rows: number, files: number): string {
  return rows === 0 ? filesText(files) : rowsText(rows);
}

export function visibilityText(visibility: Visibility): string {
  return visibility === 'private' ? vscode.l10n.t('private') : vscode.l10n.t('public');
}

/** The first digits of a commit, as git shows it. */
export function shortCommit(oid: string): string {
  return oid.slice(0, 7);
}

/** The time of today, and the day of all else. */
export function shortTime(time: Date): string {
  const isToday = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(undefined, isToday ? { timeStyle: 'short' } : { dateStyle: 'short' });
}
