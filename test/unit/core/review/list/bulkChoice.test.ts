import { describe, expect, it } from 'vitest';
import { planBulkChoice } from '../../../../../extension/core/review/list/bulkChoice';
import type { CandidateDetail } from '../../../../../extension/core/review/review';

const candidate = (row: number, more: Partial<CandidateDetail> = {}): CandidateDetail => ({
  row,
  rank: row,
  given: ['ham'],
  suggested: ['spam'],
  labelQuality: 0.1,
  normalizedMargin: 0.1,
  selfConfidence: 0.1,
  labelErrorCandidate: row,
  status: 'pending',
  own: null,
  others: [],
  stale: false,
  ...more,
});

const details = [
  candidate(0),
  candidate(1, { status: 'keep' }),
  candidate(2, { status: 'skip', given: ['spam'], suggested: ['ham'] }),
  candidate(3, { rank: -1, suggested: [] }),
];
const review = { detail: (row: number) => details[row] };

describe('a decision on several records', () => {
  it('changes each label to what is suggested, and leaves out where nothing is', () => {
    const plan = planBulkChoice(review, [0, 1, 2, 3, 9], { decision: 'change', label: null });
    expect(plan.choices).toEqual([
      { row: 0, decision: 'change', label: ['spam'] },
      { row: 1, decision: 'change', label: ['spam'] },
      { row: 2, decision: 'change', label: ['ham'] },
    ]);
    expect(plan.pairs).toEqual([
      { given: ['ham'], label: ['spam'], count: 2 },
      { given: ['spam'], label: ['ham'], count: 1 },
    ]);
    expect(plan.leftOut).toBe(2);
  });

  it('leaves out what changed since the search', () => {
    const changed = { detail: (row: number) => candidate(row, { stale: row === 0 }) };
    const plan = planBulkChoice(changed, [0, 1], { decision: 'keep', label: null });
    expect([plan.choices.length, plan.changed, plan.leftOut]).toEqual([1, 1, 0]);
  });

  it('counts what is decided already, which a skipped one is not', () => {
    expect(planBulkChoice(review, [0, 1, 2], { decision: 'keep', label: null }).decided).toBe(1);
  });

  it('gives all of them one label, also those that are no candidates', () => {
    const plan = planBulkChoice(review, [2, 3], { decision: 'change', label: ['other'] });
    expect(plan.choices.map(({ label }) => label)).toEqual([['other'], ['other']]);
  });

  it('keeps a label that is changed to itself', () => {
    const plan = planBulkChoice(review, [0, 2], { decision: 'change', label: ['ham'] });
    expect(plan.choices).toEqual([
      { row: 0, decision: 'keep' },
      { row: 2, decision: 'change', label: ['ham'] },
    ]);
  });

  it('leaves labels as they are', () => {
    const plan = planBulkChoice(review, [0, 3], { decision: 'discard', label: null });
    expect(plan.choices).toEqual([
      { row: 0, decision: 'discard' },
      { row: 3, decision: 'discard' },
    ]);
    expect(plan.pairs).toEqual([{ given: ['ham'], label: null, count: 2 }]);
  });
});
