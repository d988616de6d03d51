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
/** From here on a power of ten makes two bins; further down there would be too many. */
const halvedFrom = -9;
const mostPowers = 18;
/** Share of the scores above 0 that may be below all ranges but the first. */
const lowest = 0.01;

/**
 * Counts candidates by score, from 0 to 1. Bins are of equal width, unless most scores would be in the first of them, as
 * those of naive Bayes are; then they end at powers of ten, or at 0.001, 0.003, 0.01, …
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
  const positive = sorted.filter((score) => score > 0);
  const low = positive[Math.floor(lowest * positive.length)] ?? 0.1;
  // Powers of ten below this one are no numbers.
  const first = Math.max(-300, Math.floor(Math.log10(low)));
  const step = first < halvedFrom ? Math.ceil(-first / mostPowers) : 1;
  const powers = Array.from({ length: Math.ceil(-first / step) }, (_, index) => first + index * step);
  const digits = first < halvedFrom ? [1] : [1, 3];
  return [0, ...powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`))), 1];
}
