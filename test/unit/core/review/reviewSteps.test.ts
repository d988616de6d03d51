import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../extension/core/log';
import { openDatasetReview } from '../../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../../extension/core/review/engine/localEngine';
import type { Review } from '../../../../extension/core/review/review';
import type { CandidateStatus, DecisionKind } from '../../../../extension/core/review/types';
import { servicesIn } from '../../../builtInSearch';
import { folderOfTest, settingsOf, writeRows, type Row } from './engine/datasets';

const folder = folderOfTest();
afterAll(folder.remove);

const records = 24;
const labels = ['x', 'y', 'z'];
const words = ['aa', 'bb', 'cc', 'dd', 'ee', 'the'];

const row: fc.Arbitrary<Row> = fc.tuple(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' ')),
  fc.constantFrom(...labels),
);
const dataset = fc.array(row, { minLength: records, maxLength: records }).map((rows): Row[] => [
  // Each class occurs often enough for two folds.
  ...labels.flatMap((label, at): Row[] => [
    [words[at] ?? '', label],
    [words[at] ?? '', label],
  ]),
  ...rows,
]);

interface Decide {
  readonly step: 'decide';
  readonly choices: readonly { readonly row: number; readonly decision: DecisionKind; readonly label: string }[];
}
type Step = Decide | { readonly step: 'undo' | 'redo' | 'reload' | 'restart' | 'freeze' | 'thaw' | 'other' };

const choice = fc.record({
  row: fc.nat(records - 1),
  decision: fc.constantFrom<DecisionKind>('keep', 'change', 'ambiguous', 'discard', 'skip'),
  label: fc.constantFrom(...labels),
});
const decide = fc
  .uniqueArray(choice, { minLength: 1, maxLength: 3, selector: ({ row: own }) => own })
  .map((choices): Step => ({ step: 'decide', choices }));
const other = fc
  .constantFrom('undo', 'undo', 'redo', 'reload', 'restart', 'freeze', 'thaw', 'other')
  .map((step): Step => ({ step }));
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: decide }, { weight: 2, arbitrary: other }), { maxLength: 12 });

/** What a person would keep in a list: decisions by record, and steps that can be taken back. */
class Model {
  private readonly done: Map<number, CandidateStatus>[] = [new Map<number, CandidateStatus>()];
  private readonly undone: Map<number, CandidateStatus>[] = [];

  get now(): ReadonlyMap<number, CandidateStatus> {
    return this.done.at(-1) ?? new Map<number, CandidateStatus>();
  }

  decide(choices: readonly (readonly [number, CandidateStatus])[]): void {
    this.done.push(new Map([...this.now, ...choices]));
    this.undone.length = 0;
  }

  undo(): void {
    const last = this.done.length > 1 ? this.done.pop() : undefined;
    if (last) this.undone.push(last);
  }

  redo(): void {
    const next = this.undone.pop();
    if (next) this.done.push(next);
  }
}

function openAs(reviewer: string, path: string): Promise<Review> {
  return openDatasetReview({
    dataset: path,
    reviewer,
    log: silentLog,
    createEngine: () => new LocalEngine(servicesIn(folder.path)),
  });
}

function labelOf(review: Review, own: number): string {
  return review.detail(own)?.given[0] ?? '';
}

/** Whether every record is a candidate once, and those that were decided stand where they stood. */
function checkPlaces(before: readonly number[], review: Review): void {
  const rows = [...review.candidates.rows];
  expect(new Set(rows).size).toBe(rows.length);
  const decided = (own: number): boolean => review.statusOf(own) !== 'pending';
  const kept = before.filter(decided);
  expect(rows.filter((own) => kept.includes(own))).toEqual(kept);
}

let files = 0;

describe('any sequence of steps', () => {
  it('leaves the decisions that a list of them would have, in memory and on disk', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, steps, async (rows, sequence) => {
        const path = writeRows(folder.path, `steps-${files++}.csv`, rows);
        let review = await openAs('ann', path);
        await review.find(settingsOf(path));
        const stranger = await openAs('ben', path);
        const model = new Model();
        for (const next of sequence) {
          const before = [...review.candidates.rows];
          switch (next.step) {
            case 'decide': {
              const made = next.choices.map(({ row: own, decision, label }) => ({
                row: own,
                decision,
                label: [label],
              }));
              const given = made.map(({ row: own }) => rows[own]?.[1]);
              await review.decide(made);
              model.decide(
                made.map(({ row: own, decision, label }, at) => [
                  own,
                  decision === 'change' && label[0] === given[at] ? 'keep' : decision,
                ]),
              );
              break;
            }
            case 'undo':
              await review.undo();
              model.undo();
              break;
            case 'redo':
              await review.redo();
              model.redo();
              break;
            case 'reload':
              await review.reload();
              break;
            case 'restart':
              await review.dispose();
              review = await openAs('ann', path);
              break;
            case 'other':
              await stranger.decide([{ row: 3, decision: 'ambiguous' }]);
              await review.reload();
              expect(review.detail(3)?.others.map(({ entry }) => entry.reviewer)).toContain('ben');
              break;
            case 'freeze':
            case 'thaw':
              review.frozen = next.step === 'freeze';
              break;
          }
          if (next.step !== 'restart') checkPlaces(before, review);
          const statuses = Array.from({ length: rows.length }, (_, own) => review.statusOf(own));
          expect(statuses).toEqual(statuses.map((_, own) => model.now.get(own) ?? 'pending'));
          const { counts } = review;
          const sum = counts.pending + counts.keep + counts.change + counts.ambiguous + counts.discard + counts.skip;
          expect(sum).toBe(counts.candidates);
          expect(counts.candidates).toBe(review.candidates.rows.length);
          const open = [...model.now.values()].filter((status) => status === 'change' || status === 'discard');
          expect(counts.unapplied).toBe(open.length);
        }
        await stranger.dispose();
        await review.dispose();
        const again = await openAs('ann', path);
        expect(again.canUndo).toBe(review.canUndo);
        for (const [own, status] of model.now) expect(again.statusOf(own)).toBe(status);
        expect(again.stale).toBe(false);
        expect(labelOf(again, 0)).toBe('x');
        await again.dispose();
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
