import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreBins } from '../../../../extension/core/review/scoreBins';

const score = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 320, noNaN: true }).map((power) => 10 ** -power),
  fc.constantFrom(0, 0.05, 0.3, 1),
);

describe('bins of label quality scores', () => {
  it('reach from 0 to 1 without gaps, and count every candidate where its score is', () => {
    fc.assert(
      fc.property(fc.array(score), (values) => {
        const bins = scoreBins(Float64Array.from(values), (position) => position % 2 === 0);
        expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([0, 1]);
        for (const [index, { from, to, candidates, pending }] of bins.entries()) {
          expect(from).toBeLessThan(to);
          expect(bins[index + 1]?.from ?? 1).toBe(to);
          const within = [...values.keys()].filter((position) => {
            const value = values[position] ?? 0;
            return value >= from && (value < to || to === 1);
          });
          expect(candidates).toBe(within.length);
          expect(pending).toBe(within.filter((position) => position % 2 === 0).length);
        }
      }),
    );
  });

  it('are of equal width where scores are spread', () => {
    const bins = scoreBins(Float64Array.of(0.2, 0.4, 0.6), () => true);
    expect(bins.map(({ to }) => to)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) / 20));
  });

  it('share powers of ten where most scores are near 0, so that the first bin has few of them', () => {
    const scores = Float64Array.from({ length: 600 }, (_, index) => 10 ** (-index / 100));
    const bins = scoreBins(scores, () => true);
    expect(bins.map(({ from }) => from).slice(0, 5)).toEqual([0, 1e-6, 3e-6, 1e-5, 3e-5]);
    expect(Math.max(...bins.map(({ candidates }) => candidates))).toBeLessThan(70);
  });

  it('are few, however near 0 scores are', () => {
    const scores = Float64Array.from({ length: 600 }, (_, index) => 10 ** (-index / 2));
    const bins = scoreBins(scores, () => true);
    expect(bins.length).toBeLessThan(25);
    expect(Math.max(...bins.map(({ candidates }) => candidates))).toBeLessThan(60);
  });

  it('are there for scores of 0 alone', () => {
    const [first, ...rest] = scoreBins(Float64Array.of(0, 0), () => true);
    expect(first).toEqual({ from: 0, to: 0.1, candidates: 2, pending: 2 });
    expect(rest.every(({ candidates }) => candidates === 0)).toBe(true);
  });
});
