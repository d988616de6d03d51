import * as vscode from 'vscode';
import type { Log } from '../../core/log';
import type { Review } from '../../core/review/review';
import type { ErrorReporter } from '../errors';
import type { ReviewEvent, Reviews } from '../reviews';
import { balanceItem, candidateItem, classItem, datasetItem, issueItem, moreItem, pairItem } from './candidateItems';
import { describeCandidate } from './candidateTooltip';
import { pageSize, reviewOf, type GroupNode, type MoreNode, type Node } from './nodes';
import type { QueryMemory } from './queryMemory';
import { ReviewNodes } from './reviewNodes';

/** Touched records that are drawn one by one; above, the whole dataset is. */
const mostTouched = 500;

interface TreeServices {
  readonly reviews: Reviews;
  readonly errors: ErrorReporter;
  readonly log: Log;
}

/** Datasets with a review, pairs of given and suggested labels, and the candidates of each, a page at a time. */
export class LabelErrorsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly nodes = new Map<Review, ReviewNodes>();
  private readonly changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  private readonly drawn = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  private opening: Promise<void> | undefined;
  readonly onDidChangeTreeData = this.changed.event;
  /** What the counts are of was drawn. */
  readonly onDidDraw = this.drawn.event;

  constructor(
    private readonly services: TreeServices,
    private readonly memory: QueryMemory,
  ) {
    const { reviews } = services;
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      this.drawn,
      reviews.onDidChange((event) => this.follow(event)),
      reviews.onDidFind(() => this.findAgain()),
      memory.onDidChange(() => this.renew()),
    );
  }

  /** The reviews that are shown. */
  get reviews(): readonly Review[] {
    return [...this.nodes.keys()].filter(({ found, finding }) => found ?? finding);
  }

  /** Candidates that the filter leaves, of the datasets that are shown. */
  get matching(): number {
    return [...this.nodes.values()].reduce((sum, { matching }) => sum + matching, 0);
  }

  /** The records that are checked, by review. */
  get checked(): ReadonlyMap<Review, ReadonlySet<number>> {
    return new Map([...this.nodes].flatMap(([review, { checked }]) => (checked.size > 0 ? [[review, checked]] : [])));
  }

  /** Checks records, or takes the checks away, as the checkboxes say. */
  check(items: readonly (readonly [Node, vscode.TreeItemCheckboxState])[]): void {
    for (const [node, state] of items) {
      if (node.kind !== 'candidate') continue;
      const checked = this.nodes.get(reviewOf(node))?.checked;
      if (state === vscode.TreeItemCheckboxState.Checked) checked?.add(node.row);
      else checked?.delete(node.row);
      this.changed.fire(node);
    }
    this.drawn.fire();
  }

  /** Checks all records of a group, also those of pages that are not shown yet. */
  checkAll(group: GroupNode): void {
    const checked = this.nodes.get(reviewOf(group))?.checked;
    for (const row of group.rows) checked?.add(row);
    this.changed.fire(group);
    this.drawn.fire();
  }

  uncheckAll(): void {
    for (const { checked, node } of this.nodes.values()) {
      if (checked.size > 0) this.changed.fire(node);
      checked.clear();
    }
    this.drawn.fire();
  }

  showMore({ parent }: MoreNode): void {
    parent.shown += pageSize;
    this.changed.fire(parent);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const review = reviewOf(node);
    const checked = this.nodes.get(review)?.checked ?? new Set();
    switch (node.kind) {
      case 'dataset':
        return datasetItem(node);
      case 'pair': {
        const pending = node.rows.reduce((sum, row) => sum + (isPending(review, row) ? 1 : 0), 0);
        return pairItem(node, pending);
      }
      case 'issue':
        return issueItem(node);
      case 'balance':
        return balanceItem(node);
      case 'class':
        return classItem(node);
      case 'candidate':
        return candidateItem(node, review.detail(node.row), checked.has(node.row));
      case 'more':
        return moreItem(node);
    }
  }

  /** What is shown of a candidate when the pointer rests on it. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if (node.kind === 'candidate') item.tooltip = await describeCandidate(node);
    return item;
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'dataset' ? undefined : node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      await this.open();
      const shown = this.reviews.flatMap((review) => this.nodes.get(review)?.node ?? []);
      return shown.sort((a, b) => (a.review.dataset < b.review.dataset ? -1 : 1));
    }
    const own = this.nodes.get(reviewOf(node));
    switch (node.kind) {
      case 'dataset': {
        const children = (await own?.children()) ?? [];
        this.drawn.fire();
        return children;
      }
      case 'pair':
      case 'issue':
        return (await own?.page(node)) ?? [];
      case 'balance': {
        const { classes = [] } = reviewOf(node).found?.issues?.classBalance ?? {};
        return classes.map((count): Node => ({ kind: 'class', parent: node, count }));
      }
      case 'class':
      case 'candidate':
      case 'more':
        return [];
    }
  }

  dispose(): void {
    for (const own of this.nodes.values()) own.dispose();
    this.subscriptions.dispose();
  }

  /** Opens the reviews of the workspace; one that cannot be read takes no other with it. */
  private open(): Promise<void> {
    this.opening ??= this.openAll();
    return this.opening;
  }

  private async openAll(): Promise<void> {
    const { reviews, errors } = this.services;
    for (const review of reviews.open) this.add(review);
    for (const dataset of await reviews.find()) {
      if (reviews.ofOpen(dataset)) continue;
      await reviews.of(dataset).catch((error: unknown) => errors.report(error));
    }
  }

  private add(review: Review): void {
    if (this.nodes.has(review)) return;
    this.nodes.set(review, new ReviewNodes(review, () => this.memory.query, this.services.log));
  }

  /** Opens what came to the workspace since; nobody may have looked yet. */
  private findAgain(): void {
    if (this.opening) this.opening = this.openAll();
  }

  /** Asks for every order anew. */
  private renew(): void {
    for (const own of this.nodes.values()) own.renew(false);
    this.changed.fire(undefined);
  }

  private follow({ review, change }: ReviewEvent): void {
    if (change === 'closed') {
      this.nodes.get(review)?.dispose();
      this.nodes.delete(review);
      this.changed.fire(undefined);
      return;
    }
    this.add(review);
    const own = this.nodes.get(review);
    if (!own) return;
    const isListed = change === 'opened' || (change.kind === 'progress' && own.findingChanged());
    if (isListed) this.changed.fire(undefined);
    else if (change.kind === 'decisions') this.draw(own, change.rows);
    else if (change.kind === 'candidates') {
      own.renew(!own.findingChanged());
      this.changed.fire(undefined);
    }
    this.drawn.fire();
  }

  private draw(own: ReviewNodes, rows: readonly number[] | undefined): void {
    const nodes = rows && rows.length <= mostTouched ? own.touched(rows) : [own.node];
    if (nodes.length > 0) this.changed.fire(nodes);
  }
}

function isPending(review: Review, row: number): boolean {
  const status = review.statusOf(row);
  return status === 'pending' || status === 'skip';
}
