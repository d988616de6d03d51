/** Label quality scores, both ends included. */
export type ScoreRange = readonly [low: number, high: number];

const number = String.raw`(\d*\.?\d+(?:e-?\d+)?)`;
const range = new RegExp(`^\\s*${number}(?:(?:\\s*[–—-]\\s*|\\s+)${number})?\\s*$`, 'i');

/**
 * Reads `0.1–0.5`, `0.1-0.5`, `0.1 0.5`, or one number, which is the upper end.
 *
 * @returns undefined when it is no range of scores
 */
export function parseScoreRange(text: string): ScoreRange | undefined {
  const [, first, second] = range.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [low, high] = second === undefined ? [0, Number(first)] : [Number(first), Number(second)];
  return low <= high && high <= 1 ? [low, high] : undefined;
}

export function scoreRangeText([low, high]: ScoreRange): string {
  return `${low}–${high}`;
}
