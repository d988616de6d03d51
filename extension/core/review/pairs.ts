import type { PairCount } from './review';
import type { Candidates, CandidateStatus } from './types';

/** Counts the pairs of given and suggested labels; most candidates first, equal ones as they are ranked. */
export function countPairs(
  { rows, given, suggested, labellings }: Candidates,
  positions: Uint32Array,
  statusOf: (row: number) => CandidateStatus,
): PairCount[] {
  const pairs = new Map<number, { given: number; suggested: number; candidates: number; pending: number }>();
  for (const position of positions) {
    const [from = 0, to = 0] = [given[position], suggested[position]];
    const key = from * labellings.length + to;
    const pair = pairs.get(key) ?? { given: from, suggested: to, candidates: 0, pending: 0 };
    pair.candidates++;
    if (statusOf(rows[position] ?? 0) === 'pending') pair.pending++;
    pairs.set(key, pair);
  }
  return [...pairs.values()]
    .sort((a, b) => b.candidates - a.candidates)
    .map((pair) => ({ ...pair, given: labellings[pair.given] ?? [], suggested: labellings[pair.suggested] ?? [] }));
}
