import type { Verdict } from '../../extension/core/flagging/replay/types';
import type { Failure } from '../../extension/protocol/envelope';
import type { ReplayDetail, ReplayHost, ReplayPage, ReplayRows, ReplayView } from '../../extension/protocol/replay';
import type { Handlers, Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { strings } from './strings';

export interface PageState {
  readonly view: ReplayView | null;
  readonly loadFailure: Failure | null;
  /** Null for all. */
  readonly verdict: Verdict | null;
  /** The rows that were asked for last. */
  readonly rows: ReplayRows | null;
  /** Position in the filtered table, or -1. */
  readonly selected: number;
  readonly detail: ReplayDetail | null;
  /** What failed at the side. */
  readonly notice: Failure | null;
  /** What is being done for the person, so that it is not asked twice. */
  readonly busy: 'cancel' | 'unflag' | 'save' | null;
  readonly announcement: { readonly text: string; readonly count: number };
}

const initialState: PageState = {
  view: null,
  loadFailure: null,
  verdict: null,
  rows: null,
  selected: -1,
  detail: null,
  notice: null,
  busy: null,
  announcement: { text: '', count: 0 },
};

/** Rows that are asked for beyond those that are seen, on either side. */
const margin = 30;

/** A replay as its page knows it, and what a person can do with it. */
export class Replay {
  private current = initialState;
  private readonly listeners = new Set<() => void>();
  private window = { from: 0, count: 60 };
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turns = { rows: 0, detail: 0 };

  /** @param remember keeps what brings the panel back after a reload of the window */
  constructor(
    readonly host: Remote<ReplayHost>,
    private readonly remember: (restore: unknown) => void,
  ) {}

  get state(): PageState {
    return this.current;
  }

  /** @returns the function that ends it */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async load(): Promise<void> {
    try {
      const before = this.current.view;
      const view = await this.host.view();
      this.update({ view, loadFailure: null });
      this.remember(view.restore);
      this.tellEnd(before, view);
      await this.loadRows();
      await this.loadDetail();
    } catch (error) {
      this.update({ loadFailure: failureOf(error) });
    }
  }

  /** More was judged, or another run began, whose results are not those that are shown. */
  async follow(): Promise<void> {
    const { view: before } = this.current;
    await this.load();
    const { view } = this.current;
    if (before && view && view.done < before.done) this.update({ selected: -1, detail: null });
  }

  filter(verdict: Verdict | null): void {
    this.update({ verdict, rows: null, selected: -1, detail: null });
    this.aside(this.loadRows());
  }

  /** Asks for the rows that are seen, when they are not there yet. */
  look(first: number, count: number): void {
    this.window = { from: Math.max(0, first - margin), count: count + 2 * margin };
    const { rows } = this.current;
    const last = Math.min(first + count, rows?.matched ?? 0);
    if (rows && (first < rows.from || last > rows.from + rows.rows.length)) this.aside(this.loadRows());
  }

  select(position: number): void {
    const { rows } = this.current;
    const last = (rows?.matched ?? 0) - 1;
    this.update({ selected: Math.max(0, Math.min(position, last)) });
    this.aside(this.loadDetail());
  }

  /** The row at a position, when it is loaded. */
  rowAt(position: number) {
    const { rows } = this.current;
    return rows?.rows[position - rows.from];
  }

  openSelected(): void {
    const { detail } = this.current;
    if (detail) this.aside(this.host.openSample(detail.row));
  }

  restart(): void {
    this.update({ notice: null, selected: -1, detail: null });
    this.aside(this.host.restart());
  }

  cancel(): void {
    this.during('cancel', async () => this.host.cancel());
  }

  unflagFixed(): void {
    this.during('unflag', async () => {
      const count = await this.host.unflagFixed();
      this.announce(count > 0 ? strings.unflaggedCount(count) : strings.noneUnflagged);
    });
  }

  saveRegression(): void {
    this.during('save', async () => {
      const lines = await this.host.saveRegression();
      if (lines !== null) this.announce(strings.saved(lines));
    });
  }

  /** Waits for something at the side; its failure is shown, and nothing else changes. */
  aside(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.update({ notice: failureOf(error) }));
  }

  private during(busy: NonNullable<PageState['busy']>, work: () => Promise<void>): void {
    if (this.current.busy !== null) return;
    this.update({ busy, notice: null });
    this.aside(work().finally(() => this.update({ busy: null })));
  }

  private async loadRows(): Promise<void> {
    const turn = ++this.turns.rows;
    const { from, count } = this.window;
    const rows = await this.host.rows(this.current.verdict, from, count);
    if (turn === this.turns.rows) this.update({ rows });
  }

  private async loadDetail(): Promise<void> {
    const row = this.rowAt(this.current.selected);
    if (!row) return;
    const turn = ++this.turns.detail;
    if (this.current.detail?.row === row.row) return;
    const detail = await this.host.detail(row.row);
    if (turn === this.turns.detail) this.update({ detail });
  }

  /** Says how a run ended, once. */
  private tellEnd(before: ReplayView | null, view: ReplayView): void {
    if (before?.state === 'running' && view.state !== 'running') this.announce(endText(view));
  }

  private announce(text: string): void {
    this.update({ announcement: { text, count: this.current.announcement.count + 1 } });
  }

  private update(change: Partial<PageState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** One sentence on where the replay is. */
export function endText({ state, done, total }: ReplayView): string {
  switch (state) {
    case 'idle':
      return strings.idle;
    case 'running':
      return strings.progress(done, total);
    case 'cancelled':
      return strings.cancelled(done, total);
    case 'failed':
      return strings.endedEarly(done, total);
    case 'finished':
      return strings.finished(done);
  }
}

/** What the host may tell the page. The replay is asked for late, since it is made with the host. */
export function pageHandlers(replay: () => Replay): Handlers<ReplayPage> {
  return {
    changed: {
      accepts: (args) => args.length === 1 && Number.isSafeInteger(args[0]),
      handle: () => replay().follow(),
    },
  };
}
