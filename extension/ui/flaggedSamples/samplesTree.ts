import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { timeOf } from '../../core/flagging/log/sampleLine';
import type { ReadRow } from '../../core/flagging/log/logIndex';
import { describeSample, logItem, moreItem, optionItem, sampleItem } from './sampleItems';
import { Thumbnails } from './sampleMedia';
import { markOf, type WorkspaceLog, type WorkspaceLogs } from './workspaceLogs';

/** Samples that are shown of an option at first, and more at a time. */
export const pageSize = 200;

export const sampleOrders = ['newest', 'option', 'source'] as const;
/** `newest` first; by `option` in alphabetical order; as they stand in their `source`. */
export type SampleOrder = (typeof sampleOrders)[number];

export interface LogNode {
  readonly kind: 'log';
  readonly file: string;
}

export interface OptionNode {
  readonly kind: 'option';
  readonly log: LogNode;
  readonly option: string | null;
  /** How many of its samples are shown. */
  shown: number;
}

export interface SampleNode {
  readonly kind: 'sample';
  readonly id: string;
  readonly parent: OptionNode;
  readonly log: WorkspaceLog;
  readonly read: ReadRow;
  /** An image to show for it. */
  readonly thumbnail: vscode.Uri | undefined;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly parent: OptionNode;
  readonly left: number;
}

export type Node = LogNode | OptionNode | SampleNode | MoreNode;

/** Logs, their options, and the samples of each, a page at a time. */
export class SamplesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly logNodes = new Map<string, LogNode>();
  private readonly optionNodes = new Map<string, OptionNode>();
  private readonly thumbnails = new Thumbnails();
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  private readonly subscription: vscode.Disposable;
  private sorted: SampleOrder = 'newest';
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly logs: WorkspaceLogs) {
    this.subscription = logs.onDidChange((file) => {
      this.changed.fire(file === undefined ? undefined : this.logNodes.get(file));
    });
  }

  get order(): SampleOrder {
    return this.sorted;
  }

  set order(order: SampleOrder) {
    this.sorted = order;
    this.changed.fire(undefined);
  }

  showMore({ parent }: MoreNode): void {
    parent.shown += pageSize;
    this.changed.fire(parent);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'log':
        return logItem(node.file, this.logs.get(node.file));
      case 'option':
        return optionItem(node, this.rowsOf(node).length);
      case 'sample':
        return sampleItem(node, markOf(node.log, node.read.sample.row));
      case 'more':
        return moreItem(node);
    }
  }

  /** What is shown of a sample when the pointer rests on it. */
  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.kind === 'sample') item.tooltip = describeSample(node, markOf(node.log, node.read.sample.row));
    return item;
  }

  getParent(node: Node): Node | undefined {
    if (node.kind === 'log') return undefined;
    return node.kind === 'option' ? node.log : node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      await this.logs.ready();
      return this.sortedLogs().map(({ uri }) => this.logNode(uri.fsPath));
    }
    if (node.kind === 'log') return this.optionsOf(node);
    return node.kind === 'option' ? this.samplesOf(node) : [];
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private sortedLogs(): WorkspaceLog[] {
    const logs = this.logs.all.filter(({ index, matching }) => (matching ? matching.size : index.rows.length) > 0);
    const byName = (a: WorkspaceLog, b: WorkspaceLog): number => a.uri.fsPath.localeCompare(b.uri.fsPath);
    if (this.sorted !== 'newest') return logs.sort(byName);
    const latest = new Map(logs.map((log) => [log, timeOf(log.index.rows.at(-1)?.timestamp ?? null) || 0]));
    return logs.sort((a, b) => (latest.get(b) ?? 0) - (latest.get(a) ?? 0) || byName(a, b));
  }

  private logNode(file: string): LogNode {
    const known = this.logNodes.get(file) ?? { kind: 'log', file };
    this.logNodes.set(file, known);
    return known;
  }

  private optionsOf(log: LogNode): OptionNode[] {
    const { index, matching } = this.logs.get(log.file) ?? {};
    const options = new Set<string | null>();
    index?.rows.forEach(({ option }, row) => {
      if (!matching || matching.has(row)) options.add(option);
    });
    const found = [...options];
    if (this.sorted === 'option') found.sort((a, b) => (a ?? '').localeCompare(b ?? ''));
    return found.map((option) => {
      const key = JSON.stringify([log.file, option]);
      const known = this.optionNodes.get(key) ?? { kind: 'option', log, option, shown: pageSize };
      this.optionNodes.set(key, known);
      return known;
    });
  }

  /** The rows of an option in the order in which they are shown. */
  private rowsOf({ log, option }: OptionNode): number[] {
    const { index, matching } = this.logs.get(log.file) ?? {};
    const rows: number[] = [];
    index?.rows.forEach((row, at) => {
      if (row.option === option && (!matching || matching.has(at))) rows.push(at);
    });
    return this.sorted === 'source' ? rows : rows.reverse();
  }

  private async samplesOf(parent: OptionNode): Promise<Node[]> {
    try {
      return await this.readSamples(parent);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      await this.logs.reload(parent.log.file); // the file changed, and its watcher has not told yet
      return this.readSamples(parent);
    }
  }

  private async readSamples(parent: OptionNode): Promise<Node[]> {
    const log = this.logs.get(parent.log.file);
    if (!log) return [];
    const rows = this.rowsOf(parent);
    const read = await log.index.read(rows.slice(0, parent.shown));
    const seen = new Map<string, number>();
    const images = await Promise.all(read.map((row) => this.thumbnails.of(log.uri, row.sample)));
    const samples: Node[] = read.map((row, at): SampleNode => {
      const hash = log.index.rows[row.sample.row]?.hash ?? '';
      const again = seen.get(hash) ?? 0;
      seen.set(hash, again + 1);
      return {
        kind: 'sample',
        id: `${parent.log.file}#${hash}#${again}`,
        parent,
        log,
        read: row,
        thumbnail: images[at],
      };
    });
    const left = rows.length - read.length;
    return left > 0 ? [...samples, { kind: 'more', parent, left }] : samples;
  }
}
