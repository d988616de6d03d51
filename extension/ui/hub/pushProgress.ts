import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { PushProgress } from '../../core/hub/push/types';
import { sizeText } from '../../core/sizeText';

/** What work with a bar is given. */
export interface Bar {
  readonly signal: AbortSignal;
  /** @param share from 0 to 1; undefined where nobody knows how much there is to do */
  readonly show: (message: string, share?: number) => void;
}

/** Work that is done sooner shows no bar: it would only flicker, and VS Code holds back messages that come soon after. ms */
const quick = 500;

/**
 * Runs work on the Hub under a notification that tells how far it is, and cancels it.
 *
 * @returns undefined when it was cancelled
 */
export async function withBar<T>(title: string, work: (bar: Bar) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  let report: ((message: string, percent: number) => void) | undefined;
  let last = '';
  let percent = 0;
  const show = (message: string, share = 0): void => {
    last = message;
    percent = Math.max(percent, Math.floor(share * 100));
    report?.(last, percent);
  };
  const working = work({ signal: controller.signal, show });
  const ended = working.then(
    () => true,
    () => true,
  );
  try {
    if (await Promise.race([ended, wait(quick, false)])) return await working;
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    return await vscode.window.withProgress(options, (progress, cancellation) => {
      cancellation.onCancellationRequested(() => controller.abort());
      report = reporter(progress);
      if (last !== '') report(last, percent);
      return working;
    });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  }
}

/** Tells a bar, which is told by how much it grows. */
function reporter(progress: vscode.Progress<{ readonly message: string; readonly increment?: number }>) {
  let shown = 0;
  return (message: string, percent: number): void => {
    progress.report(percent > shown ? { message, increment: percent - shown } : { message });
    shown = percent;
  };
}

/** One line: `12.3 MB of 1.1 GB, commit 2 of 5`. */
export function progressText({ phase, sent, bytes, commits, ofCommits, message }: PushProgress): string {
  switch (phase) {
    case 'creating':
      return vscode.l10n.t('making the repository');
    case 'waiting':
      return message ?? vscode.l10n.t('waiting for the Hub');
    case 'committing':
      return ofCommits > 1
        ? vscode.l10n.t('commit {0} of {1}', Math.min(commits + 1, ofCommits), ofCommits)
        : vscode.l10n.t('committing');
    case 'uploading':
      return ofCommits > 1
        ? vscode.l10n.t('{0} of {1}, commit {2} of {3}', sizeText(sent), sizeText(bytes), commits + 1, ofCommits)
        : vscode.l10n.t('{0} of {1}', sizeText(sent), sizeText(bytes));
  }
}
