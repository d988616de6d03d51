import * as vscode from 'vscode';
import type { LogHost, LogPage } from '../../protocol/log';
import { decodeSpecialFloats, encodeSpecialFloats } from '../../protocol/json';
import { Rpc } from '../../protocol/rpc';
import { pageHtml } from '../pageHtml';
import type { Services } from '../services';
import { logHandlers, type LogAnswers } from './logHandlers';
import { LogMedia } from './logMedia';

/** One editor with a flag log: the wiring between its page and what answers it. */
export class FlagLogEditor implements vscode.Disposable {
  readonly media: LogMedia;
  private rpc: Rpc<LogHost, LogPage> | undefined;
  private answers: LogAnswers | undefined;
  private hasShown = false;
  private toReveal: number | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly services: Services,
    readonly uri: vscode.Uri,
    readonly panel: vscode.WebviewPanel,
  ) {
    const dist = vscode.Uri.joinPath(services.context.extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist, ...LogMedia.roots(uri)] };
    this.media = new LogMedia(uri, webview);
    this.subscriptions = [
      webview.onDidReceiveMessage((message) => this.rpc?.receive(decodeSpecialFloats(message))),
      panel.onDidChangeViewState(() => this.reconnectWhenHidden()),
    ];
  }

  /** Shows the page, whose questions these answer. */
  start(answers: LogAnswers): void {
    this.answers = answers;
    this.rpc = this.connect(answers);
    const dist = vscode.Uri.joinPath(this.services.context.extensionUri, 'dist');
    this.panel.webview.html = pageHtml(this.panel.webview, dist, 'log', this.panel.title);
  }

  /** Shows the sample that was flagged last. */
  async revealLast(): Promise<void> {
    const view = await this.answers?.view();
    if (view && view.total > 0) this.reveal(view.total - 1);
  }

  changed(version: number): void {
    this.tell((page) => page.changed(version));
  }

  /** Tells how far a search is, in per cent; null at its end. */
  progress(percent: number | null): void {
    this.tell((page) => page.progress(percent));
  }

  /** Shows a row, at once or as soon as the page has rows. */
  reveal(row: number): void {
    this.toReveal = row;
    if (this.hasShown) this.shown();
  }

  /** To be called when the page was given rows. */
  shown(): void {
    const row = this.toReveal;
    this.hasShown = true;
    this.toReveal = undefined;
    if (row !== undefined) this.tell((page) => page.reveal(row));
  }

  dispose(): void {
    this.rpc?.close('The editor was closed.');
    // An answer may still be on its way; the panel must not be asked any more.
    this.rpc = undefined;
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** A hidden page is gone and asks anew when it is shown; that it went away meanwhile is no failure. */
  private tell(say: (page: Rpc<LogHost, LogPage>['remote']) => Promise<void>): void {
    if (!this.rpc || !this.panel.visible) return;
    say(this.rpc.remote).catch((error: unknown) => this.services.log.debug(String(error)));
  }

  private connect(answers: LogAnswers): Rpc<LogHost, LogPage> {
    return new Rpc<LogHost, LogPage>(logHandlers(answers), {
      post: (message) => void this.panel.webview.postMessage(encodeSpecialFloats(message)),
      describe: this.services.errors.describe,
    });
  }

  private reconnectWhenHidden(): void {
    if (this.panel.visible || !this.answers) return;
    this.hasShown = false;
    this.rpc?.close('The page was hidden.');
    this.rpc = this.connect(this.answers);
  }
}
