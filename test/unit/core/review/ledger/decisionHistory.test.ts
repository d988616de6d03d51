import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecisionHistory } from '../../../../../extension/core/review/ledger/decisionHistory';
import type { EntryDraft } from '../../../../../extension/core/review/ledger/ledgerFile';
import type { DecisionEntry, LedgerEntry } from '../../../../../extension/core/review/types';
import { draft } from './entries';

let lines = 0;
/** A line of a ledger, each a second later than the one before. */
function signed(reviewer: string, entry: EntryDraft): LedgerEntry {
  const time = new Date(1_700_000_000_000 + 1000 * ++lines).toISOString();
  return { v: 1, id: `line-${lines}`, time, reviewer, ...entry };
}

/** What an editor does: a stack of steps, and one of those that were taken back. */
class NaiveReviewer {
  done: (readonly DecisionEntry[])[] = [];
  undone: (readonly DecisionEntry[])[] = [];

  decide(step: readonly DecisionEntry[]): void {
    this.done.push(step);
    this.undone = [];
  }

  move(from: 'done' | 'undone'): readonly DecisionEntry[] {
    const step = this[from].pop() ?? [];
    if (step.length > 0) this[from === 'done' ? 'undone' : 'done'].push(step);
    return step;
  }

  standing(): Map<number, string> {
    return new Map(this.done.flat().map(({ row, id }) => [row, id]));
  }
}

const reviewers = ['ada', 'grace'] as const;
interface Action {
  readonly reviewer: (typeof reviewers)[number];
  readonly rows: readonly number[] | 'undo' | 'redo';
}

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.record({
    reviewer: fc.constantFrom(...reviewers),
    rows: fc.oneof(
      { weight: 3, arbitrary: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    ),
  }),
  { maxLength: 40 },
);

const byId = (entries: readonly DecisionEntry[]): string[] => entries.map(({ id }) => id).sort();

/** Acts on a history as a review does, and on the stacks; @returns the ledger that is left behind */
function act(steps: readonly Action[], history: DecisionHistory, naive: Map<string, NaiveReviewer>): LedgerEntry[] {
  const ledger: LedgerEntry[] = [];
  const write = (entries: readonly LedgerEntry[]): void => {
    ledger.push(...entries);
    history.add(entries);
  };
  for (const [index, { reviewer, rows }] of steps.entries()) {
    const own = naive.get(reviewer) ?? new NaiveReviewer();
    naive.set(reviewer, own);
    if (typeof rows === 'string') {
      const step = rows === 'undo' ? history.nextUndo(reviewer) : history.nextRedo(reviewer);
      expect(byId(step?.decisions ?? [])).toEqual(byId(own.move(rows === 'undo' ? 'done' : 'undone')));
      if (step) write([signed(reviewer, { decision: 'undo', undoes: step.undoes })]);
    } else {
      const batch = rows.length > 1 ? { batch: `batch-${index}` } : {};
      const entries = rows.map((row) => signed(reviewer, { ...draft(row, 'keep'), ...batch }));
      own.decide(entries as DecisionEntry[]);
      write(entries);
    }
  }
  return ledger;
}

describe('the history of decisions', () => {
  it('is that of an editor for each of two reviewers, also when it is read from the ledgers', () => {
    fc.assert(
      fc.property(actions, fc.infiniteStream(fc.boolean()), (steps, shuffle) => {
        const [history, naive] = [new DecisionHistory(), new Map<string, NaiveReviewer>()];
        const ledger = act(steps, history, naive);
        const merged = [...ledger].sort(() => (shuffle.next().value ? 1 : -1));
        for (const read of [history, new DecisionHistory(ledger), new DecisionHistory([...merged, ...ledger])]) {
          const expected = [...naive.values()].flatMap((own) => [...own.standing().values()]);
          expect(byId(read.standing())).toEqual(expected.sort());
          for (const reviewer of reviewers) {
            const own = naive.get(reviewer);
            expect(byId(read.nextUndo(reviewer)?.decisions ?? [])).toEqual(byId(own?.done.at(-1) ?? []));
            expect(byId(read.nextRedo(reviewer)?.decisions ?? [])).toEqual(byId(own?.undone.at(-1) ?? []));
          }
        }
      }),
    );
  });

  it('lets nobody take back what another decided', () => {
    const kept = signed('ada', draft(1, 'keep'));
    const history = new DecisionHistory([kept, signed('mallory', { decision: 'undo', undoes: [kept.id] })]);
    expect(history.standing()).toEqual([kept]);
    expect(history.nextUndo('mallory')).toBeUndefined();
  });

  it('keeps what models propose apart, and out of undo', () => {
    const proposed = signed('ada', { ...draft(1, 'change', 'spam'), source: 'model' });
    const kept = signed('ada', draft(2, 'keep'));
    const history = new DecisionHistory([kept, proposed]);
    expect(history.standing()).toEqual([kept]);
    expect(history.proposals()).toEqual([proposed]);
    expect(history.nextUndo('ada')?.undoes).toEqual([kept.id]);
  });

  it('keeps a note when the decision changes, until it is replaced', () => {
    const noted = signed('ada', { ...draft(1, 'skip'), note: 'ask Grace' });
    const kept = signed('ada', draft(1, 'keep'));
    const history = new DecisionHistory([noted, kept]);
    expect(history.standing()).toEqual([{ ...kept, note: 'ask Grace' }]);
    const cleared = signed('ada', { ...draft(1, 'keep'), note: '' });
    history.add([cleared]);
    expect(history.standing()).toEqual([cleared]);
  });

  it('is not fooled by lines that take back one another, or nothing', () => {
    const [first, second] = [signed('ada', draft(1, 'keep')), signed('ada', draft(1, 'discard'))];
    const undo = signed('ada', { decision: 'undo', undoes: [second.id, second.id, 'nowhere', 'line-later'] });
    const redo = signed('ada', { decision: 'undo', undoes: [undo.id] });
    const [itself, ofRedo] = [
      signed('ada', { decision: 'undo', undoes: [`line-${lines + 1}`] }),
      signed('ada', { decision: 'undo', undoes: [redo.id] }),
    ];
    expect(new DecisionHistory([first, second, undo]).standing()).toEqual([first]);
    expect(new DecisionHistory([first, second, undo, redo, redo, itself, ofRedo]).standing()).toEqual([second]);
  });
});
