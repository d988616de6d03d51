import type { Review } from '../../core/review/review';
import type { CandidateQuery, CandidateStatus } from '../../core/review/types';
import { everything, type ReviewFilter } from '../../protocol/review';

/**
 * The candidates that a filter leaves, and records that were chosen elsewhere, as a list that holds still while it is reviewed: what was decided stays in it, and
 * a new order changes only what lies below the furthest record that was looked at.
 */
export class ReviewList {
  private rows = new Uint32Array();
  /** Position by record, -1 for those that are not in the list. */
  private positions = new Int32Array();
  private furthest = -1;
  private applied: ReviewFilter = everything;
  private loading: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  /** Grows with every list that was asked for, so that only the newest is taken. */
  private asked = 0;

  constructor(private readonly review: Review) {}

  get filter(): ReviewFilter {
    return this.applied;
  }

  get length(): number {
    return this.rows.length;
  }

  /** Records in the order of the list. */
  get all(): readonly number[] {
    return [...this.rows];
  }

  slice(from: number, count: number): readonly number[] {
    return [...this.rows.subarray(from, from + count)];
  }

  rowAt(position: number): number | undefined {
    return this.rows[position];
  }

  /** -1 for a record that is not in the list. */
  positionOf(row: number): number {
    return this.positions[row] ?? -1;
  }

  /** From now on neither this position nor one above it changes. */
  lookedAt(position: number): void {
    this.furthest = Math.max(this.furthest, Math.min(position, this.rows.length - 1));
  }

  /** Asks for the list anew. A second call ends the first, which may be reading the file for a text. */
  async load(filter: ReviewFilter): Promise<void> {
    this.loading?.stop.abort();
    const stop = new AbortController();
    const loading = { stop, done: this.ask(filter, stop.signal) };
    this.loading = loading;
    try {
      await loading.done;
    } finally {
      if (this.loading === loading) this.loading = undefined;
    }
  }

  /** Follows a new order of the candidates. */
  async refresh(): Promise<void> {
    if (this.loading) return this.loading.done;
    const asked = ++this.asked;
    const { status, text } = this.applied;
    // Neither a decision nor a pass over the file for the texts may take a record out of the list.
    const selected = await this.select(queryOf({ ...this.applied, status: null, text: '' }));
    if (asked !== this.asked) return;
    const belongs = (row: number): boolean => {
      const position = this.positionOf(row);
      if (position >= 0) return position > this.furthest;
      return text === '' && (status === null || this.review.statusOf(row) === status);
    };
    const below = selected.filter(belongs);
    const rows = new Uint32Array(this.furthest + 1 + below.length);
    rows.set(this.rows.subarray(0, this.furthest + 1));
    rows.set(below, this.furthest + 1);
    this.take(rows);
  }

  /** The first pending record from a position on, else from the start; then the first that was skipped. */
  nextPending(position: number): number | null {
    for (const status of ['pending', 'skip'] as const) {
      const found = this.find(status, position, this.rows.length) ?? this.find(status, 0, position);
      if (found !== undefined) return found;
    }
    return null;
  }

  private find(status: CandidateStatus, from: number, end: number): number | undefined {
    for (const [index, row] of this.rows.subarray(from, end).entries()) {
      if (this.review.statusOf(row) === status) return from + index;
    }
    return undefined;
  }

  private async ask(filter: ReviewFilter, signal: AbortSignal): Promise<void> {
    const asked = ++this.asked;
    const rows = await this.select(queryOf(filter), signal);
    if (asked !== this.asked) return;
    this.applied = filter;
    this.furthest = -1;
    this.take(rows);
  }

  /**
   * Chosen records that are no candidates come last, unless the order is that of the file. Positions are of the candidates
   * as they were when they were asked for, which may be others by the time of the answer.
   */
  private async select(query: CandidateQuery, signal?: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
    for (;;) {
      const { candidates } = this.review;
      const positions = await this.review.select(query, signal);
      const unranked = await this.review.selectUnranked(query, signal);
      if (this.review.candidates !== candidates) continue;
      const rows = new Uint32Array(positions.length + unranked.length);
      for (const [at, position] of positions.entries()) rows[at] = candidates.rows[position] ?? 0;
      rows.set(unranked, positions.length);
      return query.sort === 'row' ? rows.sort() : rows;
    }
  }

  private take(rows: Uint32Array<ArrayBuffer>): void {
    this.rows = rows;
    this.positions = positionsByRow(rows);
  }
}

/** @returns the position of each record, -1 for those that do not occur */
export function positionsByRow(rows: Uint32Array): Int32Array<ArrayBuffer> {
  const size = rows.reduce((most, row) => Math.max(most, row + 1), 0);
  const positions = new Int32Array(size).fill(-1);
  for (const [position, row] of rows.entries()) positions[row] = position;
  return positions;
}

function queryOf({ given, suggested, status, scores, text, sort, only }: ReviewFilter): CandidateQuery {
  return {
    given: given ?? undefined,
    suggested: suggested ?? undefined,
    status: status ?? undefined,
    scores: scores ?? undefined,
    text: text === '' ? undefined : text,
    sort,
    rows: only && new Set(only.rows),
  };
}
