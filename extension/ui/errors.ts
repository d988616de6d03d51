import * as vscode from 'vscode';
import { isExpected, messageOf } from '../core/errors';
import type { Failure } from '../protocol/envelope';

/** The one place where a failure becomes a log line and something for a person to read. */
export interface ErrorReporter {
  /** Shows a message with *Show Log*; never waits for the person. */
  readonly report: (error: unknown, doing?: string) => void;
  /** The same for a page, which shows it itself. */
  readonly describe: (error: unknown) => Failure;
}

export function createErrorReporter(log: vscode.LogOutputChannel): ErrorReporter {
  return {
    report: (error, doing = '') => {
      const { what, next } = describe(error, log, doing);
      const showLog = vscode.l10n.t('Show Log');
      void vscode.window.showErrorMessage([what, next].filter(Boolean).join(' '), showLog).then((choice) => {
        if (choice === showLog) log.show();
      });
    },
    describe: (error) => describe(error, log, ''),
  };
}

function describe(error: unknown, log: vscode.LogOutputChannel, doing: string): Failure {
  if (isExpected(error)) {
    log.warn([doing, error.message, error.details].filter(Boolean).join('\n'));
    return { what: error.what, next: error.next, details: error.details };
  }
  if (doing) log.error(doing);
  log.error(error instanceof Error ? error : new Error(messageOf(error)));
  return {
    what: vscode.l10n.t('Something unexpected went wrong: {0}', messageOf(error)),
    next: vscode.l10n.t('The log has the details.'),
    details: '',
  };
}
