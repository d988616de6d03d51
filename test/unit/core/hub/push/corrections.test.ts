import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { correctionSummary, joinedSummary } from '../../../../../extension/core/hub/push/corrections';
import { reviewedDatasets, withReviews } from '../../../../../extension/core/hub/push/reviewFiles';
import type { Staged } from '../../../../../extension/core/hub/staging/types';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { reviewFolder } from '../../../../../extension/core/review/folder';
import { LedgerFile, readLedgers } from '../../../../../extension/core/review/ledger/ledgerFile';
import { isDecision } from '../../../../../extension/core/review/ledger/ledgerLines';
import { decisionsOn, type Decided } from '../../review/apply/decisions';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-review-corrections-'));
  data = join(folder, 'sms.csv');
  const records = Array.from({ length: 12 }, (_, row) => `${row % 2 ? 'ham' : 'spam'},message ${row}`);
  writeFileSync(data, ['label,text', ...records, ''].join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function decide(reviewer: string, ...decided: readonly Decided[]): Promise<void> {
  const entries = await decisionsOn(data, decided);
  await new LedgerFile(data, reviewer).append(entries.map((entry) => ({ ...entry, id: randomUUID(), reviewer })));
}

const nothingStaged: Staged = { files: [], configs: [], rows: 12, warnings: [], corrections: undefined };

describe('correctionSummary', () => {
  it('is none where nobody decided', async () => {
    expect(await correctionSummary(data)).toBeUndefined();
    await decide('ann', { row: 1, decision: 'skip' });
    expect(await correctionSummary(data)).toBeUndefined();
  });

  it('counts what stands, once for reviewers who agree, and what was not applied', async () => {
    await decide(
      'ann',
      { row: 1, decision: 'change', label: 'spam', model: 'built-in, 5 folds' },
      { row: 3, decision: 'change', label: 'spam' },
      { row: 2, decision: 'change', label: 'ham' },
      { row: 4, decision: 'keep' },
      { row: 5, decision: 'ambiguous' },
      { row: 6, decision: 'discard' },
    );
    await decide('bob', { row: 1, decision: 'change', label: 'spam' }, { row: 4, decision: 'keep' });
    const summary = await correctionSummary(data);
    expect(summary).toEqual({
      reviewers: ['ann', 'bob'],
      candidates: undefined,
      decided: { keep: 1, change: 3, ambiguous: 1, discard: 1 },
      pairs: [
        { given: 'ham', label: 'spam', count: 2 },
        { given: 'spam', label: 'ham', count: 1 },
      ],
      model: 'built-in, 5 folds',
      unapplied: 4,
    });
    const entries = (await readLedgers(data)).entries.filter(isDecision);
    await runApply(await planApply({ dataset: data, entries, discard: 'remove' }));
    expect(await correctionSummary(data)).toEqual({ ...summary, unapplied: 0 });
  });

  it('of several datasets is one', async () => {
    await decide('ann', { row: 1, decision: 'change', label: 'spam' }, { row: 4, decision: 'keep' });
    const summary = await correctionSummary(data);
    if (!summary) throw new Error('There is no summary.');
    const other = {
      ...summary,
      reviewers: ['bob'],
      candidates: 7,
      pairs: [
        { given: 'a', label: 'b', count: 1 },
        { given: 'ham', label: 'spam', count: 2 },
      ],
    };
    expect(joinedSummary([])).toBeUndefined();
    expect(joinedSummary([summary])).toEqual(summary);
    expect(joinedSummary([summary, other])).toMatchObject({
      reviewers: ['ann', 'bob'],
      candidates: 7,
      decided: { keep: 2, change: 2 },
      pairs: [
        { given: 'ham', label: 'spam', count: 3 },
        { given: 'a', label: 'b', count: 1 },
      ],
      unapplied: 2,
    });
  });
});

describe('the review of a push', () => {
  it('warns of corrections that were not applied', async () => {
    await decide('ann', { row: 1, decision: 'change', label: 'spam' });
    expect(await reviewedDatasets(data)).toEqual([data]);
    expect(await reviewedDatasets(folder)).toEqual([data]);
    const { corrections, warnings } = await withReviews(nothingStaged, [data], { withReview: false }, undefined);
    expect(corrections?.decided.change).toBe(1);
    expect(warnings).toEqual([
      {
        kind: 'unappliedCorrections',
        message: '1 correction of the review is not applied yet: the dataset is pushed without.',
        paths: [],
      },
    ]);
  });

  it('says nothing of what was not reviewed', async () => {
    expect(await reviewedDatasets(data)).toEqual([]);
    expect(await reviewedDatasets(folder)).toEqual([]);
    expect(await withReviews(nothingStaged, [], { withReview: true }, undefined)).toEqual(nothingStaged);
  });

  it('sends ledgers and candidates, and nothing else of their folder', async () => {
    await decide('ann', { row: 1, decision: 'keep' });
    const own = reviewFolder(data);
    for (const name of [
      'candidates.csv',
      'candidates.json',
      'removed.ndjson',
      '.hidden.jsonl',
      'undo.json',
      'a.jsonl.tmp',
    ])
      writeFileSync(join(own, name), '');
    const { files } = await withReviews(nothingStaged, [data], { withReview: true }, undefined);
    expect(files.map(({ path }) => path)).toEqual(['review/sms.csv/ann.jsonl', 'review/sms.csv/candidates.csv']);
  });

  it('warns of what looks like a secret in a note', async () => {
    await decide('ann', { row: 1, decision: 'keep', note: `see hf_${'a1B2'.repeat(8)}` });
    const { warnings } = await withReviews(nothingStaged, [data], { withReview: true }, undefined);
    expect(warnings.at(-1)).toMatchObject({ kind: 'secret', paths: ['review/sms.csv/ann.jsonl'] });
  });

  it('follows no link out of the folder', async () => {
    await decide('ann', { row: 1, decision: 'keep' });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(reviewFolder(data), 'candidates.csv'));
    const { files } = await withReviews(nothingStaged, [data], { withReview: true }, undefined);
    expect(files.map(({ path }) => path)).toEqual(['review/sms.csv/ann.jsonl']);
    symlinkSync(join(folder, 'secret.txt'), join(reviewFolder(data), 'bob.jsonl'));
    await expect(withReviews(nothingStaged, [data], { withReview: true }, undefined)).rejects.toThrow(
      'bob.jsonl cannot be read: it is not a plain file.',
    );
  });
});
