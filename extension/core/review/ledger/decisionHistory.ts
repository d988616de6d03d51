import type { DecisionEntry, LedgerEntry, UndoEntry } from '../types';
import { isDecision } from './ledgerLines';

/** What taking back, or doing again, is about. */
export interface HistoryStep {
  /** What the line that does it names. */
  readonly undoes: readonly string[];
  /** The decisions that count no longer then, or again. */
  readonly decisions: readonly DecisionEntry[];
}

interface Line<Entry extends LedgerEntry> {
  readonly entry: Entry;
  /** How many lines that count take it back. */
  undone: number;
}

interface UndoLine extends Line<UndoEntry> {
  readonly takesBack: readonly Line<DecisionEntry>[];
  /** Whether it takes undoing back. Nothing takes back that: whoever undoes again writes a new line. */
  readonly isRedo: boolean;
}

/** The lines of one reviewer. */
interface Own {
  readonly decisions: Map<string, Line<DecisionEntry>>;
  readonly undos: Map<string, UndoLine>;
  /** Decisions of people that were made together. */
  readonly batches: Map<string, Line<DecisionEntry>[]>;
  /** Lines of people in their order. */
  readonly steps: (Line<DecisionEntry> | UndoLine)[];
}

/**
 * What counts of ledgers: the last decision of each reviewer on each record that was not taken back. A line takes back only
 * lines of its own reviewer that stand before it. Lines can be added at any time, and cost the same however many there are.
 */
export class DecisionHistory {
  private readonly reviewers = new Map<string, Own>();
  /** Lines on one record by one reviewer, in their order; proposals of models are apart. */
  private readonly records = new Map<string, Line<DecisionEntry>[]>();
  private readonly proposed = new Map<string, Line<DecisionEntry>[]>();

  /** @param entries of one ledger or of several, which are told apart by their reviewers */
  constructor(entries: readonly LedgerEntry[] = []) {
    this.add(inTime(entries));
  }

  /** Adds lines that are later than all so far. One that is known already says nothing new. */
  add(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      const own = this.ownOf(entry.reviewer);
      if (own.decisions.has(entry.id) || own.undos.has(entry.id)) continue;
      if (isDecision(entry)) this.addDecision(own, entry);
      else addUndo(own, entry);
    }
  }

  /** What stands, in the order in which records were first decided on. A note stands until it is replaced. */
  standing(): DecisionEntry[] {
    return [...this.records.values()].flatMap((lines) => standingOf(lines) ?? []);
  }

  /** What stands of the record that an entry is about, by its reviewer. */
  standingOf(entry: DecisionEntry): DecisionEntry | undefined {
    return standingOf(this.records.get(recordOf(entry)) ?? []);
  }

  /** The last proposal of models on each record, of those that were not taken back. */
  proposals(): DecisionEntry[] {
    return [...this.proposed.values()].flatMap((lines) => standingOf(lines) ?? []);
  }

  /** The last step of a reviewer that still counts: a decision, or those that were made together. */
  nextUndo(reviewer: string): HistoryStep | undefined {
    const own = this.reviewers.get(reviewer);
    const last = own?.steps.findLast((line) => isDecisionLine(line) && line.undone === 0);
    if (!own || !last || !isDecisionLine(last)) return undefined;
    const { batch } = last.entry;
    const lines = batch === undefined ? [last] : (own.batches.get(batch) ?? []);
    const decisions = lines.filter(({ undone }) => undone === 0).map(({ entry }) => entry);
    return { undoes: decisions.map(({ id }) => id), decisions };
  }

  /** The last step that a reviewer took back and can have again: none when there is a newer decision. */
  nextRedo(reviewer: string): HistoryStep | undefined {
    const { steps } = this.reviewers.get(reviewer) ?? { steps: [] };
    const last = steps.findLast((line) => isDecisionLine(line) || (!line.isRedo && line.undone === 0));
    if (!last || isDecisionLine(last)) return undefined;
    return { undoes: [last.entry.id], decisions: last.takesBack.map(({ entry }) => entry) };
  }

  private ownOf(reviewer: string): Own {
    const known = this.reviewers.get(reviewer);
    if (known) return known;
    const own: Own = { decisions: new Map(), undos: new Map(), batches: new Map(), steps: [] };
    this.reviewers.set(reviewer, own);
    return own;
  }

  private addDecision(own: Own, entry: DecisionEntry): void {
    const line = { entry, undone: 0 };
    own.decisions.set(entry.id, line);
    const isProposal = entry.source === 'model';
    pushTo(isProposal ? this.proposed : this.records, recordOf(entry), line);
    if (isProposal) return;
    own.steps.push(line);
    if (entry.batch !== undefined) pushTo(own.batches, entry.batch, line);
  }
}

function addUndo(own: Own, entry: UndoEntry): void {
  const undoes = [...new Set(entry.undoes)];
  const takesBack = undoes.flatMap((id) => own.decisions.get(id) ?? []);
  const undos = undoes.flatMap((id) => own.undos.get(id) ?? []);
  const line: UndoLine = { entry, undone: 0, takesBack, isRedo: undos.length > 0 };
  own.undos.set(entry.id, line);
  own.steps.push(line);
  for (const decision of takesBack) decision.undone++;
  for (const undo of undos) {
    if (undo.undone++ > 0) continue;
    for (const decision of undo.takesBack) decision.undone--;
  }
}

function isDecisionLine(line: Line<LedgerEntry>): line is Line<DecisionEntry> {
  return isDecision(line.entry);
}

function standingOf(lines: readonly Line<DecisionEntry>[]): DecisionEntry | undefined {
  const counting = lines.filter(({ undone }) => undone === 0);
  const last = counting.at(-1)?.entry;
  if (!last || last.note !== undefined) return last;
  const note = counting.findLast(({ entry }) => entry.note !== undefined)?.entry.note;
  return note === undefined ? last : { ...last, note };
}

/** Tells decisions on one record by one reviewer from all others. */
function recordOf({ reviewer, column, row, hash }: DecisionEntry): string {
  return `${hash} ${row} ${column.length} ${column} ${reviewer}`;
}

function pushTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** By the time that the lines say, as a merge puts them anywhere; those of one moment stay in their order. */
function inTime(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const timed = entries.map((entry) => ({ entry, time: Date.parse(entry.time) }));
  return timed.sort((a, b) => a.time - b.time).map(({ entry }) => entry);
}
