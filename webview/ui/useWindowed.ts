import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { drawnRows, lowRow, showRow } from './windowed';

/** Before the browser has told how large a table is. Pixels. */
const firstSize = { height: 600, width: 1000 };

/** Where an element is scrolled to, and its size. Pixels. */
export function usePlace(element: { readonly current: HTMLElement | null }) {
  const [place, setPlace] = useState({ top: 0, left: 0, ...firstSize });
  const measure = (): void => {
    const { current } = element;
    if (!current) return;
    const now = {
      top: current.scrollTop,
      left: current.scrollLeft,
      height: current.clientHeight || firstSize.height,
      width: current.clientWidth || firstSize.width,
    };
    setPlace((before) => {
      const isSame = before.top === now.top && before.left === now.left && before.height === now.height;
      return isSame && before.width === now.width ? before : now;
    });
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  // Fewer or lower rows may have moved what is seen.
  useLayoutEffect(measure);
  return [place, measure] as const;
}

export interface WindowedProps {
  /** What is loaded of the rows; null before the first of them. */
  readonly rows: { readonly matched: number } | null;
  /** Position of the row that the keys move; -1 for none. */
  readonly at: number;
  /** Asks for the rows that are seen. */
  readonly look: (first: number, count: number) => void;
}

/** A table of low rows, of which only those that are seen are in the page. */
export function useWindowed({ rows, at, look }: WindowedProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, measure] = usePlace(scroller);
  const matched = rows?.matched ?? 0;
  const drawn = drawnRows(matched, lowRow, place);
  const first = Math.floor(drawn.top / lowRow);
  const count = drawn.page + 1;
  useLayoutEffect(() => look(first, count), [first, count, rows]);
  useLayoutEffect(() => {
    if (scroller.current && rows && at >= 0) showRow(scroller.current, at, matched, lowRow);
  }, [at, rows === null]);
  return { scroller, measure, drawn };
}
