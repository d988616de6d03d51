import { everything, type ReviewFilter, type ReviewHost } from '../../extension/protocol/review';
import type { Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { Bulk } from './bulk';
import { Decisions } from './decisions';
import type { PageState } from './state';
import type { Store } from './store';
import { strings } from './strings';
import { Walk } from './walk';

/** A review as its page knows it: what is looked at, and how. */
export class Review {
  readonly decisions: Decisions;
  readonly bulk: Bulk;
  readonly walk: Walk;
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turns = { view: 0, filter: 0, charts: 0 };
  /** Never rejects. */
  private loading: Promise<void> = Promise.resolve();

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    readonly host: Remote<ReviewHost>,
    readonly store: Store,
    now: () => number = () => performance.now(),
  ) {
    this.walk = new Walk(this, now);
    this.decisions = new Decisions(this);
    this.bulk = new Bulk(this);
  }

  get state(): PageState {
    return this.store.state;
  }

  load(): Promise<void> {
    this.loading = this.loadAll();
    return this.loading;
  }

  private async loadAll(): Promise<void> {
    try {
      await this.loadView();
      await this.walk.begin();
      this.bulk.renew();
      if (this.state.figures) this.loadCharts();
    } catch (error) {
      this.store.update({ loadFailure: failureOf(error) });
    }
  }

  /** Something changed: counts, scores and the order; the record that is shown stays. */
  async follow(): Promise<void> {
    const isFirst = this.state.view === null || this.state.view.counts.candidates === 0;
    if (isFirst) {
      await this.load();
      return;
    }
    try {
      await this.loadView();
      await this.walk.refresh();
      this.bulk.renew();
      if (this.state.figures) this.loadCharts();
    } catch (error) {
      this.store.fail(error, () => void this.follow());
    }
  }

  async loadView(): Promise<void> {
    const turn = ++this.turns.view;
    const view = await this.host.view();
    if (turn !== this.turns.view) return;
    const { view: before, filtering } = this.state;
    // While a filter is on its way, the host does not know it yet.
    const filter = filtering && before ? before.filter : view.filter;
    this.store.update({ view: { ...view, filter }, loadFailure: null });
  }

  /** Shows a record that was chosen elsewhere, and goes on from it where it is in the list. */
  async reveal(row: number): Promise<void> {
    // Where a page that has just come begins would else take its place.
    await this.loading;
    this.store.update({ isBulk: false });
    await this.walk.open(row, []);
  }

  async clearFilter(): Promise<void> {
    const { view } = this.state;
    if (view) await this.setFilter({ ...everything, sort: view.filter.sort });
  }

  async setFilter(filter: ReviewFilter): Promise<void> {
    const turn = ++this.turns.filter;
    const { view: before } = this.state;
    if (before) this.store.update({ view: { ...before, filter }, filtering: true });
    try {
      await this.host.setFilter(filter);
      if (turn === this.turns.filter) await this.beginAnew();
    } catch (error) {
      // A newer filter ends the search for an older one.
      if (turn !== this.turns.filter) return;
      this.store.fail(error, () => void this.setFilter(filter));
      this.store.aside(this.loadView());
    } finally {
      if (turn === this.turns.filter) this.store.update({ filtering: false });
    }
  }

  setFigures(figures: boolean): void {
    this.store.update({ figures });
    if (figures) this.loadCharts();
  }

  setBulk(isBulk: boolean): void {
    this.store.update({ isBulk, dialog: null });
    this.walk.cover();
    const { shown } = this.state;
    if (isBulk) this.bulk.open(shown?.record.position ?? 0);
    else if (shown) void this.walk.open(shown.record.row);
  }

  /** Changes a switch of the host, whose view then tells of it. */
  change(changing: Promise<void>): void {
    this.store.aside(changing.then(() => this.follow()));
  }

  /** Other candidates are in the list. */
  private async beginAnew(): Promise<void> {
    await this.loadView();
    this.walk.passed.clear();
    this.bulk.clear();
    this.bulk.renew();
    await this.walk.begin();
    const { view } = this.state;
    if (view) this.store.announce(strings.matched(view.matched, view.counts.candidates));
  }

  private loadCharts(): void {
    const turn = ++this.turns.charts;
    const loaded = this.host.charts().then((charts) => {
      if (turn === this.turns.charts) this.store.update({ charts });
    });
    this.store.aside(loaded);
  }
}

/** Whether a filter leaves all candidates. */
export function isEverything({ given, suggested, status, scores, text, only }: ReviewFilter): boolean {
  return [given, suggested, status, scores].every((part) => part === null) && text === '' && only === undefined;
}

/** Candidates that are not decided. */
export function leftOf({ view }: PageState): number {
  return view ? view.counts.pending + view.counts.skip : 0;
}
