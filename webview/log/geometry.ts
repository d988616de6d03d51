/** Heights and widths in pixels. */
export const tallRow = 72;
export const numberWidth = 72;
export const defaultWidth = 180;
const narrowest = 56;
const widest = 800;

/** Where columns begin, from the left edge of the first; one more than columns. */
export function columnStarts(widths: readonly number[]): number[] {
  const starts = [0];
  for (const width of widths) starts.push((starts.at(-1) ?? 0) + width);
  return starts;
}

/** The columns that are seen, as a range. */
export function columnsSeen(starts: readonly number[], left: number, width: number): readonly [number, number] {
  const last = starts.length - 1;
  let first = 0;
  while (first < last && (starts[first + 1] ?? 0) <= left) first++;
  let end = first;
  while (end < last && (starts[end] ?? 0) < left + width) end++;
  return [first, end];
}

export function clampWidth(width: number): number {
  return Math.min(widest, Math.max(narrowest, Math.round(width)));
}
