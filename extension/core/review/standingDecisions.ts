import type { Table } from '../dataset/table';
import { DecisionHistory, type HistoryStep } from './ledger/decisionHistory';
import { locateRecords } from './ledger/locateRecords';
import { withoutRemoved } from './ledger/removedRecords';
import type { DecisionEntry, LedgerEntry } from './types';

/** What counts of the ledgers of a dataset, by the records as they stand in the file now. */
export class StandingDecisions {
  private history = new DecisionHistory();
  private readonly own = new Map<number, DecisionEntry>();
  private readonly others = new Map<number, DecisionEntry[]>();
  /** The label column: decisions on others are kept, and are none of this review. */
  private column: string | undefined;
  /** Whether records are gone, or stand elsewhere than when they were decided on. */
  private areShifted = false;

  constructor(private readonly reviewer: string) {}

  get nextUndo(): HistoryStep | undefined {
    return this.history.nextUndo(this.reviewer);
  }

  get nextRedo(): HistoryStep | undefined {
    return this.history.nextRedo(this.reviewer);
  }

  /** Of all reviewers. */
  get all(): readonly DecisionEntry[] {
    return this.history.standing();
  }

  ownOf(row: number): DecisionEntry | undefined {
    return this.own.get(row);
  }

  /** Of other reviewers, and proposals of language models. */
  othersOf(row: number): readonly DecisionEntry[] {
    return this.others.get(row) ?? [];
  }

  get owned(): Iterable<readonly [row: number, entry: DecisionEntry]> {
    return this.own;
  }

  /** Reads what ledgers say anew, and finds the records in the file. */
  async load(entries: readonly LedgerEntry[], table: Table, column: string | undefined): Promise<void> {
    const history = new DecisionHistory(entries);
    const standing = [...history.standing(), ...history.proposals()].filter((entry) => entry.column === column);
    const { located } = await locateRecords(table, await withoutRemoved(table.path, standing));
    this.history = history;
    this.column = column;
    this.own.clear();
    this.others.clear();
    this.areShifted = located.length < standing.length || located.some(({ entry, row }) => entry.row !== row);
    for (const { entry, row } of located) this.place(row, entry);
  }

  /** Adds decisions on records as they stand in the file now. */
  add(entries: readonly DecisionEntry[]): void {
    this.history.add(entries);
    for (const entry of entries)
      this.place(entry.row, entry.source === 'model' ? entry : (this.history.standingOf(entry) ?? entry));
  }

  /**
   * Takes a step back, or does it again.
   *
   * @returns the records it touched; undefined when the records have moved, and have to be found anew
   */
  step(entry: LedgerEntry, { decisions }: HistoryStep): readonly number[] | undefined {
    this.history.add([entry]);
    if (this.areShifted) return undefined;
    const own = decisions.filter(({ column }) => column === this.column);
    for (const decision of own) {
      const standing = this.history.standingOf(decision);
      if (standing) this.own.set(decision.row, standing);
      else this.own.delete(decision.row);
    }
    return [...new Set(own.map(({ row }) => row))];
  }

  private place(row: number, entry: DecisionEntry): void {
    if (entry.reviewer === this.reviewer && entry.source !== 'model') {
      this.own.set(row, entry);
      return;
    }
    const before = this.othersOf(row).filter(
      ({ reviewer, source }) => reviewer !== entry.reviewer || source !== entry.source,
    );
    this.others.set(row, [...before, entry]);
  }
}
