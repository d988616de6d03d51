import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedFile } from '../../../../../extension/core/hub/plan/types';
import { batchesOf, inOrder } from '../../../../../extension/core/hub/push/batches';

const file = (path: string, change: PlannedFile['change'], size = 10): PlannedFile => ({
  path,
  change,
  size,
  staged: undefined,
});
const pathsOf = (files: readonly PlannedFile[]): string[] => files.map(({ path }) => path);

const plans = fc.uniqueArray(
  fc.record({
    path: fc
      .constantFrom('data/a.csv', 'data/b.parquet', 'metadata.jsonl', 'README.md')
      .chain((path) => fc.nat(400).map((at) => (path === 'README.md' ? path : path.replace('/', `/${at}-`)))),
    change: fc.constantFrom('add', 'change', 'delete', 'leave'),
    size: fc.integer({ min: 0, max: 30e6 }),
    staged: fc.constant(undefined),
  }),
  { selector: ({ path }) => path, maxLength: 250, size: 'max' },
);

describe('batchesOf', () => {
  it('sends each file that is touched once, in few commits that the Hub takes, and the card last', () => {
    fc.assert(
      fc.property(plans, (files) => {
        const batches = batchesOf(files);
        expect(batches.flat()).toEqual(inOrder(files));
        for (const batch of batches) {
          const puts = batch.filter(({ change }) => change !== 'delete');
          expect(batch.length).toBeGreaterThan(0);
          expect(puts.length).toBeLessThanOrEqual(100);
          const regular = puts.filter(({ path, size }) => !path.endsWith('.parquet') && size <= 10 * 2 ** 20);
          if (puts.length > 1) expect(regular.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(20e6);
        }
        const touched = files.filter(({ change }) => change !== 'leave');
        if (touched.some(({ path, change }) => path === 'README.md' && change !== 'delete'))
          expect(batches.at(-1)?.at(-1)?.path).toBe('README.md');
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it('goes on after a commit with the rest, in no more commits than were left', () => {
    fc.assert(
      fc.property(plans, (files) => {
        const batches = batchesOf(files);
        const rest = inOrder(files).slice(batches[0]?.length ?? 0);
        expect(batchesOf(rest).flat()).toEqual(rest);
        expect(batchesOf(rest).length).toBeLessThanOrEqual(Math.max(0, batches.length - 1));
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it('keeps what changes the meaning of others in one commit when new files fill several', () => {
    const images = Array.from({ length: 150 }, (_, at) => file(`images/${at + 1000}.png`, 'add'));
    const others = [
      file('README.md', 'change'),
      file('data/train-00000-of-00001.parquet', 'change'),
      file('data/old.parquet', 'delete'),
      file('metadata.jsonl', 'change'),
    ];
    const batches = batchesOf([...images, ...others]);
    expect(batches.map((batch) => batch.length)).toEqual([100, 50, 4]);
    expect(pathsOf(batches[2] ?? [])).toEqual([
      'data/train-00000-of-00001.parquet',
      'data/old.parquet',
      'metadata.jsonl',
      'README.md',
    ]);
  });

  it('counts no deletions: what replaces files goes together with taking them away', () => {
    const gone = Array.from({ length: 300 }, (_, at) => file(`data/${at}.csv`, 'delete'));
    expect(batchesOf([file('README.md', 'change'), ...gone])).toHaveLength(1);
  });
});
