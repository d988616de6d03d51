import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePlace } from '../ui/useWindowed';
import { drawnRows, lowRow, showRow } from '../ui/windowed';
import { columnsSeen, columnStarts, numberWidth, tallRow } from './geometry';
import { GridLine } from './GridLine';
import { copySelected, onGridKey } from './gridKeys';
import { Header } from './Header';
import { cellId } from './place';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

/** Columns that are drawn beyond those that are seen, on either side. */
const overscanColumns = 2;

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
  const { height, top, first, last, page, seen, topOf, ...drawn } = drawnRows(matched, rowHeight, place);

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
  const positions = [...drawn.positions];
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
            top={topOf(position)}
            width={width}
            above={(position + 1) * rowHeight - top > seen / 2}
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
  if (at.position >= 0) showRow(element, at.position, matched, rowHeight);
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
