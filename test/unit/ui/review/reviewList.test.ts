import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../../../extension/protocol/review';
import { ReviewList } from '../../../../extension/ui/review/reviewList';
import { FakeReview, type FakeCandidate } from './fakeReview';

const candidate = (row: number): FakeCandidate => ({
  row,
  text: `mail ${row}`,
  given: 0,
  suggested: 1,
  labelQuality: 0.1,
});
const candidates = (...rows: number[]): FakeCandidate[] => rows.map(candidate);

async function listOf(...rows: number[]) {
  const review = new FakeReview(candidates(...rows));
  const list = new ReviewList(review);
  await list.load(everything);
  return { review, list };
}

describe('the list that is reviewed', () => {
  it('is in the order of the candidates', async () => {
    const { list } = await listOf(7, 3, 5);
    expect(list.all).toEqual([7, 3, 5]);
    expect([list.rowAt(1), list.rowAt(3), list.positionOf(5), list.positionOf(4)]).toEqual([3, undefined, 2, -1]);
    expect(list.slice(1, 10)).toEqual([3, 5]);
  });

  it('holds no more than the records that were chosen, until it is filtered otherwise', async () => {
    const { review, list } = await listOf(7, 3, 5);
    const only = { name: 'conflicts', rows: [5, 7] };
    await list.load({ ...everything, only });
    expect(list.all).toEqual([7, 5]);
    review.reorder(candidates(5, 3, 7));
    await list.refresh();
    expect(list.all).toEqual([5, 7]);
    await list.load(everything);
    expect(list.all).toEqual([5, 3, 7]);
  });

  it('holds chosen records that are no candidates too, and decides them like others', async () => {
    const { review, list } = await listOf(7, 3, 5);
    const only = { name: 'conflicts', rows: [4, 99, 5, 6, 5000] };
    await list.load({ ...everything, only });
    expect(list.all).toEqual([5, 4, 6, 99]);
    await review.decide([{ row: 4, decision: 'keep' }]);
    expect(list.nextPending(1)).toBe(2);
    list.lookedAt(1);
    review.reorder(candidates(6, 7, 3));
    await list.refresh();
    expect(list.all).toEqual([5, 4, 6, 99]);
    await list.load({ ...everything, only, sort: 'row' });
    expect(list.all).toEqual([4, 5, 6, 99]);
    await list.load({ ...everything, only, status: 'keep' });
    expect(list.all).toEqual([4]);
    await list.load({ ...everything, only, scores: [0, 1] });
    expect(list.all).toEqual([6]);
  });

  it('changes nothing down to the furthest record that was looked at, whatever the new order', async () => {
    const rows = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 20 });
    const cases = fc.tuple(rows, rows, fc.nat(19));
    await fc.assert(
      fc.asyncProperty(cases, async ([before, after, looked]) => {
        const { review, list } = await listOf(...before);
        const furthest = Math.min(looked, before.length - 1);
        list.lookedAt(furthest);
        list.lookedAt(0);
        review.reorder(candidates(...after));
        await list.refresh();
        const still = before.slice(0, furthest + 1);
        expect(list.all).toEqual([...still, ...after.filter((row) => !still.includes(row))]);
        expect(list.all.map((row) => list.positionOf(row))).toEqual([...list.all.keys()]);
      }),
    );
  });

  it('keeps what was decided until the filter is asked for anew', async () => {
    const { review, list } = await listOf(1, 2, 3, 4);
    const pending = { ...everything, status: 'pending' } as const;
    await list.load(pending);
    list.lookedAt(0);
    await review.decide([{ row: 1, decision: 'keep' }]);
    await review.decide([{ row: 3, decision: 'discard' }]);
    review.reorder(candidates(4, 3, 2, 1));
    await list.refresh();
    expect(list.all).toEqual([1, 4, 3, 2]);
    await list.load(pending);
    expect(list.all).toEqual([4, 2]);
  });

  it('shows the filter that was asked for last', async () => {
    const { list } = await listOf(1, 2, 3);
    const first = list.load({ ...everything, text: 'mail 1' });
    const second = list.load({ ...everything, text: 'mail 2' });
    const third = list.refresh();
    await Promise.all([first, second, third]);
    expect([list.filter.text, list.all]).toEqual(['mail 2', [2]]);
  });

  it('takes positions for those of the candidates that they were asked for', async () => {
    const { review, list } = await listOf(1, 2, 3);
    const loading = list.load({ ...everything, text: 'mail 2' });
    review.reorder(candidates(3, 1, 2));
    await loading;
    expect(list.all).toEqual([2]);
  });

  it('goes on at what is pending, from the start when nothing is behind, and to what was skipped at last', async () => {
    const { review, list } = await listOf(1, 2, 3);
    expect([list.nextPending(1), list.nextPending(9)]).toEqual([1, 0]);
    await review.decide([{ row: 2, decision: 'skip' }]);
    await review.decide([{ row: 3, decision: 'keep' }]);
    expect(list.nextPending(1)).toBe(0);
    await review.decide([{ row: 1, decision: 'change', label: ['spam'] }]);
    expect([list.nextPending(0), list.nextPending(2)]).toEqual([1, 1]);
    await review.decide([{ row: 2, decision: 'ambiguous' }]);
    expect(list.nextPending(0)).toBeNull();
  });
});
