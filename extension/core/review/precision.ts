import type { DecisionKind } from './types';
import { drawPaths, randomNumbers, type Outcomes } from './precisionPaths';

/** How often the candidates that were decided were label errors, and what to expect of the rest. */
export interface PrecisionEstimate {
  /** Candidates that were decided, not counting those that were skipped. */
  readonly decided: number;
  /** Of those, label errors: changed or discarded ones. */
  readonly errors: number;
  /** Of those, ambiguous ones; in what is estimated each is half an error. */
  readonly ambiguous: number;
  /** Precision expected at the present rank, with a 90 % interval; null before the first decision. */
  readonly precision: Interval | null;
  /** Errors expected among those that are pending, with a 90 % interval; null before the first decision. */
  readonly remaining: Interval | null;
  /** Median seconds per decision; null before the first one that was timed. */
  readonly secondsPerItem: number | null;
  /** Share of errors among the decisions so far, at each rank that was decided; for the curve. */
  readonly curve: readonly { readonly rank: number; readonly precision: number }[];
}

/** A value with a 90 % interval around it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A decision on a candidate of a ranked list. */
export interface RankedDecision {
  /** Position among the candidates, from 0. */
  readonly rank: number;
  readonly decision: Exclude<DecisionKind, 'skip'>;
  /** How long it took; undefined when it was not timed. */
  readonly seconds: number | undefined;
}

/**
 * What decisions say of the candidates that are left.
 *
 * @param at the present rank
 * @param pending ranks, any order
 * @param candidates how many ranks there are
 */
export function estimateOf(
  decisions: readonly RankedDecision[],
  at: number,
  pending: Uint32Array,
  candidates: number,
): PrecisionEstimate {
  const byRank = [...decisions].sort((a, b) => a.rank - b.rank);
  const ranks = Uint32Array.from(byRank, ({ rank }) => rank);
  const errors = Float64Array.from(byRank, ({ decision }) => errorShares[decision]);
  const estimate = decisions.length > 0 ? estimateAt({ ranks, errors }, at, pending, candidates) : undefined;
  return {
    decided: decisions.length,
    errors: errors.filter((share) => share === 1).length,
    ambiguous: errors.filter((share) => share === 0.5).length,
    precision: estimate?.precision ?? null,
    remaining: estimate?.remaining ?? null,
    secondsPerItem: median(decisions.flatMap(({ seconds }) => seconds ?? [])),
    curve: curveOf(ranks, errors),
  };
}

/** How much of an error a decision says a label is: an ambiguous one is as likely right as wrong. */
const errorShares: Readonly<Record<RankedDecision['decision'], number>> = {
  keep: 0,
  change: 1,
  discard: 1,
  ambiguous: 0.5,
};

function curveOf(ranks: Uint32Array, errors: Float64Array): PrecisionEstimate['curve'] {
  let sum = 0;
  return Array.from(ranks, (rank, index) => {
    sum += errors[index] ?? 0;
    return { rank, precision: sum / (index + 1) };
  });
}

function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Bounds of a 90 % interval. */
const [lower, upper] = [0.05, 0.95];

/**
 * Precision at a rank, and the errors to expect among pending ranks. Precision of a ranked list falls, so that an average
 * over all decisions would promise too much of what lies below: `drawPaths` says how.
 *
 * @param at the present rank, from 0
 * @param pending ranks, any order
 * @param candidates how many ranks there are
 */
export function estimateAt(
  outcomes: Outcomes,
  at: number,
  pending: Uint32Array,
  candidates: number,
): { readonly precision: Interval; readonly remaining: Interval } {
  const { blockOf, blocks, draws } = drawPaths(outcomes, candidates);
  const counts = new Uint32Array(blocks);
  for (const rank of pending) {
    const block = blockOf(rank);
    counts[block] = (counts[block] ?? 0) + 1;
  }
  const random = randomNumbers();
  const here = blockOf(at);
  return {
    precision: intervalOf(draws.map((path) => path[here] ?? 0)),
    remaining: intervalOf(draws.map((path) => errorsAlong(path, counts, random))),
  };
}

/** A number of errors that a path may bring: a sum of many independent ones is nearly normal. */
function errorsAlong(path: Float64Array, counts: Uint32Array, random: () => number): number {
  let mean = 0;
  let variance = 0;
  let most = 0;
  for (let block = 0; block < path.length; block++) {
    const precision = path[block] ?? 0;
    const count = counts[block] ?? 0;
    most += count;
    mean += count * precision;
    variance += count * precision * (1 - precision);
  }
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(most, Math.max(0, mean + Math.sqrt(variance) * normal));
}

function intervalOf(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return {
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: quantile(lower),
    high: quantile(upper),
  };
}
