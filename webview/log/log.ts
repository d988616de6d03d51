import type { GridColumn, GridRow, LogHost, LogPage, LogQuery } from '../../extension/protocol/log';
import type { Handlers, Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { clampWidth, defaultWidth } from './geometry';
import type { Place } from './keys';
import { RowCache } from './rows';
import { emptyQuery, initialState, type Kept, type PageState } from './state';
import { strings } from './strings';

/** A flag log as its page knows it, and what a person can do with it. */
export class Log {
  private current = initialState;
  private readonly listeners = new Set<() => void>();
  private readonly cache: RowCache;
  private seen = { first: 0, count: 40 };
  private sampleTurn = 0;
  /** Changes are sent one after the other, each on the version that the one before made. */
  private pending: Promise<unknown> = Promise.resolve();

  /** @param keep remembers over a reload of the page */
  constructor(
    readonly host: Remote<LogHost>,
    private readonly keep: (kept: Kept, restore: unknown) => void,
    kept: Partial<Kept> = {},
  ) {
    this.current = { ...initialState, ...kept };
    this.cache = new RowCache(
      (query, from, count) => this.host.rows(query, from, count),
      () => this.takeRows(),
      (error) => this.fail(error),
    );
  }

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
      const view = await this.host.view();
      this.update({ view, loadFailure: null });
      this.cache.renew();
      this.look(this.seen.first, this.seen.count);
      this.loadSample();
    } catch (error) {
      this.update({ loadFailure: failureOf(error) });
    }
  }

  /** Asks for the rows that are seen. */
  look(first: number, count: number): void {
    this.seen = { first, count };
    if (this.current.view) this.cache.look(this.current.query, first, count);
  }

  rowAt(position: number): GridRow | undefined {
    return this.cache.at(position);
  }

  /** The columns that are shown, those beyond the header last. */
  columns(): readonly GridColumn[] {
    const { view, hidden, extra } = this.current;
    const known = view?.columns ?? [];
    const beyond = Array.from({ length: extra }, (_, index): GridColumn => ({
      index: known.length + index,
      name: strings.extraColumn(index + 1),
      role: 'extra',
      kind: 'text',
    }));
    return [...known, ...beyond].filter(({ index }) => !hidden.includes(index));
  }

  widthOf(column: number): number {
    return this.current.widths[column] ?? defaultWidth;
  }

  /** The rows from the anchor to the place, by their number in the file; those that are not loaded are left out. */
  selectedRows(): number[] {
    const { at, anchor } = this.current;
    const [first, last] = [Math.min(at.position, anchor), Math.max(at.position, anchor)];
    return Array.from({ length: last - first + 1 }, (_, index) => this.rowAt(first + index)?.row).filter(
      (row) => row !== undefined,
    );
  }

  goTo(wanted: Place, extend = false): void {
    const at = {
      position: Math.max(-1, Math.min(wanted.position, (this.current.matched ?? 1) - 1)),
      column: Math.max(0, Math.min(wanted.column, this.columns().length - 1)),
    };
    const anchor = extend ? this.current.anchor : at.position;
    this.update({ at, anchor, shown: { position: at.position, count: this.current.shown.count + 1 } });
    this.loadSample();
  }

  selectAll(): void {
    this.update({ anchor: 0, at: { ...this.current.at, position: Math.max(0, (this.current.matched ?? 1) - 1) } });
  }

  ask(query: LogQuery): void {
    this.update({ query, at: { ...this.current.at, position: 0 }, anchor: 0 });
    this.cache.renew();
    this.look(0, this.seen.count);
    this.store();
  }

  /** Ascending, descending, then the order of the file. */
  sortBy({ index, name }: GridColumn): void {
    const { sort } = this.current.query;
    const next =
      sort?.column !== index
        ? { column: index, descending: false }
        : sort.descending
          ? null
          : { column: index, descending: true };
    this.ask({ ...this.current.query, sort: next });
    this.announce(next ? strings.sorted(name, next.descending) : strings.unsorted);
  }

  resize(column: number, width: number): void {
    this.update({ widths: { ...this.current.widths, [column]: clampWidth(width) } });
    this.store();
  }

  show(column: number, shown: boolean): void {
    const others = this.current.hidden.filter((index) => index !== column);
    this.update({ hidden: shown ? others : [...others, column] });
    this.store();
  }

  setTall(tall: boolean): void {
    this.update({ tall });
    this.store();
  }

  find(open: boolean): void {
    this.update({ finding: open });
  }

  async findNext(text: string, backwards: boolean): Promise<void> {
    if (text === '') return;
    const { query, at } = this.current;
    const column = this.columns()[at.column]?.index ?? 0;
    try {
      const found = await this.host.find(query, text, Math.max(0, at.position), column, backwards);
      if (!found) {
        this.announce(strings.notFound);
        return;
      }
      if (this.current.hidden.includes(found.column)) this.show(found.column, true);
      const shown = this.columns().findIndex(({ index }) => index === found.column);
      this.goTo({ position: found.position, column: Math.max(0, shown) });
      this.announce(strings.found(found.position));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Begins to edit the cell at the place; the whole text is asked for first. */
  async edit(): Promise<void> {
    const { at, view } = this.current;
    const row = this.rowAt(at.position);
    const column = this.columns()[at.column];
    if (view?.readOnly) this.announce(view.readOnly);
    if (!row || !column || view?.readOnly !== null) return;
    try {
      const text = await this.host.cell(row.row, column.index);
      this.update({ draft: { row: row.row, column: column.index, text, version: this.cache.version } });
      this.store();
    } catch (error) {
      this.fail(error);
    }
  }

  type(text: string): void {
    const { draft } = this.current;
    if (!draft) return;
    this.update({ draft: { ...draft, text } });
    this.store();
  }

  /** Drops what was typed. */
  cancel(): void {
    this.update({ draft: null });
    this.store();
  }

  /** Writes what was typed. @returns when the document has it */
  commit(): Promise<void> {
    const { draft } = this.current;
    if (!draft) return Promise.resolve();
    this.update({ draft: null });
    this.store();
    return this.change(async () => {
      await this.host.setCell(draft.row, draft.column, draft.text, draft.version);
      this.announce(strings.changed);
    });
  }

  async save(): Promise<void> {
    await this.commit();
    this.aside(this.pending.then(() => this.host.save()));
  }

  setOption(option: string): void {
    const rows = this.selectedRows();
    void this.change(() => this.host.setOption(rows, option, this.cache.version));
  }

  deleteSelected(): void {
    const rows = this.selectedRows();
    if (rows.length === 0 || this.current.view?.readOnly) return;
    void this.change(async () => {
      const done = await this.host.deleteRows(rows, this.cache.version);
      if (done) this.announce(strings.deleted(rows.length));
    });
  }

  setNote(note: string): void {
    const { sample } = this.current;
    if (!sample) return;
    void this.change(async () => {
      await this.host.setNote(sample.row, note);
      this.announce(strings.noteSaved);
    }).then(() => this.load());
  }

  setReviewed(reviewed: boolean): void {
    const rows = this.selectedRows();
    void this.change(() => this.host.setReviewed(rows, reviewed)).then(() => this.load());
  }

  act(action: Parameters<LogHost['act']>[0]): void {
    const rows = action === 'replay' || action === 'promote' ? this.selectedRows() : [];
    this.aside(this.host.act(action, rows));
  }

  openMedia(column: number, index: number): void {
    const { sample } = this.current;
    if (sample) this.aside(this.host.openMedia(sample.row, column, index));
  }

  /** Selects a row of the file: the whole view is shown, in the order of the file. */
  reveal(row: number): void {
    if (this.current.query !== emptyQuery) this.ask(emptyQuery);
    this.goTo({ position: row, column: this.current.at.column });
  }

  dismiss(): void {
    this.update({ notice: null });
  }

  announce(text: string): void {
    this.update({ announcement: { text, count: this.current.announcement.count + 1 } });
  }

  private change(work: () => Promise<unknown>): Promise<void> {
    const turn = this.pending.then(async () => {
      try {
        await work();
      } catch (error) {
        this.fail(error);
      }
    });
    this.pending = turn;
    return turn;
  }

  private aside(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.fail(error));
  }

  private fail(error: unknown): void {
    this.update({ notice: failureOf(error) });
  }

  private takeRows(): void {
    const { matched = 0 } = this.cache;
    const { view, seen } = { view: this.current.view, seen: this.seen };
    let widest = 0;
    for (let position = seen.first; position < seen.first + seen.count; position++)
      widest = Math.max(widest, this.rowAt(position)?.cells.length ?? 0);
    const extra = Math.max(this.current.extra, widest - (view?.columns.length ?? 0));
    const last = Math.max(0, matched - 1);
    const at = { ...this.current.at, position: Math.min(this.current.at.position, last) };
    const anchor = Math.min(this.current.anchor, last);
    this.update({ matched, extra, at, anchor, rowsVersion: this.current.rowsVersion + 1 });
    this.loadSample();
  }

  private loadSample(): void {
    const row = this.rowAt(this.current.at.position);
    const { view, sample } = this.current;
    if (!row || (sample?.row === row.row && sample.version === view?.version)) return;
    const turn = ++this.sampleTurn;
    this.aside(
      this.host.sample(row.row).then((loaded) => {
        if (turn === this.sampleTurn) this.update({ sample: loaded });
      }),
    );
  }

  private store(): void {
    const { query, widths, hidden, tall, draft, view } = this.current;
    this.keep({ query, widths, hidden, tall, draft }, view?.restore);
  }

  private update(change: Partial<PageState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** What the host may tell the page. The log is asked for late, since it is made with the host. */
export function pageHandlers(log: () => Log): Handlers<LogPage> {
  const isCount = (args: readonly unknown[]): boolean => args.length === 1 && Number.isSafeInteger(args[0]);
  return {
    changed: { accepts: isCount, handle: () => log().load() },
    reveal: {
      accepts: isCount,
      handle: (row) => {
        log().reveal(row);
      },
    },
  };
}
