import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { viewTypes } from '../../ids';
import type { ReplayHost, ReplayPage } from '../../protocol/replay';
import { PageConnection } from '../pageConnection';
import { PageFiles } from '../pageFiles';
import { pageHtml } from '../pageHtml';
import { storagePath } from '../paths';
import type { Services } from '../services';
import { ReplayController } from './replayController';
import { replayHandlers } from './replayHandlers';
import type { ReplayTarget } from './replayTarget';

/** A webview panel with one replay: the wiring between the page and what answers it. */
export class ReplayPanel implements vscode.Disposable {
  readonly controller: ReplayController;
  private readonly connection: PageConnection<ReplayHost, ReplayPage>;

  static async create(services: Services, target: ReplayTarget): Promise<ReplayPanel> {
    const name = path.basename(target.demo.fsPath, '.demo.json');
    const panel = vscode.window.createWebviewPanel(viewTypes.replay, titleOf(name), vscode.ViewColumn.Active);
    return ReplayPanel.adopt(services, target, panel);
  }

  /** Takes over a panel that is new or that a reload of the window brought back; nothing is run yet. */
  static async adopt(services: Services, target: ReplayTarget, panel: vscode.WebviewPanel): Promise<ReplayPanel> {
    const mediaDir = path.join(storagePath(services.context), 'replay', randomUUID());
    await mkdir(mediaDir, { recursive: true });
    return new ReplayPanel(services, target, panel, mediaDir);
  }

  private constructor(
    private readonly services: Services,
    target: ReplayTarget,
    readonly panel: vscode.WebviewPanel,
    private readonly mediaDir: string,
  ) {
    const { webview } = panel;
    const { extensionUri } = services.context;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.file(mediaDir)] };
    const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
    panel.iconPath = { light: icon('demo-light.svg'), dark: icon('demo-dark.svg') };
    const files = new PageFiles({
      mediaDir,
      toUrl: (file) => webview.asWebviewUri(vscode.Uri.file(file)).toString(),
    });
    this.controller = new ReplayController(services, target, files, mediaDir, (version) => this.tell(version));
    this.connection = new PageConnection<ReplayHost, ReplayPage>(panel, replayHandlers(this.controller), services);
    webview.html = pageHtml(webview, dist, 'replay', panel.title);
  }

  dispose(): void {
    this.connection.dispose();
    this.controller
      .end()
      .then(() => rm(this.mediaDir, { recursive: true, force: true }))
      .catch((error: unknown) => this.services.errors.report(error));
  }

  private tell(version: number): void {
    const { demoTitle } = this.controller;
    if (demoTitle !== undefined) this.panel.title = titleOf(demoTitle);
    this.connection.tell((page) => page.changed(version));
  }
}

/** A replay is called after its demo, which is called after its file until it was read. */
function titleOf(demo: string): string {
  return vscode.l10n.t('Replay: {0}', demo);
}
