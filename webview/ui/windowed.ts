/** Height of a row and of the header above the rows. Pixels; the style sheets have the same. */
export const lowRow = 28;

/** Rows that are drawn beyond those that are seen, on either side. */
const overscan = 6;
/** Browsers draw no element that is higher; a table of more rows scrolls in larger steps. Pixels. */
const highest = 8_000_000;

/** How the rows of a table map to its scroll bar. */
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

/** Scrolls as little as possible; the header covers the first line of what is seen. */
export function showRow(element: HTMLElement, position: number, rows: number, rowHeight: number): void {
  const seen = Math.max(rowHeight, element.clientHeight - lowRow);
  const top = scrollTo(position, rows, rowHeight, { scrollTop: element.scrollTop, seen });
  if (top !== undefined) element.scrollTop = top;
}

/** The rows of a table that are in the page. */
export interface Drawn extends Scrolling {
  readonly first: number;
  /** Behind the last one. */
  readonly last: number;
  /** Rows that are seen as a whole. */
  readonly page: number;
  /** Height of what is seen of them. Pixels. */
  readonly seen: number;
  readonly positions: readonly number[];
  /** Where a row is drawn in the element that is scrolled. Pixels. */
  readonly topOf: (position: number) => number;
}

/**
 * @param rows number of rows
 * @param element where it is scrolled to, and its height with the header
 */
export function drawnRows(
  rows: number,
  rowHeight: number,
  element: { readonly top: number; readonly height: number },
): Drawn {
  const seen = Math.max(0, element.height - lowRow);
  const { height, top } = scrolling(rows, rowHeight, element.top, seen);
  const page = Math.max(1, Math.floor(seen / rowHeight));
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const last = Math.min(rows, first + page + 2 * overscan);
  const positions = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const topOf = (position: number): number => element.top + position * rowHeight - top;
  return { height, top, first, last, page, seen, positions, topOf };
}

/** Where a key leads in a list, which may be beyond its ends; undefined when it leads nowhere. */
export function movedInList(key: string, at: number, rows: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return undefined;
  }
}
