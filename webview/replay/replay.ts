import type { Verdict } from '../../extension/core/flagging/replay/types';
import type { Failure } from '../../extension/protocol/envelope';
import type { ReplayDetail, ReplayHost, ReplayPage, ReplayRows, ReplayView } from '../../extension/protocol/replay';
import type { Handlers, Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { rowAt, RowWindow } from '../ui/rowWindow';
import { nothingTold, PageStore, type Told } from '../ui/store';
import { strings } from './strings';

export interface PageState extends Told {
  readonly view: ReplayView | null;
  readonly loadFailure: Failure | null;
  /** Null for all. */
  readonly verdict: Verdict | null;
  /** The rows that were asked for last. */
  readonly rows: ReplayRows | null;
  /** Position in the filtered table, or -1. */
  readonly selected: number;
  readonly detail: ReplayDetail | null;
  /** What is being done for the person, so that it is not asked twice. */
  readonly busy: 'cancel' | 'unflag' | 'save' | null;
}

const initialState: PageState = {
  ...nothingTold,
  view: null,
  loadFailure: null,
  verdict: null,
  rows: null,
  selected: -1,
  detail: null,
  busy: null,
};

/** A replay as its page knows it, and what a person can do with it. */
export class Replay {
  readonly store = new PageStore(initialState);
  private readonly window = new RowWindow((from, count) => this.host.rows(this.state.verdict, from, count));
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turn = 0;

  /** @param remember keeps what brings the panel back after a reload of the window */
  constructor(
    readonly host: Remote<ReplayHost>,
    private readonly remember: (restore: unknown) => void,
  ) {}

  get state(): PageState {
    return this.store.state;
  }

  async load(): Promise<void> {
    try {
      const before = this.state.view;
      const view = await this.host.view();
      this.store.update({ view, loadFailure: null });
      this.remember(view.restore);
      this.tellEnd(before, view);
      await this.loadRows();
      await this.loadDetail();
    } catch (error) {
      this.store.update({ loadFailure: failureOf(error) });
    }
  }

  /** More was judged, or another run began, whose results are not those that are shown. */
  async follow(): Promise<void> {
    const { view: before } = this.state;
    await this.load();
    const { view } = this.state;
    if (before && view && view.done < before.done) this.store.update({ selected: -1, detail: null });
  }

  filter(verdict: Verdict | null): void {
    this.store.update({ verdict, rows: null, selected: -1, detail: null });
    this.store.aside(this.loadRows());
  }

  /** Asks for the rows that are seen, when they are not there yet. */
  look(first: number, count: number): void {
    if (this.window.moveTo(this.state.rows, first, count)) this.store.aside(this.loadRows());
  }

  select(position: number): void {
    const { rows } = this.state;
    const last = (rows?.matched ?? 0) - 1;
    this.store.update({ selected: Math.max(0, Math.min(position, last)) });
    this.store.aside(this.loadDetail());
  }

  /** The row at a position, when it is loaded. */
  rowAt(position: number) {
    return rowAt(this.state.rows, position);
  }

  openSelected(): void {
    const { detail } = this.state;
    if (detail) this.store.aside(this.host.openSample(detail.row));
  }

  restart(): void {
    this.store.update({ notice: null, selected: -1, detail: null });
    this.store.aside(this.host.restart());
  }

  cancel(): void {
    this.during('cancel', async () => this.host.cancel());
  }

  unflagFixed(): void {
    this.during('unflag', async () => {
      const count = await this.host.unflagFixed();
      this.store.announce(count > 0 ? strings.unflaggedCount(count) : strings.noneUnflagged);
    });
  }

  saveRegression(): void {
    this.during('save', async () => {
      const lines = await this.host.saveRegression();
      if (lines !== null) this.store.announce(strings.saved(lines));
    });
  }

  private during(busy: NonNullable<PageState['busy']>, work: () => Promise<void>): void {
    if (this.state.busy !== null) return;
    this.store.update({ busy, notice: null });
    this.store.aside(work().finally(() => this.store.update({ busy: null })));
  }

  private async loadRows(): Promise<void> {
    const rows = await this.window.load();
    if (rows) this.store.update({ rows });
  }

  private async loadDetail(): Promise<void> {
    const row = this.rowAt(this.state.selected);
    if (!row) return;
    const turn = ++this.turn;
    if (this.state.detail?.row === row.row) return;
    const detail = await this.host.detail(row.row);
    if (turn === this.turn) this.store.update({ detail });
  }

  /** Says how a run ended, once. */
  private tellEnd(before: ReplayView | null, view: ReplayView): void {
    if (before?.state === 'running' && view.state !== 'running') this.store.announce(endText(view));
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
