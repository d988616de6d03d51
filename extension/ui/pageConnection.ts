import * as vscode from 'vscode';
import { isEnvelope } from '../protocol/envelope';
import { decodeSpecialFloats, encodeSpecialFloats } from '../protocol/json';
import { Rpc, type Calls, type Handlers, type Remote } from '../protocol/rpc';
import type { Services } from './services';

/** Every page begins by asking for what it shows. */
interface Opens {
  view(): unknown;
}

/**
 * The connection of a panel with its page. A page that is hidden is gone, and with it every call under way; the one
 * that is shown next begins anew, and hears nothing before it has asked for its view.
 */
export class PageConnection<Host extends Calls<Host> & Opens, Page extends Calls<Page>> implements vscode.Disposable {
  private rpc: Rpc<Host, Page>;
  private pageListens = false;
  private readonly asked = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly handlers: Handlers<Host>,
    private readonly services: Pick<Services, 'errors' | 'log'>,
  ) {
    this.rpc = this.connect();
    this.subscriptions = [
      this.asked,
      panel.webview.onDidReceiveMessage((message) => this.receive(decodeSpecialFloats(message))),
      panel.onDidChangeViewState(() => this.reconnectWhenHidden()),
    ];
  }

  /** The page, to be asked once `listening` has ended. */
  get page(): Remote<Page> {
    return this.rpc.remote;
  }

  /** Whether there is a page that hears what it is told. */
  get listens(): boolean {
    return this.pageListens;
  }

  /** Ends when a page listens, or there will be none any more. */
  listening(): Promise<void> {
    if (this.pageListens) return Promise.resolve();
    return new Promise((resolve) => {
      const once = this.asked.event(() => {
        once.dispose();
        resolve();
      });
    });
  }

  /** Tells a page that listens. That it goes away meanwhile is no failure: the next one asks anew. */
  tell(say: (page: Remote<Page>) => Promise<void>): void {
    if (!this.pageListens) return;
    say(this.rpc.remote).catch((error: unknown) => this.services.log.debug(String(error)));
  }

  dispose(): void {
    this.pageListens = false;
    this.rpc.close('The page was closed.');
    this.asked.fire();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private receive(message: unknown): void {
    if (isEnvelope(message) && message.type === 'call' && message.method === 'view') {
      this.pageListens = true;
      this.asked.fire();
    }
    this.rpc.receive(message);
  }

  private reconnectWhenHidden(): void {
    if (this.panel.visible) return;
    this.pageListens = false;
    this.rpc.close('The page was hidden.');
    this.rpc = this.connect();
  }

  private connect(): Rpc<Host, Page> {
    return new Rpc<Host, Page>(this.handlers, {
      post: (message) => void this.panel.webview.postMessage(encodeSpecialFloats(message)),
      describe: this.services.errors.describe,
    });
  }
}
