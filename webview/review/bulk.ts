import type { DecisionKind, Labelling } from '../../extension/core/review/types';
import type { BulkTarget, PageChoice, ReviewRow } from '../../extension/protocol/review';
import { rowAt, RowWindow } from '../ui/rowWindow';
import { choiceOf, labelText } from './labels';
import type { Review } from './review';
import { emptyBulk, type BulkState } from './state';
import { strings } from './strings';

/** Rows that are asked for at a time where only their numbers are wanted. */
const manyRows = 500;

/** The candidates as a table: which are selected, and what is decided on them at once. */
export class Bulk {
  private readonly window = new RowWindow((from, count) => this.review.host.rows(from, count));
  /** Counts questions: the answer to an older one than the last is not shown. */
  private turns = { select: 0, preview: 0 };

  constructor(private readonly review: Review) {}

  private get state(): BulkState {
    return this.review.state.bulk;
  }

  private update(change: Partial<BulkState>): void {
    this.review.store.update({ bulk: { ...this.state, ...change } });
  }

  /** Shows the table with a position in focus. */
  open(position: number): void {
    const at = Math.max(0, position);
    this.update({ at, anchor: at });
    this.renew();
  }

  /** Forgets what is selected, since other records are in the list. */
  clear(): void {
    this.turns.select++;
    this.review.store.update({ bulk: emptyBulk });
  }

  clearSelection(): void {
    this.turns.select++;
    this.update({ selected: new Set(), all: false });
  }

  /** Reads the rows that are seen (again). */
  renew(): void {
    if (this.review.state.isBulk) void this.loadRows();
  }

  /** Asks for the rows that are seen, when they are not there yet. */
  look(first: number, count: number): void {
    if (this.window.moveTo(this.state.rows, first, count)) void this.loadRows();
  }

  /** The row at a position, when it is loaded. */
  rowAt(position: number): ReviewRow | undefined {
    return rowAt(this.state.rows, position);
  }

  isSelected(row: ReviewRow | undefined): boolean {
    return row !== undefined && (this.state.all || this.state.selected.has(row.row));
  }

  /** How many records are selected. */
  get count(): number {
    return this.state.all ? this.matched : this.state.selected.size;
  }

  get isAll(): boolean {
    return this.state.all;
  }

  /** How many records are in the table. */
  get matched(): number {
    return this.state.rows?.matched ?? 0;
  }

  /** Moves the focus; with `extend` everything from the anchor on is selected. */
  goTo(position: number, extend = false): void {
    const at = Math.max(0, Math.min(position, this.matched - 1));
    this.update({ at, ...(extend ? {} : { anchor: at }) });
    if (extend) void this.selectRange(this.state.anchor, at);
  }

  /** Selects one row alone. */
  select(position: number): void {
    this.goTo(position);
    const row = this.rowAt(position);
    this.turns.select++;
    this.update({ selected: new Set(row ? [row.row] : []), all: false });
  }

  /** Adds a row to the selection, or takes it out. */
  toggle(position: number): void {
    this.goTo(position);
    const row = this.rowAt(position);
    if (!row) return;
    this.turns.select++;
    const selected = new Set(this.state.all ? [] : this.state.selected);
    if (!selected.delete(row.row)) selected.add(row.row);
    this.update({ selected, all: false });
  }

  selectAll(): void {
    this.turns.select++;
    this.update({ selected: new Set(), all: true });
    this.review.store.announce(strings.allSelected(this.count));
  }

  /** Opens the row in focus large. */
  async openAt(): Promise<void> {
    this.review.store.update({ isBulk: false });
    await this.review.walk.goTo(this.state.at);
  }

  /** Shows what a decision on the selection would do; without a selection the row in focus is decided at once. */
  async decide(decision: DecisionKind, label: Labelling | null = null): Promise<void> {
    if (this.state.pending) return;
    const row = this.rowAt(this.state.at);
    if (this.count === 0) {
      if (row) await this.decideRow(row, decision, label);
      return;
    }
    const target: BulkTarget = this.state.all ? { all: true } : { rows: [...this.state.selected] };
    const choice = { decision, label };
    const turn = ++this.turns.preview;
    try {
      const preview = await this.review.host.preview(target, choice);
      if (turn === this.turns.preview) this.update({ pending: { target, choice, preview } });
    } catch (error) {
      this.review.store.fail(error);
    }
  }

  cancel(): void {
    this.update({ pending: null });
  }

  /** Carries out what was shown. */
  async confirm(): Promise<void> {
    const { pending } = this.state;
    if (!pending) return;
    this.update({ pending: null });
    const isDone = await this.run(pending.target, pending.choice);
    if (isDone) this.clearSelection();
  }

  private async decideRow(row: ReviewRow, decision: DecisionKind, label: Labelling | null): Promise<void> {
    const wanted = decision === 'change' ? (label ?? row.suggested) : null;
    if (decision === 'change' && !wanted) {
      this.review.store.announce(strings.suggestionHidden);
      return;
    }
    const choice = wanted ? choiceOf(row, wanted) : { decision, label: null };
    const { at } = this.state;
    if (await this.run({ rows: [row.row] }, choice)) this.goTo(at + 1);
  }

  private async run(target: BulkTarget, choice: PageChoice): Promise<boolean> {
    const { host, store } = this.review;
    try {
      const decided = await host.decideMany(target, choice);
      store.announce(strings.decidedMany(decided));
      await this.review.loadView();
      await this.loadRows();
      return true;
    } catch (error) {
      store.fail(error, () => void this.run(target, choice));
      return false;
    }
  }

  private async selectRange(from: number, to: number): Promise<void> {
    const turn = ++this.turns.select;
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const selected = new Set<number>();
    try {
      for (let start = first; start <= last; start += manyRows) {
        const { rows } = await this.review.host.rows(start, Math.min(manyRows, last - start + 1));
        for (const { row } of rows) selected.add(row);
      }
      if (turn !== this.turns.select) return;
      this.update({ selected, all: false });
      this.review.store.announce(strings.selected(selected.size));
    } catch (error) {
      this.review.store.fail(error);
    }
  }

  private async loadRows(): Promise<void> {
    try {
      const rows = await this.window.load();
      if (rows) this.update({ rows, at: Math.max(0, Math.min(this.state.at, rows.matched - 1)) });
    } catch (error) {
      this.review.store.fail(error, () => void this.loadRows());
    }
  }
}

/** What a decision on many is called. */
export function choiceText({ decision, label }: PageChoice): string {
  return decision === 'change' && label ? strings.changeAllTo(labelText(label)) : strings.choices[decision];
}
