import type { GridColumn, GridRow, LogHost, LogPage, LogQuery } from '../../extension/protocol/log';
import type { Handlers, Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { Changes } from './changes';
import { clampWidth, defaultWidth } from './geometry';
import type { Place } from './keys';
import { RowCache } from './rows';
import { emptyQuery, isWhole, type PageState } from './state';
import type { Store } from './store';
import { strings } from './strings';

/** Rows that are asked for at a time where only their numbers are wanted. */
const manyRows = 1000;

/** A flag log as its page knows it, and what a person can do to look at it. */
export class Log {
  readonly changes: Changes;
  private readonly cache: RowCache;
  private seen = { first: 0, count: 40 };
  /** Count questions: the answer to an older one than the last is not shown. */
  private turns = { view: 0, query: 0, sample: 0, find: 0 };
  private loading: Promise<void> = Promise.resolve();

  constructor(
    readonly host: Remote<LogHost>,
    readonly store: Store,
  ) {
    this.cache = new RowCache(
      (query, from, count) => host.rows(query, from, count),
      () => this.takeRows(),
      (error) => store.fail(error),
    );
    this.changes = new Changes(host, store, this);
  }

  get state(): PageState {
    return this.store.state;
  }

  /** The version that the rows which are seen are of. */
  get version(): number {
    return this.cache.version;
  }

  /** Reads the log, also when it changed. What is seen stays until the answer is there. */
  load(): Promise<void> {
    this.loading = this.read();
    return this.loading;
  }

  /** Waits until what is seen is the newest that the host told of. */
  async settled(): Promise<void> {
    let waited: Promise<void> | undefined;
    while (waited !== this.loading) {
      waited = this.loading;
      await waited;
    }
  }

  /** Asks for the rows that are seen. */
  look(first: number, count: number): void {
    this.seen = { first, count };
    if (this.state.view) void this.cache.look(this.state.query, first, count);
  }

  rowAt(position: number): GridRow | undefined {
    return this.cache.at(position);
  }

  /** Every column, those of cells beyond the header last. */
  allColumns(): readonly GridColumn[] {
    const { view, extra } = this.state;
    const known = view?.columns ?? [];
    const beyond = Array.from({ length: extra }, (_, index): GridColumn => ({
      index: known.length + index,
      name: strings.extraColumn(index + 1),
      role: 'extra',
      kind: 'text',
    }));
    return [...known, ...beyond];
  }

  /** The columns that are shown. */
  columns(): readonly GridColumn[] {
    const hidden = new Set(this.state.hidden);
    return this.allColumns().filter(({ index }) => !hidden.has(index));
  }

  widthOf(column: number): number {
    return this.state.widths[column] ?? defaultWidth;
  }

  /** The numbers, in the file, of the rows from the anchor to the place. */
  async selectedRows(): Promise<readonly number[]> {
    const { at, anchor, query } = this.state;
    const [first, last] = [Math.max(0, Math.min(at.position, anchor)), Math.max(at.position, anchor)];
    if (isWhole(query)) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const rows: number[] = [];
    for (let from = first; from <= last; from += manyRows) {
      const reply = await this.host.rows(query, from, Math.min(manyRows, last - from + 1));
      rows.push(...reply.rows.map(({ row }) => row));
    }
    return rows;
  }

  goTo(wanted: Place, extend = false): void {
    const at = {
      position: Math.max(-1, Math.min(wanted.position, (this.state.matched ?? 1) - 1)),
      column: Math.max(0, Math.min(wanted.column, this.columns().length - 1)),
    };
    this.store.update({ at, anchor: extend ? this.state.anchor : at.position, shown: this.state.shown + 1 });
    this.loadSample();
  }

  selectAll(): void {
    const { at, matched = 0 } = this.state;
    this.store.update({ anchor: 0, at: { ...at, position: Math.max(0, matched - 1) } });
    this.store.announce(strings.selected(matched));
    this.loadSample();
  }

  /**
   * Shows the rows of another query, from the first on.
   *
   * @param said what is announced then, else how many they are
   */
  async ask(query: LogQuery, said?: string): Promise<void> {
    const turn = ++this.turns.query;
    this.turns.find++;
    const { at, shown } = this.state;
    const position = Math.min(at.position, 0);
    this.store.update({ query, at: { ...at, position }, anchor: position, shown: shown + 1 });
    this.cache.renew(this.allColumns().length);
    this.seen = { ...this.seen, first: 0 };
    await this.cache.look(query, 0, this.seen.count);
    const { view, matched } = this.state;
    if (turn === this.turns.query && view) this.store.announce(said ?? strings.count(matched ?? 0, view.total));
  }

  /** Shows only the rows whose cell of a column contains a text; all where it is empty. */
  filter(column: number, contains: string): void {
    const { query } = this.state;
    const others = query.filters.filter((filter) => filter.column !== column);
    void this.ask({ ...query, filters: contains === '' ? others : [...others, { column, contains }] });
  }

  sort({ index, name }: GridColumn, direction: 'ascending' | 'descending' | 'none'): void {
    const sort = direction === 'none' ? null : { column: index, descending: direction === 'descending' };
    const said = sort ? strings.sorted(name, sort.descending) : strings.unsorted;
    void this.ask({ ...this.state.query, sort }, said);
  }

  /** Ascending, descending, then the order of the file. Where nothing can be sorted, the menu says why. */
  sortNext(column: GridColumn): void {
    const { sort } = this.state.query;
    if (this.state.view?.byParts) this.store.update({ menu: column.index });
    else if (sort?.column !== column.index) this.sort(column, 'ascending');
    else this.sort(column, sort.descending ? 'none' : 'descending');
  }

  resize({ index, name }: GridColumn, width: number): void {
    const clamped = clampWidth(width);
    this.store.update({ widths: { ...this.state.widths, [index]: clamped } });
    this.store.announce(strings.widthOf(name, clamped));
  }

  /** Shows or hides a column; one always stays. */
  showColumn(column: number, shown: boolean): void {
    const others = this.state.hidden.filter((index) => index !== column);
    if (!shown && this.columns().length <= 1) return;
    this.store.update({ hidden: shown ? others : [...others, column], menu: null });
  }

  async findNext(text: string, backwards: boolean): Promise<void> {
    if (text === '') return;
    const { query, at } = this.state;
    const column = this.columns()[at.column]?.index ?? 0;
    const turn = ++this.turns.find;
    try {
      const found = await this.host.find(query, text, Math.max(0, at.position), column, backwards);
      if (turn !== this.turns.find) return;
      this.store.update({ missed: found === null });
      if (!found) {
        this.store.announce(strings.notFound);
        return;
      }
      if (this.state.hidden.includes(found.column)) this.showColumn(found.column, true);
      const shown = this.columns().findIndex(({ index }) => index === found.column);
      this.goTo({ position: found.position, column: shown });
      this.store.announce(strings.found(found.row, this.columns()[shown]?.name ?? ''));
    } catch (error) {
      if (turn === this.turns.find) this.store.fail(error);
    }
  }

  /** @param percent of the file that a search has gone through; null once it is over */
  searching(percent: number | null): void {
    if (this.state.progress === null && percent !== null) this.store.announce(strings.searching(percent));
    this.store.update({ progress: percent });
  }

  /** Ends a search that takes long: the rows of a filter that was not gone through are not shown. */
  stop(): void {
    this.turns.find++;
    this.store.aside(this.host.stop());
    if (this.state.matched === undefined || this.cache.isAsking) void this.ask(emptyQuery, strings.stopped);
    else this.store.announce(strings.stopped);
  }

  /** Copies the selected samples as they stand in the file. */
  async copySelected(): Promise<void> {
    try {
      const rows = await this.selectedRows();
      await this.host.copy(rows);
      this.store.announce(strings.copied(rows.length));
    } catch (error) {
      this.store.fail(error);
    }
  }

  act(action: Parameters<LogHost['act']>[0]): void {
    const rows = action === 'replay' || action === 'promote' ? this.selectedRows() : Promise.resolve([]);
    this.store.aside(rows.then((selected) => this.host.act(action, selected)));
  }

  openCell(row: number, column: number): void {
    this.store.aside(this.host.openCell(row, column));
  }

  openMedia(row: number, column: number, index: number): void {
    this.store.aside(this.host.openMedia(row, column, index));
  }

  /** Selects a row of the file: the whole log is shown, in its order. */
  async reveal(row: number): Promise<void> {
    await this.settled();
    if (!isWhole(this.state.query)) await this.ask(emptyQuery);
    this.goTo({ position: row, column: this.state.at.column });
  }

  private async read(): Promise<void> {
    const turn = ++this.turns.view;
    try {
      const view = await this.host.view();
      if (turn !== this.turns.view) return;
      this.store.update({ view, loadFailure: null, extra: 0 });
      this.cache.renew(view.columns.length);
      await this.cache.look(this.state.query, this.seen.first, this.seen.count);
      this.loadSample(true);
      await this.changes.followDraft();
      this.store.aside(this.loadOptions(turn));
    } catch (error) {
      if (this.state.view) this.store.fail(error);
      else this.store.update({ loadFailure: failureOf(error) });
    }
  }

  /** Comes after the rows: to know all options the host goes through the log. */
  private async loadOptions(turn: number): Promise<void> {
    const options = await this.host.options();
    if (turn === this.turns.view) this.store.update({ options });
  }

  private takeRows(): void {
    const { matched = 0 } = this.cache;
    const { view, at, anchor, sample, query, rowsVersion } = this.state;
    const last = matched - 1;
    // In a filtered or sorted view the selected row may now be elsewhere; it stays selected.
    const moved = isWhole(query) || !sample || at.position !== anchor ? undefined : this.cache.positionOf(sample.row);
    const isSame = moved === undefined || at.position < 0 || view?.version === sample?.version;
    const position = Math.min(isSame ? at.position : moved, Math.max(0, last));
    this.store.update({
      matched,
      extra: Math.max(this.state.extra, this.widestSeen() - (view?.columns.length ?? 0)),
      rowsVersion: rowsVersion + 1,
      at: { ...at, position },
      anchor: isSame ? Math.min(anchor, Math.max(0, last)) : position,
    });
    if (matched === 0) this.store.update({ sample: null });
    this.loadSample();
  }

  /** The most cells of a row that is seen. */
  private widestSeen(): number {
    const { first, count } = this.seen;
    const lengths = Array.from({ length: count }, (_, index) => this.rowAt(first + index)?.cells.length ?? 0);
    return Math.max(0, ...lengths);
  }

  private loadSample(again = false): void {
    const row = this.rowAt(this.state.at.position);
    const { sample } = this.state;
    if (!row || (!again && sample?.row === row.row && sample.version === this.version)) return;
    if (sample && sample.row !== row.row) this.changes.commitNote();
    const turn = ++this.turns.sample;
    const loaded = this.host.sample(row.row).then((next) => {
      if (turn !== this.turns.sample) return;
      this.store.update({ sample: next });
      this.changes.followNote(next);
    });
    this.store.aside(loaded);
  }
}

/** What the host may tell the page. The log is asked for late, since it is made with the host. */
export function pageHandlers(log: () => Log): Handlers<LogPage> {
  const isCount = (args: readonly unknown[]): boolean => args.length === 1 && Number.isSafeInteger(args[0]);
  return {
    // The host waits for no answer of a page that reads the log for long.
    changed: { accepts: isCount, handle: () => void log().load() },
    reveal: { accepts: isCount, handle: (row) => log().reveal(row) },
    progress: {
      accepts: (args) => args.length === 1 && (args[0] === null || typeof args[0] === 'number'),
      handle: (percent) => log().searching(percent),
    },
  };
}
