import * as vscode from 'vscode';
import type { LogHost, LogPage } from '../../protocol/log';
import { PageConnection } from '../pageConnection';
import { pageHtml } from '../pageHtml';
import type { Services } from '../services';
import { TableMedia } from '../tableMedia';
import { logHandlers, type LogAnswers } from './logHandlers';

/** One editor with a flag log: the wiring between its page and what answers it. */
export class FlagLogEditor implements vscode.Disposable {
  readonly media: TableMedia;
  private connection: PageConnection<LogHost, LogPage> | undefined;
  private answers: LogAnswers | undefined;
  private hasShown = false;
  private toReveal: number | undefined;
  private readonly hides: vscode.Disposable;

  constructor(
    private readonly services: Services,
    readonly uri: vscode.Uri,
    readonly panel: vscode.WebviewPanel,
  ) {
    const dist = vscode.Uri.joinPath(services.context.extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist, ...TableMedia.roots(uri)] };
    this.media = new TableMedia(uri, webview);
    this.hides = panel.onDidChangeViewState(() => {
      if (!panel.visible) this.hasShown = false;
    });
  }

  /** Shows the page, whose questions these answer. */
  start(answers: LogAnswers): void {
    this.answers = answers;
    this.connection = new PageConnection<LogHost, LogPage>(this.panel, logHandlers(answers), this.services);
    const dist = vscode.Uri.joinPath(this.services.context.extensionUri, 'dist');
    this.panel.webview.html = pageHtml(this.panel.webview, dist, 'log', this.panel.title);
  }

  /** Shows the sample that was flagged last. */
  async revealLast(): Promise<void> {
    const view = await this.answers?.view();
    if (view && view.total > 0) this.reveal(view.total - 1);
  }

  changed(version: number): void {
    this.connection?.tell((page) => page.changed(version));
  }

  /** Tells how far a search is, in per cent; null at its end. */
  progress(percent: number | null): void {
    this.connection?.tell((page) => page.progress(percent));
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
    if (row !== undefined) this.connection?.tell((page) => page.reveal(row));
  }

  dispose(): void {
    this.connection?.dispose();
    this.hides.dispose();
  }
}
