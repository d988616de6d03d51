import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GridColumn } from '../../extension/protocol/log';
import { columnsSeen, columnStarts, lowRow, numberWidth, scrolling, scrollTo, tallRow } from './geometry';
import { GridLine } from './GridLine';
import { Header } from './Header';
import { movedBy } from './keys';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

/** Rows and columns that are drawn beyond those that are seen. */
const overscan = 6;
/** Before the browser has told how large the grid is. */
const firstSize = { height: 600, width: 1000 };

export interface GridProps {
  readonly log: Log;
  readonly state: PageState;
}

/** The samples of a log, of which only those that are seen are in the page. One tab stop; arrows move. */
export function Grid({ log, state }: GridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0, ...firstSize });
  const { at, anchor, tall, matched = 0, draft, view } = state;
  const rowHeight = tall ? tallRow : lowRow;
  const columns = log.columns();
  const starts = columnStarts(columns.map(({ index }) => log.widthOf(index)));
  const bodyHeight = Math.max(0, place.height - lowRow);
  const { height, top } = scrolling(matched, rowHeight, place.top, bodyHeight);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const page = Math.max(1, Math.floor(bodyHeight / rowHeight));
  const last = Math.min(matched, first + page + 2 * overscan);

  const measure = (): void => {
    const element = grid.current;
    if (!element) return;
    const now = {
      top: element.scrollTop,
      left: element.scrollLeft,
      height: element.clientHeight || firstSize.height,
      width: element.clientWidth || firstSize.width,
    };
    if (Object.entries(now).some(([key, value]) => place[key as keyof typeof now] !== value)) setPlace(now);
  };
  useLayoutEffect(measure);
  useLayoutEffect(() => log.look(first, Math.max(page, last - first)), [first, last, page, state.query, view?.version]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    if (grid.current) observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (state.shown.count > 0 && grid.current) show(grid.current, state, { rowHeight, matched, starts });
  }, [state.shown.count]);
  // Once a cell is no longer edited, the keys go on from where they were.
  const wasEditing = useRef(false);
  useLayoutEffect(() => {
    if (wasEditing.current && !draft) grid.current?.focus();
    wasEditing.current = draft !== null;
  }, [draft]);

  const [from, to] = columnsSeen(starts, place.left, Math.max(0, place.width - numberWidth));
  const shown = columns
    .map((column, position) => ({ column, position, left: starts[position] ?? 0 }))
    .filter(({ position }) => position === 0 || position === at.column || (position >= from - 2 && position <= to + 2));
  const width = numberWidth + (starts.at(-1) ?? 0);
  const positions = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const [selectedFrom, selectedTo] = [Math.min(at.position, anchor), Math.max(at.position, anchor)];

  return (
    <div
      class={tall ? 'grid tall' : 'grid'}
      role="grid"
      ref={grid}
      tabIndex={0}
      aria-label={strings.samples(view?.fileName ?? '')}
      aria-rowcount={matched + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-readonly={view?.readOnly !== null}
      aria-activedescendant={isShown(at.position, first, last) ? cellId(at.position, at.column) : undefined}
      onScroll={measure}
      onKeyDown={(event) => onKeyDown(event, { log, state, columns, page, matched })}
      onCopy={(event) => copy(event, log, state)}
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
            selected={position >= selectedFrom && position <= selectedTo}
          />
        ))}
      </div>
    </div>
  );
}

export function cellId(position: number, column: number): string {
  return `cell-${position}-${column}`;
}

function isShown(position: number, first: number, last: number): boolean {
  return position === -1 || (position >= first && position < last);
}

interface Layout {
  readonly rowHeight: number;
  readonly matched: number;
  readonly starts: readonly number[];
}

function show(element: HTMLElement, { shown, at }: PageState, { rowHeight, matched, starts }: Layout): void {
  const seen = Math.max(rowHeight, element.clientHeight - lowRow);
  if (shown.position >= 0) {
    const top = scrollTo(shown.position, matched, rowHeight, { scrollTop: element.scrollTop, seen });
    if (top !== undefined) element.scrollTop = top;
  }
  const sticky = numberWidth + (starts[1] ?? 0);
  const [left, right] = [starts[at.column] ?? 0, starts[at.column + 1] ?? 0];
  if (at.column > 0 && left < element.scrollLeft + sticky - numberWidth)
    element.scrollLeft = left - sticky + numberWidth;
  else if (right + numberWidth > element.scrollLeft + element.clientWidth)
    element.scrollLeft = right + numberWidth - element.clientWidth;
}

interface KeyContext {
  readonly log: Log;
  readonly state: PageState;
  readonly columns: readonly GridColumn[];
  readonly page: number;
  readonly matched: number;
}

/** Undo, redo and save are VS Code's: it does them to the document when these keys reach it. */
function onKeyDown(event: KeyboardEvent, context: KeyContext): void {
  if (event.target !== event.currentTarget || event.isComposing) return;
  if (act(event, context)) event.preventDefault();
}

/** @returns whether the key was the grid's */
function act(event: KeyboardEvent, { log, state, columns, page, matched }: KeyContext): boolean {
  const { key, shiftKey, altKey } = event;
  const control = event.ctrlKey || event.metaKey;
  const column = columns[state.at.column];
  const inHeader = state.at.position < 0;
  if (control && !altKey && key.toLowerCase() === 'f') log.find(true);
  else if (control && !altKey && key.toLowerCase() === 'a') log.selectAll();
  else if (inHeader && column && (key === 'Enter' || key === ' ')) log.sortBy(column);
  else if (inHeader && column && shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight'))
    log.resize(column.index, log.widthOf(column.index) + (key === 'ArrowLeft' ? -16 : 16));
  else if (!control && !altKey && (key === 'Enter' || key === 'F2')) void log.edit();
  else if (!control && !altKey && key === 'Delete') log.deleteSelected();
  else if (!control && !altKey && key === 'Escape' && state.anchor !== state.at.position) log.goTo(state.at);
  else {
    const next = movedBy(key, state.at, { rows: matched, columns: columns.length, page }, event);
    if (!next) return false;
    log.goTo(next, shiftKey && next.position >= 0);
  }
  return true;
}

/** The text of the cell at the place, whole: the clipboard waits for nothing, so only what is not clipped is copied. */
function copy(event: ClipboardEvent, log: Log, { at }: PageState): void {
  if (event.target !== event.currentTarget || !window.getSelection()?.isCollapsed) return;
  const column = log.columns()[at.column];
  const cell = column && log.rowAt(at.position)?.cells[column.index];
  const row = log.rowAt(at.position);
  if (!cell || !row) return;
  event.preventDefault();
  if (!cell.clipped) event.clipboardData?.setData('text/plain', cell.text);
  else void log.host.cell(row.row, column.index).then((text) => navigator.clipboard.writeText(text));
}
