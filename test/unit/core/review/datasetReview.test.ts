import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../extension/core/errors';
import { silentLog } from '../../../../extension/core/log';
import { openDatasetReview } from '../../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../../extension/core/review/engine/localEngine';
import type { Review, ReviewChange } from '../../../../extension/core/review/review';
import type { CandidateQuery } from '../../../../extension/core/review/types';
import { servicesIn } from '../../../builtInSearch';
import { folderOfTest, settingsOf, writeRows, type Row } from './engine/datasets';

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

  it('follows decisions: those that were made keep their places, and so does the record that is looked at', async () => {
    const { review } = await foundReview('live.csv');
    const [first = 0, second = 0, third = 0] = review.candidates.rows;
    review.held = second;
    const reranked = changesOf(review, 'candidates');
    await review.decide([{ row: first, decision: 'change' }]);
    await reranked;
    expect([...review.candidates.rows.slice(0, 2)]).toEqual([first, second]);
    review.frozen = true;
    const before = review.candidates;
    await review.decide([{ row: third, decision: 'change' }]);
    expect(review.candidates).toBe(before);
    const thawed = changesOf(review, 'candidates');
    review.frozen = false;
    await thawed;
    expect(review.candidates).not.toBe(before);
    await review.dispose();
  });

  it('counts what the same reviewer does in another window, and takes it back', async () => {
    const { path, review } = await foundReview('windows.csv');
    const other = await openAs('ann', path);
    await other.decide([{ row: 4, decision: 'change' }]);
    await review.decide([{ row: 9, decision: 'keep' }]);
    await review.reload();
    expect(review.counts).toMatchObject({ pending: 2, change: 1, keep: 1 });
    await other.reload();
    expect(await other.undo()).toEqual([9]);
    expect(await other.undo()).toEqual([4]);
    await review.reload();
    expect(review.counts).toMatchObject({ pending: 4, unapplied: 0 });
    await other.dispose();
    await review.dispose();
  });

  it('leaves decisions on another label column alone', async () => {
    const rows = mails(60, wrong).map(([text, label], row) => `${text},${label},${row % 2 === 0 ? 'spam' : 'ham'}`);
    const path = join(folder.path, 'columns.csv');
    writeFileSync(path, ['text,label,checked', ...rows, ''].join('\n'));
    const review = await openAs('ann', path);
    await review.find(settingsOf(path));
    await review.decide([{ row: 9, decision: 'change' }]);
    await review.find(settingsOf(path, { label: 'checked' }));
    expect(review.statusOf(9)).toBe('pending');
    expect(review.counts.unapplied).toBe(0);
    await review.find(settingsOf(path));
    expect(review.statusOf(9)).toBe('change');
    await review.dispose();
  });

  it('selects records that are no candidates where they are named, and decides on them', async () => {
    const { review } = await foundReview('unranked.csv');
    const rows = new Set([30, 9, 3, 2, 600]);
    const selected = async (query: CandidateQuery) => [...(await review.selectUnranked(query))];
    expect(await selected({})).toEqual([]);
    expect(await selected({ rows })).toEqual([2, 3, 30]);
    expect(await selected({ rows, text: 'WIN money' })).toEqual([2, 30]);
    expect(await selected({ rows, given: 'ham' })).toEqual([3]);
    expect(await selected({ rows, suggested: 'ham' })).toEqual([]);
    await review.decide([{ row: 3, decision: 'change', label: ['spam'] }]);
    expect(await selected({ rows, status: 'change' })).toEqual([3]);
    expect(review.standings()).toMatchObject([{ label: ['spam'], entry: { row: 3, reviewer: 'ann' } }]);
    await review.undo();
    expect(review.statusOf(3)).toBe('pending');
    await review.dispose();
  });

  it('refuses a decision on a label that somebody changed in the file, and says what to do', async () => {
    const { path, review } = await foundReview('changed.csv');
    const rows = mails(
      60,
      wrong.filter((row) => row !== 9),
    );
    writeFileSync(path, readFileSync(writeRows(folder.path, 'other.csv', rows)));
    await expect(review.decide([{ row: 20, decision: 'keep' }])).rejects.toThrow('changed since it was read');
    await review.reload();
    expect(review.stale).toBe(true);
    expect(review.detail(9)?.stale).toBe(true);
    await expect(review.decide([{ row: 9, decision: 'keep' }])).rejects.toThrow('Find label errors again');
    await review.decide([{ row: 20, decision: 'keep' }]);
    expect(review.statusOf(20)).toBe('keep');
    await review.dispose();
  });

  it('says what to do when the file has no label column any more, and finds with another one', async () => {
    const { path, review } = await foundReview('replaced.csv');
    await review.decide([{ row: 9, decision: 'keep' }]);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace('label', 'kind'));
    await expect(review.reload()).rejects.toThrow(
      'replaced.csv has no column "label" any more, in which label errors were found. ' +
        'Find label errors again and choose one of text, kind, or bring the file back as it was.',
    );
    expect([review.candidates.rows.length, review.stale]).toEqual([0, true]);
    writeFileSync(path, before);
    await review.reload();
    expect([review.candidates.rows.length, review.statusOf(9), review.stale]).toEqual([4, 'keep', false]);
    writeFileSync(path, before.replace('label', 'kind'));
    await review.find({ ...settingsOf(path), label: 'kind' });
    expect([...review.candidates.rows].sort((a, b) => a - b)).toEqual(wrong);
    await review.dispose();
    writeFileSync(path, before);
    const again = await openAs('ann', path);
    await again.find(settingsOf(path));
    expect(again.statusOf(9)).toBe('keep');
    await again.dispose();
  });

  it('finds candidates and decisions again where their records stand after others were taken out', async () => {
    const { path, review } = await foundReview('moved.csv');
    await review.decide([{ row: 20, decision: 'discard' }]);
    await review.decide([{ row: 31, decision: 'keep' }]);
    const rows = mails(60, wrong).filter((_, row) => row !== 20);
    writeRows(folder.path, 'moved.csv', rows);
    await review.reload();
    expect([...review.candidates.rows].sort((a, b) => a - b)).toEqual([4, 9, 30]);
    expect(review.statusOf(30)).toBe('keep');
    expect(review.counts).toMatchObject({ candidates: 3, keep: 1, discard: 0, unapplied: 0 });
    expect(await review.records([30])).toEqual([rows[30]]);
    await review.undo();
    expect(review.statusOf(30)).toBe('pending');
    await review.dispose();
    const again = await openAs('ann', path);
    expect([...again.candidates.rows].sort((a, b) => a - b)).toEqual([4, 9, 30]);
    await again.dispose();
  });

  it('changes to a label that the dataset never had, and finds fewer afterwards', async () => {
    const { path, review } = await foundReview('unseen.csv');
    await review.decide([{ row: 4, decision: 'change', label: ['newsletter'] }]);
    await review.decide([{ row: 9, decision: 'change' }]);
    expect(review.detail(4)?.own?.label).toEqual(['newsletter']);
    await review.find(settingsOf(path));
    expect([...review.candidates.rows]).not.toContain(9);
    expect(review.statusOf(4)).toBe('change');
    expect(review.counts.unapplied).toBe(2);
    expect(review.estimate().decided).toBe(0);
    await review.dispose();
  });

  it('keeps a decision when the model fails, and says so', async () => {
    const { path, review } = await foundReview('failing.csv');
    await review.dispose();
    const warnings: string[] = [];
    const failing = await openDatasetReview({
      dataset: path,
      reviewer: 'ann',
      log: { ...silentLog, warn: (message) => warnings.push(message) },
      createEngine: () => {
        throw new Error('no thread');
      },
    });
    await failing.decide([{ row: 4, decision: 'change' }]);
    await expect.poll(() => warnings.join()).toContain('no thread');
    expect(failing.statusOf(4)).toBe('change');
    await failing.dispose();
  });

  it('decides nothing when the ledger cannot be written', async () => {
    const { review } = await foundReview('unwritable.csv');
    const ledger = join(folder.path, '.flag-review', 'unwritable.csv', 'ann.jsonl');
    mkdirSync(ledger);
    await expect(review.decide([{ row: 4, decision: 'keep' }])).rejects.toThrow(ExpectedError);
    expect(review.statusOf(4)).toBe('pending');
    expect(review.canUndo).toBe(false);
    await review.dispose();
  });

  it('stops a search, and keeps the candidates that were there', async () => {
    const { path, review } = await foundReview('stopped.csv');
    const before = review.candidates;
    const stopped = AbortSignal.abort();
    await expect(review.find(settingsOf(path), { signal: stopped })).rejects.toBe(stopped.reason);
    expect(review.candidates).toBe(before);
    expect(review.finding).toBeUndefined();
    await review.dispose();
  });

  it('reads and decides on a record of 10 MB, and finds text in it', async () => {
    const rows = mails(60, wrong);
    const [text = '', label = ''] = rows[9] ?? [];
    rows[9] = [`${text} ${'long'.repeat(2_500_000)} NEEDLE`, label];
    const path = writeRows(folder.path, 'large.csv', rows);
    const review = await openAs('ann', path);
    await review.find(settingsOf(path));
    const found = await review.select({ text: 'needle' });
    expect(Array.from(found, (position) => review.candidates.rows[position])).toEqual([9]);
    await review.decide([{ row: 9, decision: 'change' }]);
    expect(review.statusOf(9)).toBe('change');
    await review.dispose();
  });

  it('toggles labels of records that may have several', async () => {
    const rows = mails(60, []).map(([text, label], row): Row => [text, row % 3 === 0 ? `${label}|long` : label]);
    rows[4] = [rows[4]?.[0] ?? '', 'ham'];
    const path = writeRows(folder.path, 'several.csv', rows);
    const review = await openAs('ann', path);
    await review.find(settingsOf(path, { multiLabel: true }));
    expect(review.live).toBe(false);
    await review.decide([{ row: 4, decision: 'change', label: ['spam', 'long'] }]);
    const [standing] = review.standings();
    expect(new Set(standing?.label)).toEqual(new Set(['spam', 'long']));
    expect(standing?.entry.label).toBe('spam|long');
    await review.dispose();
  });
});

/** Settles with the next change of a kind. */
function changesOf(review: Review, kind: ReviewChange['kind']): Promise<void> {
  return new Promise((resolve) => {
    const end = review.subscribe((change) => {
      if (change.kind !== kind) return;
      end();
      resolve();
    });
  });
}
