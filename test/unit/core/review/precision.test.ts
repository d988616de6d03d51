import { describe, expect, it } from 'vitest';
import { estimateAt, estimateOf, type RankedDecision } from '../../../../extension/core/review/precision';
import { randomNumbers } from '../../../../extension/core/review/precisionPaths';

const candidates = 1000;

/** Lists whose precision is known at each rank. */
const lists: Readonly<Record<string, (rank: number) => number>> = {
  'falling evenly': (rank) => 0.9 - (0.8 * rank) / candidates,
  'falling fast at first': (rank) => 0.05 + 0.85 * Math.exp(-rank / 200),
  'as good everywhere': () => 0.3,
  'dropping at a rank': (rank) => (rank < 200 ? 0.8 : 0.2),
  'poor from the beginning': (rank) => 0.15 * Math.exp(-rank / 500),
  'best in the middle': (rank) => 0.3 + 0.4 * Math.exp(-(((rank - 200) / 150) ** 2)),
};

interface Coverage {
  precision: number;
  remaining: number;
  trials: number;
}

/** How often the intervals hold what is true, over lists drawn at random. */
function coverage(precisionAt: (rank: number) => number, random: () => number): Coverage {
  const covered: Coverage = { precision: 0, remaining: 0, trials: 0 };
  for (const decided of [20, 80, 250, 500]) {
    for (let trial = 0; trial < 6; trial++) {
      const isError = Array.from({ length: candidates }, (_, rank) => Number(random() < precisionAt(rank)));
      const ranks = Uint32Array.from({ length: decided }, (_, rank) => rank);
      const pending = Uint32Array.from({ length: candidates - decided }, (_, at) => decided + at);
      const errors = Float64Array.from(isError.slice(0, decided));
      const { precision, remaining } = estimateAt({ ranks, errors }, decided - 1, pending, candidates);
      const rest = isError.slice(decided).reduce((sum, one) => sum + one, 0);
      const truth = precisionAt(decided - 1);
      covered.precision += Number(precision.low <= truth && truth <= precision.high);
      covered.remaining += Number(remaining.low <= rest && rest <= remaining.high);
      covered.trials++;
    }
  }
  return covered;
}

describe('the estimate of precision', () => {
  it('holds the true precision at the present rank, and mostly the errors that are left, however precision falls', () => {
    const random = randomNumbers();
    const all: Coverage = { precision: 0, remaining: 0, trials: 0 };
    for (const precisionAt of Object.values(lists)) {
      const own = coverage(precisionAt, random);
      expect(own.precision / own.trials).toBeGreaterThan(0.7);
      all.precision += own.precision;
      all.remaining += own.remaining;
      all.trials += own.trials;
    }
    // Intervals of 90 %, over 144 trials.
    expect(all.precision / all.trials).toBeGreaterThan(0.85);
    expect(all.remaining / all.trials).toBeGreaterThan(0.75);
  }, 120_000);

  it('does not promise below what only the beginning of the list was', () => {
    const ranks = Uint32Array.from({ length: 200 }, (_, rank) => rank);
    const errors = Float64Array.from(ranks, (rank) => (rank < 100 ? 1 : Number(rank % 10 === 0)));
    const { precision } = estimateAt({ ranks, errors }, 199, new Uint32Array(), candidates);
    expect(errors.reduce((a, b) => a + b, 0) / 200).toBeGreaterThan(0.5);
    expect(precision.high).toBeLessThan(0.3);
  });

  it('counts ambiguous records as half an error in what it expects, and apart in what was found', () => {
    const decisions: RankedDecision[] = [
      { rank: 3, decision: 'ambiguous', seconds: 9 },
      { rank: 0, decision: 'change', seconds: 1 },
      { rank: 1, decision: 'keep', seconds: undefined },
      { rank: 2, decision: 'discard', seconds: 3 },
    ];
    const pending = Uint32Array.of(4, 5);
    const found = estimateOf(decisions, 3, pending, 6);
    expect(found).toMatchObject({ decided: 4, errors: 2, ambiguous: 1, secondsPerItem: 3 });
    expect(found.curve).toEqual([
      { rank: 0, precision: 1 },
      { rank: 1, precision: 0.5 },
      { rank: 2, precision: 2 / 3 },
      { rank: 3, precision: 2.5 / 4 },
    ]);
    expect(found.remaining?.high).toBeLessThanOrEqual(2);
    const doubled = (decision: 'keep' | 'change') =>
      estimateOf([{ rank: 0, decision, seconds: undefined }], 0, pending, 6).precision?.value ?? NaN;
    const half = estimateOf([{ rank: 0, decision: 'ambiguous', seconds: undefined }], 0, pending, 6).precision?.value;
    expect(half).toBeGreaterThan(doubled('keep'));
    expect(half).toBeLessThan(doubled('change'));
  });

  it('says nothing before the first decision, and the same whenever it is asked', () => {
    expect(estimateOf([], 0, Uint32Array.of(0, 1), 2)).toEqual({
      decided: 0,
      errors: 0,
      ambiguous: 0,
      precision: null,
      remaining: null,
      secondsPerItem: null,
      curve: [],
    });
    const decisions: RankedDecision[] = [{ rank: 0, decision: 'change', seconds: undefined }];
    expect(estimateOf(decisions, 0, Uint32Array.of(1), 2)).toEqual(estimateOf(decisions, 0, Uint32Array.of(1), 2));
  });
});
