import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowAt, RowWindow, type RowsPart } from '../../../webview/ui/rowWindow';
import { drawnRows, lowRow } from '../../../webview/ui/windowed';

const part = (matched: number, from: number, count: number): RowsPart<number> => {
  const length = Math.max(0, Math.min(count, matched - from));
  return { matched, from, rows: Array.from({ length }, (_, index) => from + index) };
};

describe('the rows of a table that are drawn', () => {
  it('are all that are seen and few more, each at its place', () => {
    const scrolled = fc.double({ min: 0, max: 1, noNaN: true });
    const tables = fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 60, max: 3000 }), scrolled);
    fc.assert(
      fc.property(tables, ([rows, height, share]) => {
        const furthest = Math.max(0, drawnRows(rows, lowRow, { top: 0, height }).height - (height - lowRow));
        const top = furthest * share;
        const { positions, seen, topOf } = drawnRows(rows, lowRow, { top, height });
        expect(positions.length).toBeLessThan(seen / lowRow + 14);
        const [first = 0, last = 0] = [positions[0], positions.at(-1)];
        if (first > 0) expect(topOf(first)).toBeLessThanOrEqual(top);
        if (last < rows - 1) expect(topOf(last) + lowRow).toBeGreaterThanOrEqual(top + seen);
      }),
    );
  });
});

describe('the rows of a table that are asked for', () => {
  it('are there once they were asked for, wherever one scrolls to', async () => {
    const steps = fc.array(fc.tuple(fc.nat(6000), fc.integer({ min: 1, max: 120 })), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), steps, async (matched, moves) => {
        const window = new RowWindow((from, count) => Promise.resolve(part(matched, from, count)));
        let there = (await window.load()) ?? null;
        for (const [wanted, count] of moves) {
          const first = Math.min(wanted, matched - 1);
          if (window.moveTo(there, first, count)) there = (await window.load()) ?? null;
          const last = Math.min(first + count, matched) - 1;
          expect([rowAt(there, first), rowAt(there, last)]).toEqual([first, last]);
          expect(window.moveTo(there, first, count)).toBe(false);
        }
      }),
    );
  });

  it('are those of the last question, whichever answer comes last', async () => {
    const answers: (() => void)[] = [];
    const window = new RowWindow(
      (from, count) => new Promise<RowsPart<number>>((resolve) => answers.push(() => resolve(part(900, from, count)))),
    );
    const older = window.load();
    window.moveTo(null, 500, 10);
    const newer = window.load();
    for (const answer of answers.toReversed()) answer();
    expect(await older).toBeUndefined();
    expect(rowAt((await newer) ?? null, 500)).toBe(500);
  });
});
