import type { ReviewHost, ReviewRecord } from '../../extension/protocol/review';
import type { Remote } from '../../extension/protocol/rpc';
import { Ahead, loadAround, type Around, type Found } from './ahead';
import { firstToggles, labelOrder, labelText } from './labels';
import { isEverything, leftOf, type Review } from './review';
import type { PageState, Shown } from './state';
import { Stopwatch } from './stopwatch';
import type { Store } from './store';
import { strings } from './strings';

/** The way through the list: which record is shown, which comes next, and which one can be decided. */
export class Walk {
  readonly watch: Stopwatch;
  /** Records that were skipped, or whose decision is on its way: they do not come again by themselves. */
  readonly passed = new Set<number>();
  private readonly ahead = new Ahead(() => this.findNext());
  private readonly host: Remote<ReviewHost>;
  private readonly store: Store;
  /** The position in the list that was shown last. */
  private place = 0;
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turn = 0;
  /** The turn of the record that a person can see. */
  private painted = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor({ host, store }: Pick<Review, 'host' | 'store'>, now: () => number) {
    this.host = host;
    this.store = store;
    this.watch = new Stopwatch(now);
  }

  private get state(): PageState {
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
    if (this.state.noting === 'next') this.note();
  }

  /** Opens the note of the record that is seen, or of the one that comes. */
  note(): void {
    const { shown, ended, isBulk } = this.state;
    if (!shown || ended || isBulk) return;
    this.store.update({ noting: this.seen?.record.row ?? 'next' });
  }

  /** The record that is seen must not be decided (again). */
  cover(): void {
    this.painted = 0;
  }

  /** Lets no key decide until another record is shown, or until what is returned is called. */
  hold(): () => void {
    const { painted } = this;
    this.cover();
    return () => {
      if (this.painted === 0) this.painted = painted;
    };
  }

  /** Shows where to go on. */
  async begin(): Promise<void> {
    this.ahead.clear();
    const { view } = this.state;
    if (!view || view.matched === 0) {
      this.turn++;
      this.store.update({ shown: null, ended: false });
      return;
    }
    await this.bring(() => this.host.record(view.position, false), []);
    if (leftOf(this.state) === 0 && isEverything(view.filter)) this.end();
  }

  /** Shows the record of a position in the list. */
  async goTo(position: number): Promise<void> {
    const matched = this.state.view?.matched ?? 0;
    if (position < 0 || position >= matched) {
      this.store.announce(position < 0 ? strings.firstOne : strings.lastOne);
      return;
    }
    await this.bring(() => this.host.record(position, false), []);
    this.announceShown();
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
    const turn = ++this.turn;
    try {
      const taken = this.ahead.take((row) => !this.passed.has(row));
      const next = taken instanceof Promise ? await taken : taken;
      if (turn !== this.turn) return;
      if (!next) {
        this.end();
        return;
      }
      this.show(next.record, [], next.around);
      await this.settle();
    } catch (error) {
      this.fail(error, () => void this.advance());
    }
  }

  /** From the first pending record on, those that were skipped as well. */
  async restart(): Promise<void> {
    this.passed.clear();
    this.place = -1;
    await this.nextPending();
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

  updateShown(turn: number, change: Partial<Shown>): void {
    const { shown } = this.state;
    if (shown?.turn === turn) this.store.update({ shown: { ...shown, ...change } });
  }

  private async bring(read: () => Promise<ReviewRecord | null>, trail: readonly number[]): Promise<void> {
    const turn = ++this.turn;
    const { painted } = this;
    this.cover();
    try {
      const record = await read();
      if (turn !== this.turn) return;
      if (record) this.show(record, trail);
      else this.end();
    } catch (error) {
      if (turn === this.turn) this.painted = painted;
      this.fail(error, () => void this.bring(read, trail));
    }
  }

  private show(record: ReviewRecord, trail: readonly number[], around = this.loadAround(record)): void {
    const { turn } = this;
    const { view } = this.state;
    const shown: Shown = {
      record,
      reason: undefined,
      similar: undefined,
      wholeText: null,
      labels: labelOrder(view?.classes ?? [], record),
      toggled: firstToggles(record),
      turn,
    };
    if (record.position >= 0) this.place = record.position;
    this.store.update({ shown, trail, ended: false });
    this.fill(turn, around);
    this.ahead.renew();
  }

  private announceShown(): void {
    const { shown, view, ended } = this.state;
    if (!shown || !view || ended) return;
    const { row, position, given, suggested } = shown.record;
    const place = position >= 0 ? strings.position(position, view.matched) : strings.elsewhere;
    const hidden = this.isHidden(shown.record) ? strings.hidden : strings.noSuggestion;
    this.store.announce(strings.shown(row, place, labelText(given), suggested ? labelText(suggested) : hidden));
  }

  /** No record comes whose note could be written. */
  private fail(error: unknown, retry: () => void): void {
    if (this.state.noting === 'next') this.store.update({ noting: null });
    this.store.fail(error, retry);
  }

  private end(): void {
    this.cover();
    this.store.update({ ended: true, noting: null });
    this.store.announce(strings.pending(leftOf(this.state)));
  }

  /** Reads all of the shown record again. */
  async refresh(): Promise<void> {
    if (!this.state.shown) await this.begin();
    await this.settle();
    const { shown } = this.state;
    if (shown) this.fill(shown.turn, this.loadAround(shown.record));
    this.ahead.renew();
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

  private loadAround(record: ReviewRecord): Promise<Around> {
    return loadAround(this.host, record.row, this.isHidden(record));
  }

  /** Draws what is around a record once it is known: no decision waits for the model. */
  private fill(turn: number, around: Promise<Around>): void {
    this.store.aside(around.then((parts) => this.updateShown(turn, parts)));
  }

  /** Whether the suggestion is not to be seen yet. */
  isHidden(record: Pick<ReviewRecord, 'status'>): boolean {
    return this.state.view?.blind === true && ['pending', 'skip'].includes(record.status);
  }

  /** The pending record that comes next, from the place on and then from the start. */
  private async findNext(): Promise<Found | null> {
    const met = new Set<number>();
    for (let from = this.place + 1; ;) {
      const position = await this.host.nextPending(from);
      if (position === null || met.has(position)) return null;
      met.add(position);
      const record = await this.host.record(position, true);
      const isShown = record?.row === this.state.shown?.record.row;
      if (record && !isShown && !this.passed.has(record.row)) return this.found(record);
      from = position + 1;
    }
  }

  private found(record: ReviewRecord): Found {
    const around = this.loadAround(record);
    // A failure is told once the record is shown.
    around.catch(() => undefined);
    return { record, around };
  }
}
