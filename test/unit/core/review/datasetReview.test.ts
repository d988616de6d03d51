import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../extension/core/log';
import { openDatasetReview } from '../../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../../extension/core/review/engine/localEngine';
import type { Review } from '../../../../extension/core/review/review';
import { folderOfTest, servicesIn, settingsOf, writeRows, type Row } from './engine/datasets';

const folder = folderOfTest();
afterAll(folder.remove);

function openAs(reviewer: string, dataset: string): Promise<Review> {
  return openDatasetReview({
    dataset,
    reviewer,
    log: silentLog,
    createEngine: () => new LocalEngine(servicesIn(folder.path)),
  });
}

/** Mails of two kinds, of which these records have the label of the other kind. */
function mails(count: number, wrong: readonly number[]): Row[] {
  return Array.from({ length: count }, (_, row): Row => {
    const isSpam = row % 2 === 0;
    const text = isSpam ? `win money now ${row}` : `meeting about the report ${row}`;
    return [text, isSpam === wrong.includes(row) ? 'ham' : 'spam'];
  });
}

const wrong = [4, 9, 20, 31];

async function foundReview(name: string): Promise<{ readonly path: string; readonly review: Review }> {
  const path = writeRows(folder.path, name, mails(60, wrong));
  const review = await openAs('ann', path);
  await review.find(settingsOf(path));
  return { path, review };
}

describe('the review of a dataset', () => {
  it('finds candidates, keeps decisions in the ledger, and has both again after a restart', async () => {
    const { path, review } = await foundReview('restart.csv');
    expect([...review.candidates.rows].sort((a, b) => a - b)).toEqual(wrong);
    await review.decide([{ row: 9, decision: 'change', seconds: 2 }]);
    await review.decide([{ row: 4, decision: 'keep' }]);
    await review.dispose();
    const again = await openAs('ann', path);
    expect(again.statusOf(9)).toBe('change');
    expect(again.detail(9)?.own).toMatchObject({ label: ['ham'], entry: { given: 'spam', seconds: 2 } });
    expect(again.counts).toMatchObject({ candidates: 4, pending: 2, change: 1, keep: 1, unapplied: 1 });
    expect(again.stale).toBe(false);
    await again.dispose();
  });
});
