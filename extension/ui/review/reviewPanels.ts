import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { isRecord } from '../../core/json';
import { commands, viewTypes } from '../../ids';
import { isCount } from '../answers';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import type { ChosenRecords } from '../../protocol/review';
import { isChosenRecords } from './reviewHandlers';
import { registerReviewKeys } from './reviewKeys';
import { ReviewPanel } from './reviewPanel';

/** *Open Review*, the panels it opens, and the keys that work in them. */
export function registerReviewPanels(services: Services): vscode.Disposable {
  const { reviews, errors } = services;
  const panels = new ReviewPanels(services);
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      const dataset = restoredDataset(state);
      if (!dataset || !(await panels.restore(dataset, panel))) panel.dispose();
    },
  };
  return vscode.Disposable.from(
    panels,
    vscode.window.registerWebviewPanelSerializer(viewTypes.review, serializer),
    registerReviewKeys(errors, () => panels.active),
    registerCommand(commands.openReview, errors, async (clicked, row) => {
      const dataset = clicked instanceof vscode.Uri ? clicked : (reviews.active ?? (await pickReview(services)));
      if (dataset) await panels.open(dataset, isCount(row) || isQueue(row) ? row : undefined);
    }),
  );
}

/** Records that are reviewed one after the other. */
interface ReviewQueue extends ChosenRecords {
  readonly blind: boolean;
}

function isQueue(value: unknown): value is ReviewQueue {
  return isRecord(value) && isChosenRecords(value) && typeof value.blind === 'boolean';
}

/** The review panels of this window: one per dataset. */
class ReviewPanels implements vscode.Disposable {
  private readonly panels = new Map<string, ReviewPanel>();
  private readonly opening = new Map<string, Promise<ReviewPanel | undefined>>();

  constructor(private readonly services: Services) {}

  /** The panel that is the active editor. */
  get active(): ReviewPanel | undefined {
    return [...this.panels.values()].find(({ panel }) => panel.active);
  }

  /** Shows the panel of a dataset; there is never a second one. @param shown the record, or the records, to show in it */
  async open(dataset: vscode.Uri, shown: number | ReviewQueue | undefined): Promise<void> {
    const key = dataset.toString();
    const known = this.panels.get(key);
    const opened = known ?? (await (this.opening.get(key) ?? this.begin(dataset)));
    if (known) known.panel.reveal();
    if (typeof shown === 'number') await opened?.show(shown);
    else if (shown) await opened?.showOnly(shown, shown.blind);
  }

  /** @returns whether there is something to review */
  async restore(dataset: vscode.Uri, panel: vscode.WebviewPanel): Promise<boolean> {
    if (this.panels.has(dataset.toString())) return false;
    try {
      const review = await this.services.reviews.of(dataset);
      if (!review.found) return false;
      this.add(await ReviewPanel.adopt(this.services, dataset, review, panel));
      return true;
    } catch (error) {
      // Nobody asked for this panel now: that its dataset is gone is told in the log alone.
      this.services.errors.describe(error);
      return false;
    }
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
    this.panels.clear();
  }

  private begin(dataset: vscode.Uri): Promise<ReviewPanel | undefined> {
    const key = dataset.toString();
    const opening = this.create(dataset).finally(() => this.opening.delete(key));
    this.opening.set(key, opening);
    return opening;
  }

  private async create(dataset: vscode.Uri): Promise<ReviewPanel | undefined> {
    const review = await this.services.reviews.of(dataset);
    if (!review.found) {
      await offerToFind(dataset);
      return undefined;
    }
    const opened = await ReviewPanel.create(this.services, dataset, review);
    this.add(opened);
    return opened;
  }

  private add(opened: ReviewPanel): void {
    const { panel, dataset } = opened;
    const key = dataset.toString();
    this.panels.set(key, opened);
    panel.onDidChangeViewState(() => this.tellActive());
    panel.onDidDispose(() => {
      if (this.panels.get(key) === opened) this.panels.delete(key);
      opened.dispose();
      this.tellActive();
    });
    this.tellActive();
  }

  private tellActive(): void {
    this.services.reviews.showing(this.active?.dataset);
  }
}

async function offerToFind(dataset: vscode.Uri): Promise<void> {
  const find = vscode.l10n.t('Find Label Errors');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('No label errors were looked for in {0} yet.', readablePath(dataset.fsPath)),
    find,
  );
  if (choice === find) await vscode.commands.executeCommand(commands.findLabelErrors, dataset);
}

async function pickReview({ reviews }: Services): Promise<vscode.Uri | undefined> {
  const found = await reviews.find();
  if (found.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('No dataset of this workspace has label-error candidates yet.'),
      vscode.l10n.t('Open one and run “Find Label Errors”.'),
    );
  }
  const items = found.map((uri) => ({
    label: path.basename(uri.fsPath),
    description: readablePath(path.dirname(uri.fsPath)),
    uri,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Dataset to review') });
  return chosen?.uri;
}

/** What a page kept, which may be that of another version. */
function restoredDataset(state: unknown): vscode.Uri | undefined {
  if (!isRecord(state) || !isRecord(state.restore)) return undefined;
  const { dataset } = state.restore;
  return typeof dataset === 'string' && path.isAbsolute(dataset) ? vscode.Uri.file(dataset) : undefined;
}
