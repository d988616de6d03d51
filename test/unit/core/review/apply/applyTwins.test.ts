import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo, runUndo } from '../../../../../extension/core/review/apply/undo';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { reviewFolder } from '../../../../../extension/core/review/folder';
import { StandingDecisions } from '../../../../../extension/core/review/standingDecisions';
import type { DecisionEntry } from '../../../../../extension/core/review/types';
import { testFiles } from '../../dataset/folder';
import { decisionsOn } from './decisions';

const write = testFiles();
const before = 'text,label\nhello,ham\nhello,ham\nbye,ham\nhello,ham\n';
const after = 'text,label\nhello,ham\nbye,ham\nhello,ham\n';

async function apply(dataset: string, entries: readonly DecisionEntry[]): Promise<string> {
  await runApply(await planApply({ dataset, entries, discard: 'remove' }));
  return readFile(dataset, 'utf8');
}

async function decided(dataset: string, entries: readonly DecisionEntry[]): Promise<number[]> {
  const standing = new StandingDecisions('ann');
  await standing.load(entries, await openTable(dataset), 'label');
  return Array.from(standing.owned, ([row]) => row);
}

describe('a discarded record that has twins', () => {
  it('is taken out once: what is left is not taken for it', async () => {
    const dataset = await write('data.csv', before);
    const entries = await decisionsOn(dataset, [{ row: 0, decision: 'discard' }]);
    expect(await decided(dataset, entries)).toEqual([0]);
    expect(await apply(dataset, entries)).toBe(after);
    expect(await apply(dataset, entries)).toBe(after);
    expect(await planApply({ dataset, entries, discard: 'remove' })).toMatchObject({ discards: 0, applied: 1 });
    expect(await decided(dataset, entries)).toEqual([]);
  });

  it('can be discarded again after Undo Apply', async () => {
    const dataset = await write('data.csv', before);
    const entries = await decisionsOn(dataset, [{ row: 1, decision: 'discard' }]);
    for (let time = 0; time < 2; time++) {
      expect(await apply(dataset, entries)).toBe(after);
      await runUndo(await planUndo(dataset));
      expect(await readFile(dataset, 'utf8')).toBe(before);
      expect(await decided(dataset, entries)).toEqual([1]);
    }
  });

  it('is known by all who have the folder of the review, whatever git wrote into it', async () => {
    const dataset = await write('data.csv', before);
    const [first, second] = await decisionsOn(dataset, [
      { row: 0, decision: 'discard' },
      { row: 3, decision: 'discard' },
    ]);
    if (!first || !second) throw new Error('There are two decisions.');
    await apply(dataset, [first]);
    await appendFile(join(reviewFolder(dataset), 'removed.ndjson'), '<<<<<<< HEAD\n{"id":7}\n');
    expect(await apply(dataset, [first, { ...second, row: 2 }])).toBe('text,label\nhello,ham\nbye,ham\n');
  });
});
