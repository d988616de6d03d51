import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { columnsSeen, columnStarts, lowRow, numberWidth, scrolling, scrollTo, tallRow } from './geometry';
import { GridLine } from './GridLine';
import { copySelected, onGridKey } from './gridKeys';
import { Header } from './Header';
import { cellId } from './place';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

/** Rows and columns that are drawn beyond those that are seen, on either side. */
const overscanRows = 6;
const overscanColumns = 2;
/** Before the browser has told how large the grid is. */
const firstSize = { height: 600, width: 1000 };

export interface GridProps {
  readonly log: Log;
  readonly state: PageState;
}

/** The samples of a log, of which only those that are seen are in the page. One tab stop; arrows move. */
export function Grid({ log, state }: GridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [place, measure] = usePlace(grid);
  const { at, anchor, tall, matched = 0, draft, view } = state;
  const rowHeight = tall ? tallRow : lowRow;
  const columns = log.columns();
  const starts = columnStarts(columns.map(({ index }) => log.widthOf(index)));
  const width = numberWidth + (starts.at(-1) ?? 0);
  const bodyHeight = Math.max(0, place.height - lowRow);
  const { height, top } = scrolling(matched, rowHeight, place.top, bodyHeight);
  const page = Math.max(1, Math.floor(bodyHeight / rowHeight));
  const first = Math.max(0, Math.floor(top / rowHeight) - overscanRows);
  const last = Math.min(matched, first + page + 2 * overscanRows);

  useLayoutEffect(() => log.look(first, Math.max(page, last - first)), [first, last, page, state.query, view]);
  useShown(grid, state, { rowHeight, matched, starts });
  useFocusAfterEditing(grid, draft !== null);

  const [from, to] = columnsSeen(starts, place.left, Math.max(0, place.width - numberWidth));
  const shown = columns
    .map((column, position) => ({ column, position, left: starts[position] ?? 0 }))
    .filter(
      ({ position }) =>
        position === 0 ||
        position === at.column ||
        (position >= from - overscanColumns && position <= to + overscanColumns),
    );
  const positions = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  // A cell that is being edited stays, and so does its focus.
  if (draft && at.position >= 0 && at.position < matched && !positions.includes(at.position))
    positions.push(at.position);
  const [selectedFrom, selectedTo] = [Math.min(at.position, anchor), Math.max(at.position, anchor)];
  const isDrawn = at.position === -1 || positions.includes(at.position);

  return (
    <div
      class={tall ? 'grid tall' : 'grid'}
      role="grid"
      ref={grid}
      tabIndex={0}
      aria-label={strings.samples(view?.fileName ?? '')}
      aria-describedby="grid-help"
      aria-rowcount={matched + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-readonly={view?.readOnly !== null}
      aria-busy={state.matched === undefined}
      aria-activedescendant={isDrawn ? cellId(at.position, at.column) : undefined}
      onScroll={measure}
      onWheel={(event) => scrollEvenly(event, height, matched * rowHeight)}
      onKeyDown={(event) => onGridKey(event, log, page)}
      onCopy={(event) => copySelected(event, log)}
    >
      <Header log={log} state={state} columns={shown} width={width} />
      <div class="grid-body" role="rowgroup" style={{ height: `${height}px`, width: `${width}px` }}>
        {positions.map((position) => (
          <GridLine
            key={position}
            log={log}
            state={state}
            position={position}
            columns={shown}
            top={place.top + position * rowHeight - top}
            width={width}
            above={(position + 1) * rowHeight - top > bodyHeight / 2}
            selected={position >= selectedFrom && position <= selectedTo}
          />
        ))}
      </div>
      <p class="visually-hidden" id="grid-help">
        {strings.gridHelp}
      </p>
    </div>
  );
}

/** Where the scroll bar moves by more than a row at a time, the wheel still moves by pixels. */
function scrollEvenly(event: WheelEvent & { currentTarget: HTMLElement }, height: number, whole: number): void {
  if (whole <= height || event.ctrlKey || event.shiftKey || event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return;
  event.preventDefault();
  event.currentTarget.scrollTop += event.deltaY * (height / whole);
  event.currentTarget.scrollLeft += event.deltaX;
}

interface GridRef {
  readonly current: HTMLDivElement | null;
}

/** Where the grid is scrolled to, and its size. Pixels. */
function usePlace(grid: GridRef) {
  const [place, setPlace] = useState({ top: 0, left: 0, ...firstSize });
  const measure = (): void => {
    const { current } = grid;
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
    if (grid.current) observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);
  // Fewer or lower rows may have moved what is seen.
  useLayoutEffect(measure);
  return [place, measure] as const;
}

interface Layout {
  readonly rowHeight: number;
  readonly matched: number;
  readonly starts: readonly number[];
}

/** Scrolls to the place as little as possible, once it is asked for and there are rows. */
function useShown(grid: GridRef, { shown, at, matched: known }: PageState, layout: Layout): void {
  useLayoutEffect(() => {
    if (shown > 0 && known !== undefined && grid.current) show(grid.current, at, layout);
  }, [shown, known === undefined]);
}

function show(element: HTMLElement, at: PageState['at'], { rowHeight, matched, starts }: Layout): void {
  const seen = Math.max(rowHeight, element.clientHeight - lowRow);
  if (at.position >= 0) {
    const top = scrollTo(at.position, matched, rowHeight, { scrollTop: element.scrollTop, seen });
    if (top !== undefined) element.scrollTop = top;
  }
  // The first column covers those that are scrolled below it.
  const [left, right] = [starts[at.column] ?? 0, starts[at.column + 1] ?? 0];
  const covered = starts[1] ?? 0;
  if (at.column > 0 && left < element.scrollLeft + covered) element.scrollLeft = left - covered;
  else if (right + numberWidth > element.scrollLeft + element.clientWidth)
    element.scrollLeft = right + numberWidth - element.clientWidth;
}

/** Once a cell is no longer edited, the keys go on in the grid, unless the person went elsewhere. */
function useFocusAfterEditing(grid: GridRef, editing: boolean): void {
  const wasEditing = useRef(editing);
  useLayoutEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === document.body || grid.current?.contains(activeElement);
    if (wasEditing.current && !editing && isLost) grid.current?.focus({ preventScroll: true });
    wasEditing.current = editing;
  }, [editing]);
}
