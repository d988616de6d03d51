import * as vscode from 'vscode';

/** Work that ends sooner is not shown. Milliseconds. */
const patience = 800;

/**
 * Runs work that a person can cancel: a notification tells how far it is, once it takes longer than a moment.
 *
 * @returns undefined when it was cancelled
 */
export async function withProgress<T>(
  title: string,
  work: (
    signal: AbortSignal,
    report: (done: number, total: number) => void,
    say: (message: string) => void,
  ) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  let show: (done: number, total: number) => void = () => undefined;
  let last = '';
  let tell = (message: string): void => void (last = message);
  const running = work(
    controller.signal,
    (done, total) => show(done, total),
    (message) => tell(message),
  );
  const settled = running.then(
    () => undefined,
    () => undefined,
  );
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  const timer = setTimeout(() => {
    void vscode.window.withProgress(options, (progress, token) => {
      let shown = 0;
      show = (done, total) => {
        const percent = Math.floor((done * 100) / total);
        progress.report({ increment: percent - shown, message: vscode.l10n.t('{0} of {1} samples', done, total) });
        shown = percent;
      };
      tell = (message) => progress.report({ message });
      if (last !== '') tell(last);
      token.onCancellationRequested(() => controller.abort());
      return settled;
    });
  }, patience);
  try {
    return await running;
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
