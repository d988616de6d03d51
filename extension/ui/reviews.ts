import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { datasetOfFolder, reviewFolder } from '../core/review/folder';
import type { Review, ReviewChange } from '../core/review/review';
import { activeDataset } from './datasetPick';
import type { ErrorReporter } from './errors';
import { FolderWatches } from './folderWatches';

/** What a review keeps on disk: ledgers, and what was found. */
const reviewFiles = '**/.flag-review/*/{*.jsonl,candidates.json}';
const reviewFolders = '**/.flag-review';
/** A file that is being written is read once it has been left alone for so long. Milliseconds. */
const settleTime = 200;

/** A review of this window was opened, closed, or changed. */
export interface ReviewEvent {
  readonly review: Review;
  readonly change: ReviewChange | 'opened' | 'closed';
}

interface Opened {
  readonly review: Review;
  readonly unsubscribe: () => void;
}

/** The reviews of this window, one a dataset: what one view of it does is seen in all. Reads nothing until it is asked. */
export class Reviews implements vscode.Disposable {
  /** By path of the dataset; those that are being opened, too. */
  private readonly opening = new Map<string, Promise<Review>>();
  private readonly opened = new Map<string, Opened>();
  private readonly changed = new vscode.EventEmitter<ReviewEvent>();
  private readonly found = new vscode.EventEmitter<void>();
  private readonly activated = new vscode.EventEmitter<vscode.Uri | undefined>();
  private readonly folders = new FolderWatches((file) => this.later(file));
  private readonly reloads = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: { dispose(): unknown }[] = [this.changed, this.found, this.activated, this.folders];
  private watchesWorkspace = false;
  private panelDataset: vscode.Uri | undefined;

  readonly onDidChange = this.changed.event;
  /** Datasets with reviews came to the workspace, or went. */
  readonly onDidFind = this.found.event;
  readonly onDidChangeActive = this.activated.event;

  /** @param load opens the review of a dataset, absolute path */
  constructor(
    private readonly load: (dataset: string) => Promise<Review>,
    private readonly errors: ErrorReporter,
  ) {
    this.subscriptions.push(
      vscode.window.tabGroups.onDidChangeTabs(() => this.activated.fire(this.active)),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.activated.fire(this.active)),
    );
  }

  /** Those that are open, in the order in which they were opened. */
  get open(): readonly Review[] {
    return Array.from(this.opened.values(), ({ review }) => review);
  }

  /** The dataset in front: in a review panel, as text or as a grid. */
  get active(): vscode.Uri | undefined {
    const dataset = this.panelDataset ?? activeDataset();
    return dataset?.scheme === 'file' ? dataset : undefined;
  }

  /** What a review panel in front shows; undefined when none is in front any more. */
  showing(dataset: vscode.Uri | undefined): void {
    this.panelDataset = dataset;
    this.activated.fire(this.active);
  }

  /** The review of a dataset, which is opened when it is asked for first. */
  of(dataset: vscode.Uri): Promise<Review> {
    const known = this.opening.get(dataset.fsPath);
    if (known) return known;
    const opening = this.begin(dataset.fsPath);
    this.opening.set(dataset.fsPath, opening);
    // Whoever asked is told; the next one tries again.
    opening.catch(() => this.opening.delete(dataset.fsPath));
    return opening;
  }

  /** The review of a dataset if it is open. */
  ofOpen(dataset: vscode.Uri): Review | undefined {
    return this.opened.get(dataset.fsPath)?.review;
  }

  async close(dataset: vscode.Uri): Promise<void> {
    const opened = this.opened.get(dataset.fsPath);
    if (!opened) return;
    this.opened.delete(dataset.fsPath);
    this.opening.delete(dataset.fsPath);
    this.follow();
    opened.unsubscribe();
    this.changed.fire({ review: opened.review, change: 'closed' });
    await opened.review.dispose();
  }

  /** Datasets of the workspace that have ledgers or candidates, by path. */
  async find(): Promise<readonly vscode.Uri[]> {
    this.watchWorkspace();
    const files = await vscode.workspace.findFiles(reviewFiles, '**/node_modules/**');
    const datasets = new Set(files.map(({ fsPath }) => datasetOfFolder(path.dirname(fsPath)) ?? ''));
    return [...datasets]
      .filter(existsSync)
      .sort()
      .map((dataset) => vscode.Uri.file(dataset));
  }

  dispose(): void {
    for (const timer of this.reloads.values()) clearTimeout(timer);
    for (const { review, unsubscribe } of this.opened.values()) {
      unsubscribe();
      void review.dispose();
    }
    this.opened.clear();
    this.opening.clear();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async begin(dataset: string): Promise<Review> {
    const review = await this.load(dataset);
    const unsubscribe = review.subscribe((change) => {
      // The folder is made with the first decision.
      if (change.kind !== 'progress') this.follow();
      this.changed.fire({ review, change });
    });
    this.opened.set(dataset, { review, unsubscribe });
    this.watchWorkspace();
    this.follow();
    this.changed.fire({ review, change: 'opened' });
    return review;
  }

  private watchWorkspace(): void {
    if (this.watchesWorkspace) return;
    this.watchesWorkspace = true;
    const watcher = vscode.workspace.createFileSystemWatcher(reviewFiles);
    // Of a folder that comes with files in it VS Code may tell the folder alone.
    const newFolders = vscode.workspace.createFileSystemWatcher(reviewFolders, false, true, true);
    const listChanged = ({ fsPath }: vscode.Uri): void => {
      this.later(fsPath);
      this.found.fire();
    };
    this.subscriptions.push(
      watcher,
      newFolders,
      newFolders.onDidCreate(() => this.found.fire()),
      watcher.onDidChange(({ fsPath }) => this.later(fsPath)),
      watcher.onDidCreate(listChanged),
      watcher.onDidDelete(listChanged),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.found.fire()),
    );
  }

  private follow(): void {
    const datasets = [...this.opened.keys()];
    this.folders.follow(new Set(datasets.flatMap((dataset) => [reviewFolder(dataset), path.dirname(dataset)])));
  }

  /** A file changed: when it is an open dataset, or belongs to the review of one, that is read anew. */
  private later(file: string): void {
    const dataset = this.opened.has(file) ? file : datasetOfFolder(path.dirname(file));
    const opened = dataset === undefined ? undefined : this.opened.get(dataset);
    if (dataset === undefined || !opened) return;
    clearTimeout(this.reloads.get(dataset));
    const reload = (): void => {
      this.reloads.delete(dataset);
      opened.review.reload().catch((error: unknown) => this.errors.report(error));
    };
    this.reloads.set(dataset, setTimeout(reload, settleTime));
  }
}
