import * as vscode from 'vscode';
import type { PushProgress } from '../../core/hub/push/types';
import { bytesText } from './hubTexts';

/** What work with a bar is given. */
export interface Bar {
  readonly signal: AbortSignal;
  /** @param share from 0 to 1; undefined where nobody knows how much there is to do */
  readonly show: (message: string, share?: number) => void;
}

/**
 * Runs work on the Hub under a notification that tells how far it is, and cancels it.
 *
 * @returns undefined when it was cancelled
 */
export async function withBar<T>(title: string, work: (bar: Bar) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  return vscode.window.withProgress(options, async (progress, cancellation) => {
    cancellation.onCancellationRequested(() => controller.abort());
    let shown = 0;
    const show = (message: string, share?: number): void => {
      const percent = share === undefined ? shown : Math.floor(share * 100);
      progress.report(percent > shown ? { message, increment: percent - shown } : { message });
      shown = Math.max(shown, percent);
    };
    try {
      return await work({ signal: controller.signal, show });
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  });
}

/** One line: `12.3 MB of 1.1 GB, commit 2 of 5`. */
export function progressText({ phase, sent, bytes, commits, ofCommits, message }: PushProgress): string {
  switch (phase) {
    case 'creating':
      return vscode.l10n.t('making the repository');
    case 'waiting':
      return message ?? vscode.l10n.t('waiting for the Hub');
    case 'committing':
      return vscode.l10n.t('commit {0} of {1}', Math.min(commits + 1, ofCommits), ofCommits);
    case 'uploading':
      return ofCommits > 1
        ? vscode.l10n.t('{0} of {1}, commit {2} of {3}', bytesText(sent), bytesText(bytes), commits + 1, ofCommits)
        : vscode.l10n.t('{0} of {1}', bytesText(sent), bytesText(bytes));
  }
}
