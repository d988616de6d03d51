import type { ReviewFilter, ReviewHost, ReviewRecord } from '../../extension/protocol/review';
import type { Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { Ahead, loadAround, type Loaded } from './ahead';
import { Bulk } from './bulk';
import { Decisions } from './decisions';
import { firstToggles, labelOrder } from './labels';
import type { PageState, Shown } from './state';
import type { Store } from './store';
import { Stopwatch } from './stopwatch';
import { strings } from './strings';

/** A review as its page knows it: which record is shown, which comes next, and what a person can do to look at them. */
export class Review {
  readonly decisions: Decisions;
  readonly bulk: Bulk;
  readonly watch: Stopwatch;
  /** Records that were skipped, or whose decision is on its way: they do not come again by themselves. */
  readonly passed = new Set<number>();
  private readonly ahead = new Ahead(() => this.findNext());
  /** The position in the list that was shown last. */
  private place = 0;
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turns = { view: 0, shown: 0, charts: 0 };
  /** The turn of the record that a person can see. */
  private painted = 0;
  /** Never rejects. */
  private loading: Promise<void> = Promise.resolve();

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    readonly host: Remote<ReviewHost>,
    readonly store: Store,
    now: () => number = () => performance.now(),
  ) {
    this.watch = new Stopwatch(now);
    this.decisions = new Decisions(this);
    this.bulk = new Bulk(this);
  }

  get state(): PageState {
    return this.store.state;
  }

  /** The record that a person can see and decide; none while another is on its way. */
  get seen(): Shown | undefined {
    const { shown, ended, dialog, isBulk } = this.state;
    return shown && !ended && !dialog && !isBulk && shown.turn === this.painted ? shown : undefined;
  }

  /** The page has drawn the record of a turn. */
  paint(turn: number): void {
    if (turn === this.painted || turn !== this.state.shown?.turn) return;
    this.painted = turn;
    this.watch.restart();
  }

  /** The record that is seen must not be decided (again). */
  cover(): void {
    this.painted = 0;
  }

  load(): Promise<void> {
    this.loading = this.loadAll();
    return this.loading;
  }

  private async loadAll(): Promise<void> {
    try {
      await this.loadView();
      await this.begin();
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
      await this.refresh();
      this.ahead.renew();
      this.bulk.renew();
      if (this.state.figures) this.loadCharts();
    } catch (error) {
      this.store.fail(error, () => void this.follow());
    }
  }

  async loadView(): Promise<void> {
    const turn = ++this.turns.view;
    const view = await this.host.view();
    if (turn === this.turns.view) this.store.update({ view, loadFailure: null });
  }

  /** Shows the record of a position in the list. */
  async goTo(position: number): Promise<void> {
    const matched = this.state.view?.matched ?? 0;
    if (position < 0 || position >= matched) {
      this.store.announce(position < 0 ? strings.firstOne : strings.lastOne);
      return;
    }
    await this.bring(() => this.host.record(position, false), []);
  }

  /** By so many positions, from the record that is shown or that one came from. */
  async move(by: number): Promise<void> {
    const { shown, trail, ended } = this.state;
    if (!shown) return;
    if (ended) await this.open(shown.record.row, []);
    else if (trail.length > 0) await this.back();
    else await this.goTo(shown.record.position + by);
  }

  /** The next pending record after the one that is shown. */
  async nextPending(): Promise<void> {
    try {
      const position = await this.host.nextPending(this.place + 1);
      if (position === null) this.store.announce(strings.lastOne);
      else await this.goTo(position);
    } catch (error) {
      this.store.fail(error);
    }
  }

  /** Shows any record of the dataset. @param trail records to go back to */
  async open(row: number, trail: readonly number[] = this.state.trail): Promise<void> {
    await this.bring(() => this.host.recordOfRow(row), trail);
  }

  /** Shows a record that was chosen elsewhere, and goes on from it where it is in the list. */
  async reveal(row: number): Promise<void> {
    // Where a page that has just come begins would else take its place.
    await this.loading;
    this.store.update({ isBulk: false });
    await this.open(row, []);
  }

  /** Shows a record that resembles the one that is shown. */
  async openSimilar(row: number): Promise<void> {
    const { shown, trail } = this.state;
    if (shown) await this.open(row, [...trail, shown.record.row]);
  }

  /** Back to the record from which this one was opened. */
  async back(): Promise<void> {
    const { trail } = this.state;
    const row = trail.at(-1);
    if (row !== undefined) await this.open(row, trail.slice(0, -1));
  }

  /** What comes after a decision: back, or on to the next pending record. */
  async advance(): Promise<void> {
    if (this.state.trail.length > 0) {
      await this.back();
      return;
    }
    const turn = ++this.turns.shown;
    try {
      const taken = this.ahead.take((row) => !this.passed.has(row));
      const next = taken instanceof Promise ? await taken : taken;
      if (turn !== this.turns.shown) return;
      if (!next) {
        this.end();
        return;
      }
      this.show(next.record, [], next);
      await this.settle();
    } catch (error) {
      this.store.fail(error, () => void this.advance());
    }
  }

  /** From the first pending record on, those that were skipped as well. */
  async restart(): Promise<void> {
    this.passed.clear();
    this.place = -1;
    await this.nextPending();
  }

  async clearFilter(): Promise<void> {
    const { view } = this.state;
    if (view) await this.setFilter({ ...everything, sort: view.filter.sort });
  }

  async setFilter(filter: ReviewFilter): Promise<void> {
    try {
      await this.host.setFilter(filter);
      await this.loadView();
      this.passed.clear();
      this.bulk.clear();
      this.bulk.renew();
      await this.begin();
      const { view } = this.state;
      if (view) this.store.announce(strings.matched(view.matched, view.counts.candidates));
    } catch (error) {
      this.store.fail(error, () => void this.setFilter(filter));
    }
  }

  async loadWholeText(): Promise<void> {
    const { shown } = this.state;
    if (!shown) return;
    try {
      const wholeText = await this.host.wholeText(shown.record.row);
      this.updateShown(shown.turn, { wholeText });
    } catch (error) {
      this.store.fail(error, () => void this.loadWholeText());
    }
  }

  setFigures(figures: boolean): void {
    this.store.update({ figures });
    if (figures) this.loadCharts();
  }

  setBulk(isBulk: boolean): void {
    this.store.update({ isBulk, dialog: null });
    this.cover();
    if (isBulk) this.bulk.open(this.state.shown?.record.position ?? 0);
    else if (this.state.shown) void this.open(this.state.shown.record.row);
  }

  /** Changes a switch of the host, whose view then tells of it. */
  change(changing: Promise<void>): void {
    this.store.aside(changing.then(() => this.follow()));
  }

  updateShown(turn: number, change: Partial<Shown>): void {
    const { shown } = this.state;
    if (shown?.turn === turn) this.store.update({ shown: { ...shown, ...change } });
  }

  /** Shows where to go on. */
  private async begin(): Promise<void> {
    this.ahead.clear();
    const { view } = this.state;
    if (!view || view.matched === 0) {
      this.turns.shown++;
      this.store.update({ shown: null, ended: false });
      return;
    }
    await this.bring(() => this.host.record(view.position, false), []);
    if (leftOf(this.state) === 0 && isEverything(view.filter)) this.end();
  }

  private async bring(read: () => Promise<ReviewRecord | null>, trail: readonly number[]): Promise<void> {
    const turn = ++this.turns.shown;
    const { painted } = this;
    this.cover();
    try {
      const record = await read();
      if (turn !== this.turns.shown) return;
      if (record) this.show(record, trail);
      else this.end();
    } catch (error) {
      if (turn === this.turns.shown) this.painted = painted;
      this.store.fail(error, () => void this.bring(read, trail));
    }
  }

  private show(record: ReviewRecord, trail: readonly number[], around?: Loaded): void {
    const turn = this.turns.shown;
    const { view } = this.state;
    const shown: Shown = {
      record,
      reason: around?.reason,
      similar: around?.similar,
      wholeText: null,
      labels: labelOrder(view?.classes ?? [], record),
      toggled: firstToggles(record),
      turn,
    };
    if (record.position >= 0) this.place = record.position;
    this.store.update({ shown, trail, ended: false });
    if (!around) this.store.aside(this.loadParts(shown));
    this.ahead.renew();
  }

  private end(): void {
    this.cover();
    this.store.update({ ended: true });
    this.store.announce(strings.pending(leftOf(this.state)));
  }

  /** Reads all of the shown record again. */
  private async refresh(): Promise<void> {
    if (!this.state.shown) await this.begin();
    await this.settle();
    const { shown } = this.state;
    if (shown) await this.loadParts(shown);
  }

  /**
   * Tells the host which record is seen, and learns where it stands now; its labels and what is switched on stay where they
   * are.
   */
  private async settle(): Promise<void> {
    const { shown, ended } = this.state;
    const record = shown && (await this.host.recordOfRow(shown.record.row));
    if (!record || shown.turn !== this.state.shown?.turn) return;
    this.updateShown(shown.turn, { record });
    if (record.position < 0) return;
    this.place = record.position;
    if (!ended) await this.host.record(record.position, false);
  }

  private async loadParts({ record, turn }: Shown): Promise<void> {
    const { reason, similar } = await loadAround(this.host, record, this.isHidden(record));
    this.updateShown(turn, { reason, similar });
  }

  /** Whether the suggestion is not to be seen yet. */
  isHidden(record: ReviewRecord): boolean {
    return this.state.view?.blind === true && record.own === null;
  }

  /** The pending record that comes next, from the place on and then from the start. */
  private async findNext(): Promise<Loaded | null> {
    const met = new Set<number>();
    for (let from = this.place + 1; ;) {
      const position = await this.host.nextPending(from);
      if (position === null || met.has(position)) return null;
      met.add(position);
      const record = await this.host.record(position, true);
      const isShown = record?.row === this.state.shown?.record.row;
      if (record && !isShown && !this.passed.has(record.row))
        return loadAround(this.host, record, this.isHidden(record));
      from = position + 1;
    }
  }

  private loadCharts(): void {
    const turn = ++this.turns.charts;
    const loaded = this.host.charts().then((charts) => {
      if (turn === this.turns.charts) this.store.update({ charts });
    });
    this.store.aside(loaded);
  }
}

/** What is shown while nobody filters. */
export const everything: ReviewFilter = {
  given: null,
  suggested: null,
  status: null,
  scores: null,
  text: '',
  sort: 'likelihood',
};

/** Whether a filter leaves all candidates. */
export function isEverything({ given, suggested, status, scores, text }: ReviewFilter): boolean {
  return [given, suggested, status, scores].every((part) => part === null) && text === '';
}

/** Candidates that are not decided. */
export function leftOf({ view }: PageState): number {
  return view ? view.counts.pending + view.counts.skip : 0;
}
