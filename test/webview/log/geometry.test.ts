import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsSeen, columnStarts, tallRow } from '../../../webview/log/geometry';
import { lowRow, scrolling, scrollTo } from '../../../webview/ui/windowed';

const grids = fc.record({
  rows: fc.integer({ min: 1, max: 1_000_000 }),
  rowHeight: fc.constantFrom(lowRow, tallRow),
  seen: fc.integer({ min: tallRow, max: 3000 }),
  /** Where the wanted row is, and where the grid is scrolled to, as parts of all. */
  wantedAt: fc.double({ min: 0, max: 1, noNaN: true }),
  scrolledTo: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('how rows map to the scroll bar', () => {
  it('makes the wanted row seen, within what can be scrolled', () => {
    fc.assert(
      fc.property(grids, ({ rows, rowHeight, seen, wantedAt, scrolledTo }) => {
        const position = Math.round((rows - 1) * wantedAt);
        const { height } = scrolling(rows, rowHeight, 0, seen);
        const furthest = Math.max(0, height - seen);
        const scrollTop = furthest * scrolledTo;
        const wanted = scrollTo(position, rows, rowHeight, { scrollTop, seen }) ?? scrollTop;
        expect(wanted).toBeGreaterThanOrEqual(0);
        expect(wanted).toBeLessThanOrEqual(furthest + 0.01);
        const { top } = scrolling(rows, rowHeight, wanted, seen);
        expect(position * rowHeight).toBeGreaterThanOrEqual(top - 0.01);
        expect((position + 1) * rowHeight).toBeLessThanOrEqual(top + seen + 0.01);
      }),
    );
  });

  it('shows the first row at the top and the last at the end, whatever the number of rows', () => {
    fc.assert(
      fc.property(grids, ({ rows, rowHeight, seen }) => {
        const { height, top } = scrolling(rows, rowHeight, 0, seen);
        expect(top).toBe(0);
        expect(height).toBeLessThanOrEqual(8_000_000);
        const end = scrolling(rows, rowHeight, Math.max(0, height - seen), seen).top;
        expect(end).toBeCloseTo(Math.max(0, rows * rowHeight - seen), 2);
      }),
    );
  });
});

describe('the columns that are seen', () => {
  it('are those that overlap what is seen', () => {
    const widths = fc.array(fc.integer({ min: 56, max: 800 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(widths, fc.nat(20_000), fc.integer({ min: 1, max: 3000 }), (list, left, width) => {
        const starts = columnStarts(list);
        const whole = list.reduce((sum, item) => sum + item, 0);
        const from = Math.min(left, whole - 1);
        const [first, end] = columnsSeen(starts, from, width);
        const overlapping = list.flatMap((_, index) => {
          const begin = starts[index] ?? 0;
          return begin < from + width && begin + (list[index] ?? 0) > from ? [index] : [];
        });
        expect(Array.from({ length: end - first }, (_, index) => first + index)).toEqual(overlapping);
      }),
    );
  });
});
