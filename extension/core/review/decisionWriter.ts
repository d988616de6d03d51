import { randomUUID } from 'node:crypto';
import type { Json } from '../json';
import { draftsOf } from './drafts';
import type { HistoryStep } from './ledger/decisionHistory';
import type { DecisionDraft } from './ledger/ledgerFile';
import { isDecision } from './ledger/ledgerLines';
import type { OwnLedger } from './ownLedger';
import type { ReviewState } from './reviewState';
import type { Turns } from './turns';
import type { Choice, DecisionKind, Labelling } from './types';

interface DecisionWriterOptions {
  readonly ledger: OwnLedger;
  readonly state: ReviewState;
  readonly turns: Turns;
  /** The records of the dataset at these rows, by its columns. */
  readonly records: (rows: readonly number[]) => Promise<readonly (readonly Json[])[]>;
  readonly columns: () => readonly string[];
  /** Called with the rows of decisions that are in the ledger. */
  readonly onDecided: (rows: readonly number[]) => void;
  /** Reads the ledgers anew: one has what was not seen yet. */
  readonly readAgain: () => Promise<void>;
}

/** Writes what a reviewer decides, and takes it back, one after the other. */
export class DecisionWriter {
  /** Records whose decisions are on their way to the disk. */
  readonly deciding: ReadonlySet<number>;
  private readonly underway = new Set<number>();

  constructor(private readonly options: DecisionWriterOptions) {
    this.deciding = this.underway;
  }

  async decide(choices: readonly Choice[]): Promise<void> {
    const rows = choices.map(({ row }) => row);
    for (const row of rows) this.underway.add(row);
    try {
      await this.options.turns.take(async () => {
        const batch = choices.length > 1 ? { batch: randomUUID() } : {};
        const drafts = await this.draftsOf(choices);
        await this.append(drafts.map((draft) => ({ ...draft, ...batch })));
      });
    } finally {
      for (const row of rows) this.underway.delete(row);
    }
  }

  note(row: number, text: string): Promise<void> {
    const { state, turns } = this.options;
    return turns.take(async () => {
      const own = state.decisions.ownOf(row);
      const decision = own?.decision ?? 'skip';
      const label = own ? (state.standing(own).label ?? undefined) : undefined;
      await this.append(await this.draftsOf([{ row, decision, label, note: text }]));
    });
  }

  propose(row: number, decision: DecisionKind, label: Labelling | undefined, note: string): Promise<void> {
    return this.options.turns.take(async () => {
      const drafts = await this.draftsOf([{ row, decision, label, note }]);
      await this.append(drafts.map((draft) => ({ ...draft, source: 'model' })));
    });
  }

  /** @returns the rows that were decided otherwise */
  undo(): Promise<readonly number[]> {
    const { state, turns } = this.options;
    return turns.take(() => this.step(state.decisions.nextUndo));
  }

  /** @returns the rows that are decided again */
  redo(): Promise<readonly number[]> {
    const { state, turns } = this.options;
    return turns.take(() => this.step(state.decisions.nextRedo));
  }

  private async draftsOf(choices: readonly Choice[]): Promise<DecisionDraft[]> {
    const { state, records, columns } = this.options;
    return draftsOf(state, choices, await records(choices.map(({ row }) => row)), columns());
  }

  private async append(drafts: readonly DecisionDraft[]): Promise<void> {
    const { ledger, state, onDecided } = this.options;
    const entries = await ledger.append(drafts);
    state.decisions.add(entries.filter(isDecision));
    onDecided(drafts.map(({ row }) => row));
  }

  private async step(step: HistoryStep | undefined): Promise<readonly number[]> {
    if (!step) return [];
    const { ledger, state, onDecided, readAgain } = this.options;
    const [entry] = await ledger.append([{ decision: 'undo', undoes: step.undoes }]);
    const rows = entry && state.decisions.step(entry, step);
    if (rows) {
      onDecided(rows);
      return rows;
    }
    await readAgain();
    return step.decisions.map(({ row }) => row);
  }
}
