/** Heights and widths in pixels. */
export const lowRow = 28;
export const tallRow = 72;
export const numberWidth = 72;
export const defaultWidth = 180;
const narrowest = 56;
const widest = 800;

/** Browsers draw no element that is higher; a log of more rows scrolls in larger steps. */
const highest = 8_000_000;

/** How the rows of a log map to the scroll bar of its grid. */
export interface Scrolling {
  /** Height of the element that is scrolled. */
  readonly height: number;
  /** Where the view would be if the element had room for all rows. */
  readonly top: number;
}

/**
 * @param rows number of rows
 * @param scrollTop of the element that scrolls
 * @param seen its height
 */
export function scrolling(rows: number, rowHeight: number, scrollTop: number, seen: number): Scrolling {
  const whole = rows * rowHeight;
  const height = Math.min(whole, highest);
  if (height === whole || height <= seen) return { height, top: scrollTop };
  return { height, top: scrollTop * ((whole - seen) / (height - seen)) };
}

/** Where to scroll so that a row is seen, or undefined when it is. */
export function scrollTo(
  position: number,
  rows: number,
  rowHeight: number,
  element: { readonly scrollTop: number; readonly seen: number },
): number | undefined {
  const { scrollTop, seen } = element;
  const { height, top } = scrolling(rows, rowHeight, scrollTop, seen);
  const [first, last] = [position * rowHeight, (position + 1) * rowHeight];
  const wanted = first < top ? first : last > top + seen ? last - seen : undefined;
  if (wanted === undefined) return undefined;
  const whole = rows * rowHeight;
  return whole === height ? wanted : wanted * ((height - seen) / (whole - seen));
}

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
