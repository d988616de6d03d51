import type { Reason } from '../../../extension/core/review/engine/types';
import type { CandidateStatus } from '../../../extension/core/review/types';
import {
  everything,
  type BulkTarget,
  type PageChoice,
  type ReviewHost,
  type ReviewRecord,
  type ReviewRow,
  type ReviewView,
} from '../../../extension/protocol/review';
import type { Remote } from '../../../extension/protocol/rpc';

/** A candidate as a test gives it; what is left out is made up. */
export interface FakeRecord extends Partial<Omit<ReviewRecord, 'position'>> {
  readonly row: number;
}

export const reason: Reason = {
  logOdds: 2.2,
  prior: -0.9,
  tokens: [
    { start: 0, end: 4, contribution: 2.5 },
    { start: 5, end: 9, contribution: 1.1 },
    { start: 10, end: 14, contribution: -0.5 },
  ],
  words: [
    { word: 'Free', count: 1, contribution: 2.5 },
    { word: 'text', count: 1, contribution: 1.1 },
    { word: 'home', count: 1, contribution: -0.5 },
  ],
};

type Answers = { [K in keyof ReviewHost]: (...args: Parameters<ReviewHost[K]>) => unknown };

/** A host that keeps its decisions in memory. A test may replace any answer, and finds every call in `calls`. */
export class FakeHost {
  readonly calls: (readonly unknown[])[] = [];
  readonly answers: Answers;
  /** In the order of the list. */
  order: number[];
  readonly decided = new Map<number, PageChoice>();
  readonly steps: (readonly number[])[] = [];
  more: Partial<ReviewView> = {};
  filter = everything;
  version = 1;

  constructor(readonly records: readonly FakeRecord[]) {
    this.order = records.map(({ row }) => row);
    this.answers = this.makeAnswers();
  }

  /** As the page sees it. */
  readonly remote = new Proxy({} as Remote<ReviewHost>, {
    get:
      (_, method: keyof ReviewHost) =>
      async (...args: never[]): Promise<unknown> => {
        this.calls.push([method, ...args]);
        return await this.answers[method](...args);
      },
  });

  called(method: keyof ReviewHost): (readonly unknown[])[] {
    return this.calls.filter(([name]) => name === method).map(([, ...args]) => args);
  }

  statusOf(row: number): CandidateStatus {
    return this.decided.get(row)?.decision ?? 'pending';
  }

  get view(): ReviewView {
    const counts = { pending: 0, keep: 0, change: 0, ambiguous: 0, discard: 0, skip: 0 };
    for (const { row } of this.records) counts[this.statusOf(row)]++;
    const errors = counts.change + counts.discard;
    return {
      dataset: 'sms.csv',
      textColumn: 'text',
      labelColumn: 'label',
      classes: ['ham', 'spam', 'other'],
      multiLabel: false,
      reviewer: 'ann',
      model: 'built-in, 5 folds',
      records: 5574,
      accuracy: 0.98,
      healthScore: 0.97,
      counts: { ...counts, candidates: this.records.length, unapplied: counts.change + counts.discard },
      filter: this.filter,
      matched: this.order.length,
      position: 0,
      pairs: [{ given: ['ham'], suggested: ['spam'], candidates: this.records.length, pending: counts.pending }],
      live: true,
      frozen: false,
      blind: false,
      estimate: {
        ambiguous: counts.ambiguous,
        decided: errors + counts.keep,
        errors,
        precision: null,
        remaining: null,
        secondsPerItem: null,
        curve: [],
      },
      stopAt: 0.1,
      stale: false,
      canUndo: this.steps.length > 0,
      canRedo: false,
      secondOpinion: false,
      version: this.version,
      restore: { dataset: '/data/sms.csv' },
      ...this.more,
    };
  }

  record(row: number): ReviewRecord | null {
    const fake = this.records.find((candidate) => candidate.row === row);
    if (!fake) return null;
    const decision = this.decided.get(row);
    const hidden = this.view.blind && (!decision || decision.decision === 'skip');
    return {
      text: `Free text home ${row}`,
      clipped: 0,
      media: null,
      columns: [{ name: 'id', value: row }],
      given: ['ham'],
      labelQuality: 0.013,
      normalizedMargin: 0.02,
      selfConfidence: 0.01,
      rank: this.records.indexOf(fake),
      labelErrorCandidate: this.records.indexOf(fake),
      others: [],
      stale: false,
      ...fake,
      position: this.order.indexOf(row),
      suggested: hidden ? null : (fake.suggested ?? ['spam']),
      probabilities: hidden ? null : (fake.probabilities ?? [0.1, 0.85, 0.05]),
      status: this.statusOf(row),
      own: decision
        ? { reviewer: 'ann', ...decision, note: '', time: '2026-05-01T10:00:00.000Z', proposed: false }
        : null,
    };
  }

  private makeAnswers(): Answers {
    const nothing = (): undefined => undefined;
    return {
      view: () => this.view,
      record: (position) => this.record(this.order[position] ?? -1),
      recordOfRow: (row) => this.record(row),
      wholeText: (row) => `The whole text of ${row}`,
      nextPending: (position) => this.nextPending(position),
      reason: (row) => (this.view.blind && !this.decided.has(row) ? null : reason),
      similar: () => [],
      charts: () => ({ scores: [{ from: 0, to: 1, candidates: 2, pending: 1 }], confusion: null }),
      rows: (from, count) => ({
        version: this.version,
        matched: this.order.length,
        from,
        rows: this.order.slice(from, from + count).flatMap((row) => this.line(row)),
      }),
      setFilter: (filter) => {
        this.filter = filter;
      },
      decide: (row, choice) => this.decide([row], choice),
      preview: (target, choice) => this.preview(target, choice),
      decideMany: (target, choice) => {
        const rows = this.rowsOf(target);
        this.decide(rows, choice);
        return rows.length;
      },
      note: nothing,
      undo: () => this.undo(),
      redo: () => null,
      setFrozen: (frozen) => this.change({ frozen }),
      setBlind: (blind) => this.change({ blind }),
      setStopAt: (stopAt) => this.change({ stopAt }),
      apply: nothing,
      openInFile: nothing,
      secondOpinion: nothing,
      showLog: nothing,
    };
  }

  private change(more: Partial<ReviewView>): void {
    this.more = { ...this.more, ...more };
  }

  private nextPending(from: number): number | null {
    const isPending = (row: number): boolean => this.statusOf(row) === 'pending';
    const ahead = this.order.findIndex((row, position) => position >= from && isPending(row));
    const found = ahead >= 0 ? ahead : this.order.findIndex(isPending);
    if (found >= 0) return found;
    const skipped = this.order.findIndex((row) => this.statusOf(row) === 'skip');
    return skipped >= 0 ? skipped : null;
  }

  private decide(rows: readonly number[], choice: PageChoice): void {
    for (const row of rows) this.decided.set(row, choice);
    this.steps.push(rows);
    this.version++;
  }

  private undo(): number | null {
    const rows = this.steps.pop();
    for (const row of rows ?? []) this.decided.delete(row);
    this.version++;
    return rows?.[0] ?? null;
  }

  private rowsOf(target: BulkTarget): readonly number[] {
    return 'all' in target ? this.order : target.rows;
  }

  private preview(target: BulkTarget, choice: PageChoice) {
    const rows = this.rowsOf(target);
    const decided = rows.filter((row) => this.decided.has(row)).length;
    const pair = { given: ['ham'], suggested: choice.label ?? ['spam'], candidates: rows.length, pending: 0 };
    return { count: rows.length, decided, pairs: [pair], examples: rows.slice(0, 5).flatMap((row) => this.line(row)) };
  }

  private line(row: number): ReviewRow[] {
    const record = this.record(row);
    if (!record) return [];
    const { position, text, given, suggested, labelErrorCandidate, status, own } = record;
    const label = own?.label ?? null;
    return [
      {
        position,
        row,
        text,
        given,
        suggested,
        labelQuality: record.labelQuality,
        labelErrorCandidate,
        status,
        label,
      },
    ];
  }
}
