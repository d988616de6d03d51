import { isExpected } from '../../core/errors';
import { oneLine, clip } from '../../core/flagging/log/sampleLine';
import { conflictingDuplicates, poorTexts, type IssueRows } from '../../core/review/list/issueGroups';
import { keepOrder } from '../../core/review/list/keepOrder';
import { groupByPair, type PairGroup } from '../../core/review/list/pairGroups';
import { recordText } from '../../core/review/list/recordText';
import type { Review } from '../../core/review/review';
import type { CandidateQuery, CandidateStatus } from '../../core/review/types';
import type { Log } from '../../core/log';
import {
  pageSize,
  type BalanceNode,
  type CandidateNode,
  type DatasetNode,
  type GroupNode,
  type IssueNode,
  type Node,
  type PairNode,
} from './nodes';

/** Of a record's text in its line, behind which labels and score have to be seen. UTF-16 units. */
const longestLine = 60;

/**
 * The nodes of one dataset. Lines stay where they are until their order is asked for anew, so that nothing slips away under
 * the pointer while decisions re-rank the rest; texts are read a page at a time.
 */
export class ReviewNodes {
  readonly node: DatasetNode;
  readonly checked = new Set<number>();
  private readonly groups = new Map<string, GroupNode>();
  private readonly balance: BalanceNode;
  private readonly lines = new Map<number, string>();
  private readonly shown = new Map<number, Set<CandidateNode>>();
  /** Of the pairs, as they are shown. */
  private places = new Map<string, number>();
  private selection: Promise<readonly PairNode[]> | undefined;
  private searching: AbortController | undefined;
  /** Those that the filter left. */
  private selected: Uint32Array = new Uint32Array();
  /** Whether lines stay where they are, although the model ranks them otherwise by now. */
  private keepsOrder = false;
  /** Records that stay although the filter would hide them by now. */
  private kept: ReadonlySet<number> = new Set();
  private wasStale: boolean;
  private wasFinding = false;

  constructor(
    readonly review: Review,
    private readonly query: () => CandidateQuery,
    private readonly log: Log,
  ) {
    this.node = { kind: 'dataset', review };
    this.balance = { kind: 'balance', parent: this.node };
    this.wasStale = review.stale;
  }

  /** Candidates that the filter leaves, as they were counted last. */
  get matching(): number {
    return this.selected.length;
  }

  /**
   * Reads the candidates anew when they are needed next.
   *
   * @param keep whether lines stay in their places, also those that the filter would hide by now
   */
  renew(keep: boolean): void {
    this.keepsOrder = keep;
    this.kept = keep && this.query().status !== undefined ? new Set(this.selected) : new Set();
    this.searching?.abort();
    this.selection = undefined;
    this.shown.clear();
    // Other records may stand in the rows of a file that changed.
    if (this.review.stale || this.wasStale) this.lines.clear();
    this.wasStale = this.review.stale;
  }

  /** Whether a search began or ended since this was asked last. */
  findingChanged(): boolean {
    const isFinding = this.review.finding !== undefined;
    const changed = isFinding !== this.wasFinding;
    this.wasFinding = isFinding;
    return changed;
  }

  dispose(): void {
    this.searching?.abort();
  }

  /** What stands below the dataset. */
  async children(): Promise<Node[]> {
    const pairs = await this.pairs();
    return [...pairs, ...this.issues()];
  }

  /** The pairs of labels whose candidates the filter leaves. */
  pairs(): Promise<readonly PairNode[]> {
    const { selection } = this;
    if (selection) return selection;
    const started: Promise<readonly PairNode[]> = this.select().catch((error: unknown) => {
      // A newer query took its place: what it finds is what is shown.
      if (this.selection && this.selection !== started) return this.selection;
      this.selection = undefined;
      throw error;
    });
    this.selection = started;
    return started;
  }

  /** A page of records of a group, and how many more there are. */
  async page(group: GroupNode): Promise<Node[]> {
    const rows = group.rows.slice(0, group.shown);
    const lines = await this.linesOf(rows);
    const nodes = Array.from(rows, (row, at): Node => this.candidate(group, at, lines.get(row) ?? ''));
    const left = group.rows.length - rows.length;
    return left > 0 ? [...nodes, { kind: 'more', parent: group, left }] : nodes;
  }

  /** What has to be drawn anew when decisions on records changed: their lines, and the pairs that count them. */
  touched(rows: readonly number[]): Node[] {
    const nodes = new Set<Node>();
    for (const row of rows) {
      const detail = this.review.detail(row);
      const pair = detail && this.groups.get(pairId(this.review, detail));
      if (pair) nodes.add(pair);
      for (const node of this.shown.get(row) ?? []) if (node.parent !== pair) nodes.add(node);
    }
    return [...nodes];
  }

  private async select(): Promise<readonly PairNode[]> {
    const searching = new AbortController();
    this.searching = searching;
    const { status, ...query } = this.query();
    const { candidates } = this.review;
    const positions = await this.review.select(query, searching.signal);
    searching.signal.throwIfAborted();
    const isShown = (position: number): boolean => this.isShown(candidates.rows[position] ?? 0, status);
    const left = status === undefined ? positions : positions.filter(isShown);
    this.selected = left.map((position) => candidates.rows[position] ?? 0);
    const pairs = groupByPair(candidates, left).map((group) => this.pair(group));
    if (!this.keepsOrder) this.places = new Map();
    for (const { id } of pairs) this.places.set(id, this.places.get(id) ?? this.places.size);
    return pairs.sort((a, b) => (this.places.get(a.id) ?? 0) - (this.places.get(b.id) ?? 0));
  }

  private pair({ given, suggested, rows }: PairGroup): PairNode {
    const id = pairId(this.review, { given, suggested });
    const before = this.keepsOrder ? this.groups.get(id) : undefined;
    const ordered = before ? keepOrder(before.rows, rows) : rows;
    const node: PairNode = { kind: 'pair', id, parent: this.node, given, suggested, rows: ordered, shown: pageSize };
    return this.known(node, { rows: ordered });
  }

  private isShown(row: number, status: CandidateStatus | undefined): boolean {
    const own = this.review.statusOf(row);
    return own === status || (own === 'skip' && status === 'pending') || this.kept.has(row);
  }

  private issues(): Node[] {
    const issues = this.review.found?.issues;
    if (!issues) return [];
    const nodes: Node[] = [];
    const add = (issue: IssueNode['issue'], found: IssueRows): void => {
      const id = `issue:${JSON.stringify([this.review.dataset, issue])}`;
      const node: IssueNode = { kind: 'issue', id, parent: this.node, issue, ...found, shown: pageSize };
      if (found.rows.length > 0) nodes.push(this.known(node, found));
    };
    add('duplicates', conflictingDuplicates(issues));
    if (issues.classBalance.classes.length > 1) nodes.push(this.balance);
    add('texts', poorTexts(issues));
    return nodes;
  }

  /** The same node as before, brought up to date, so that VS Code knows it again and its page stays as long as it was. */
  private known<T extends GroupNode>(node: T, changes: Partial<T>): T {
    const before = this.groups.get(node.id) as T | undefined;
    if (before) return Object.assign(before, changes);
    this.groups.set(node.id, node);
    return node;
  }

  private candidate(parent: GroupNode, at: number, line: string): CandidateNode {
    const row = parent.rows[at] ?? 0;
    const id = `${parent.id}#${row}`;
    const what = parent.kind === 'issue' ? (parent.what[at] ?? '') : '';
    const nodes = this.shown.get(row) ?? new Set();
    this.shown.set(row, nodes);
    const before = [...nodes].find((node) => node.id === id);
    if (before?.line === line && before.what === what) return before;
    if (before) nodes.delete(before);
    const node: CandidateNode = { kind: 'candidate', id, parent, row, line, what };
    nodes.add(node);
    return node;
  }

  /** The beginnings of texts, each of which is read once. */
  private async linesOf(rows: Uint32Array): Promise<ReadonlyMap<number, string>> {
    const missing = Array.from(rows.filter((row) => !this.lines.has(row)));
    if (missing.length === 0) return this.lines;
    try {
      const records = await this.review.records(missing);
      for (const [at, row] of missing.entries()) {
        const text = recordText(this.review, records[at] ?? []);
        this.lines.set(row, clip(oneLine(text), longestLine));
      }
    } catch (error) {
      // A file that is gone takes no decisions with it: they are shown without texts.
      if (!isExpected(error)) throw error;
      this.log.warn(error.message);
    }
    return this.lines;
  }
}

function pairId({ dataset }: Review, { given, suggested }: Pick<PairNode, 'given' | 'suggested'>): string {
  return `pair:${JSON.stringify([dataset, given, suggested])}`;
}
