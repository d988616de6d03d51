import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined, logHigh, logLow } from '../../../../extension/core/labels/logarithms';

const count = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));

describe('logarithms in two parts', () => {
  it('are the logarithm, right to the last bits', () => {
    fc.assert(
      fc.property(count, (value) => {
        expect(Math.abs(joined(logHigh(value), logLow(value)) - Math.log(value))).toBeLessThanOrEqual(2 ** -53);
      }),
    );
  });

  it('of 1 are nothing', () => {
    expect([logHigh(1), logLow(1)]).toEqual([0, 0]);
  });

  it('add up to the same in any order, and to what was there before some were taken away', () => {
    const counts = fc.array(count, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(counts, counts, (some, others) => {
        const sums = (values: readonly number[]): readonly number[] => [
          values.reduce((sum, value) => sum + logHigh(value), 0),
          values.reduce((sum, value) => sum + logLow(value), 0),
        ];
        const [high = 0, low = 0] = sums([...some, ...others]);
        const [otherHigh = 0, otherLow = 0] = sums([...others].reverse());
        expect([high - otherHigh, low - otherLow]).toEqual(sums(some));
      }),
    );
  });
});
