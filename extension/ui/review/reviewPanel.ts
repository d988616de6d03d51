import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Review } from '../../core/review/review';
import { commands, viewTypes } from '../../ids';
import type { ChosenRecords, ReviewAction, ReviewHost, ReviewPage } from '../../protocol/review';
import { openRecord } from '../openRecord';
import { PageConnection } from '../pageConnection';
import { pageHtml } from '../pageHtml';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { configured } from '../settings';
import { TableMedia } from '../tableMedia';
import type { Media } from './recordReader';
import { ReviewController } from './reviewController';
import { reviewHandlers } from './reviewHandlers';
import { ReviewMemory } from './reviewMemory';

/** A webview panel with one review: the wiring between the page and what answers it. */
export class ReviewPanel implements vscode.Disposable {
  private readonly connection: PageConnection<ReviewHost, ReviewPage>;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  static async create(services: Services, dataset: vscode.Uri, review: Review): Promise<ReviewPanel> {
    const title = vscode.l10n.t('Review: {0}', path.basename(dataset.fsPath));
    const panel = vscode.window.createWebviewPanel(viewTypes.review, title, vscode.ViewColumn.Active);
    try {
      return await ReviewPanel.adopt(services, dataset, review, panel);
    } catch (error) {
      panel.dispose();
      throw error;
    }
  }

  /** Takes over a panel that is new or that a reload of the window brought back. */
  static async adopt(
    services: Services,
    dataset: vscode.Uri,
    review: Review,
    panel: vscode.WebviewPanel,
  ): Promise<ReviewPanel> {
    const media = new TableMedia(dataset, panel.webview);
    const run = async (command: string, ...args: unknown[]): Promise<void> => {
      await vscode.commands.executeCommand(command, dataset, ...args);
    };
    const controller = await ReviewController.open(review, {
      name: readablePath(dataset.fsPath),
      memory: new ReviewMemory(services.context.workspaceState, dataset.fsPath, () => ({
        stopAt: configured('reviewStopAt', dataset),
      })),
      findMedia: (text) => shownMedia(media, text),
      apply: () => run(commands.applyCorrections),
      openInFile: (row) => openRecord(services, dataset, row),
      secondOpinion: (row) => run(commands.secondOpinion, row),
      showLog: () => services.log.show(),
      report: services.errors.report,
    });
    const roots = (await controller.namesMedia()) ? TableMedia.roots(dataset) : [];
    return new ReviewPanel(services, dataset, controller, panel, roots);
  }

  private constructor(
    private readonly services: Services,
    readonly dataset: vscode.Uri,
    private readonly controller: ReviewController,
    readonly panel: vscode.WebviewPanel,
    mediaRoots: readonly vscode.Uri[],
  ) {
    const { webview } = panel;
    const { extensionUri } = services.context;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist, ...mediaRoots] };
    const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
    panel.iconPath = { light: icon('demo-light.svg'), dark: icon('demo-dark.svg') };
    this.connection = new PageConnection<ReviewHost, ReviewPage>(panel, reviewHandlers(controller), services);
    controller.tell = (version) => this.connection.tell((page) => page.changed(version));
    this.subscriptions = [this.connection, vscode.lm.onDidChangeChatModels(() => this.lookForModels())];
    this.lookForModels();
    webview.html = pageHtml(webview, dist, 'review', panel.title);
  }

  /** Shows a record of the dataset, one that is no candidate too. */
  async show(row: number): Promise<void> {
    this.panel.reveal();
    await this.connection.listening();
    await this.connection.page.reveal(row);
  }

  /** Shows some records alone. @param blind hides what the model suggests and what others decided */
  async showOnly({ name, rows }: ChosenRecords, blind: boolean): Promise<void> {
    const first = await this.controller.showOnly({ name, rows }, blind);
    if (first !== undefined) await this.show(first);
  }

  apply(): Promise<void> {
    return this.controller.apply();
  }

  /** A key means what the page makes of it: it knows what it shows and where the focus is. */
  async perform(action: ReviewAction): Promise<void> {
    if (this.connection.listens) await this.connection.page.perform(action);
  }

  /** @param index of the label in the order of the page, from 0 */
  async performLabel(index: number): Promise<void> {
    if (this.connection.listens) await this.connection.page.performLabel(index);
  }

  dispose(): void {
    this.controller.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private lookForModels(): void {
    vscode.lm.selectChatModels().then(
      ({ length }) => this.controller.setCanAskModel(length > 0),
      (error: unknown) => this.services.errors.describe(error),
    );
  }
}

async function shownMedia(media: TableMedia, text: string): Promise<Media> {
  const shown = (await media.prepare([text]))(text);
  const { kind, url } = shown;
  return url !== null && (kind === 'image' || kind === 'audio') ? { kind, url } : null;
}
