import type { CandidatePositions } from './candidateList';
import { estimateOf, type PrecisionEstimate, type RankedDecision } from './precision';
import type { ReviewCounts } from './review';
import type { StandingDecisions } from './standingDecisions';
import type { Candidates } from './types';

/**
 * Counts candidates by what was decided of them.
 *
 * @param isOpen whether a decision is to change what the file does not show yet
 */
export function countDecisions(
  { rows }: Candidates,
  positions: CandidatePositions,
  decisions: StandingDecisions,
  isOpen: (row: number) => boolean,
): ReviewCounts {
  const counts = { keep: 0, change: 0, ambiguous: 0, discard: 0, skip: 0 };
  let unapplied = 0;
  let decided = 0;
  for (const [row, { decision }] of decisions.owned) {
    if ((decision === 'change' || decision === 'discard') && isOpen(row)) unapplied++;
    if (positions.of(row) === undefined) continue;
    counts[decision]++;
    decided++;
  }
  return { ...counts, candidates: rows.length, pending: rows.length - decided, unapplied };
}

/**
 * What the decisions on these candidates say of the rest. The present rank is that of the last decision.
 *
 * @param since when the candidates were found, in milliseconds: of earlier decisions only those to keep may be among them
 */
export function estimateOfReview(
  { rows }: Candidates,
  positions: CandidatePositions,
  decisions: StandingDecisions,
  since: number,
): PrecisionEstimate {
  const ranked: RankedDecision[] = [];
  const isDecided = new Uint8Array(rows.length);
  let [latest, at] = [0, 0];
  for (const [row, { decision, seconds, time }] of decisions.owned) {
    const rank = positions.of(row);
    if (rank === undefined || decision === 'skip') continue;
    isDecided[rank] = 1;
    const decidedAt = Date.parse(time);
    if (decidedAt < since) continue;
    ranked.push({ rank, decision, seconds });
    if (decidedAt >= latest) [latest, at] = [decidedAt, rank];
  }
  return estimateOf(ranked, at, ranksWithout(isDecided), rows.length);
}

function ranksWithout(mask: Uint8Array): Uint32Array {
  const ranks = new Uint32Array(mask.length);
  let count = 0;
  for (let rank = 0; rank < mask.length; rank++) if (!mask[rank]) ranks[count++] = rank;
  return ranks.subarray(0, count);
}
