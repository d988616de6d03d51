/** Candidates whose label quality score is in a range. */
export interface ScoreBin {
  /** The lowest score of the range. */
  readonly from: number;
  /** The end of the range: only the last one, which ends at 1, contains it. */
  readonly to: number;
  readonly candidates: number;
  readonly pending: number;
}

const equalBins = 20;
/** Below it scores are not told apart. */
const leastDecade = -9;
/** Share of the scores below all ranges but the first. */
const lowest = 0.01;

/**
 * Counts candidates by score, from 0 to 1. Bins are of equal width, unless most scores would be in the first of them, as
 * those of naive Bayes are; then two bins share a power of ten: 0.001, 0.003, 0.01, …
 *
 * @param scores label quality scores, 0 to 1
 * @param isPending whether the candidate at a position is still to be decided on
 */
export function scoreBins(scores: Float64Array, isPending: (position: number) => boolean): readonly ScoreBin[] {
  const edges = edgesOf(Float64Array.from(scores).sort());
  const bins = edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to, candidates: 0, pending: 0 }));
  for (const [position, score] of scores.entries()) {
    const bin = bins.find(({ to }) => score < to) ?? bins.at(-1);
    if (!bin) continue;
    bin.candidates++;
    if (isPending(position)) bin.pending++;
  }
  return bins;
}

/** @param sorted scores, the lowest first */
function edgesOf(sorted: Float64Array): number[] {
  const middle = sorted[sorted.length >> 1] ?? 1;
  if (middle >= 1 / equalBins) return Array.from({ length: equalBins + 1 }, (_, index) => index / equalBins);
  const low = sorted[Math.floor(lowest * sorted.length)] ?? 0;
  const first = Math.max(leastDecade, Math.floor(Math.log10(low)));
  const decades = Array.from({ length: -first }, (_, index) => first + index);
  return [0, ...decades.flatMap((decade) => [`1e${decade}`, `3e${decade}`].map(Number)), 1];
}
