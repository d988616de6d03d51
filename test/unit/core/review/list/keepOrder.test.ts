import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepOrder } from '../../../../../extension/core/review/list/keepOrder';

const numbers = fc.uniqueArray(fc.nat(30)).map((values) => Uint32Array.from(values));

describe('the order of lines that are drawn anew', () => {
  it('is as it was, with what is new behind', () => {
    expect([...keepOrder(Uint32Array.of(5, 1, 9), Uint32Array.of(7, 9, 5, 2))]).toEqual([5, 9, 7, 2]);
  });

  it('has exactly what is there now, and moves no two that were there before', () => {
    fc.assert(
      fc.property(numbers, numbers, (before, now) => {
        const kept = keepOrder(before, now);
        expect([...kept].sort()).toEqual([...now].sort());
        const old = [...kept].filter((number) => before.includes(number)).map((number) => before.indexOf(number));
        expect(old).toEqual([...old].sort((a, b) => a - b));
      }),
    );
  });
});
