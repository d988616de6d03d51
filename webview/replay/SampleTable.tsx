import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReplayRow, ReplayRows } from '../../extension/protocol/replay';
import type { Replay } from './replay';
import { strings } from './strings';
import { VerdictMark } from './VerdictFilter';

/** Pixels; the style sheet has the same. */
const rowHeight = 28;
/** Rows that are drawn beyond those that are seen, on either side. */
const overscan = 8;
/** Before the browser has told how high the table is. */
const firstCount = 30;

interface SampleTableProps {
  readonly replay: Replay;
  readonly rows: ReplayRows;
  readonly selected: number;
}

/** One line a sample, of which only those that are seen are in the page. One tab stop; arrows choose. */
export function SampleTable({ replay, rows, selected }: SampleTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, count: firstCount });
  const { matched } = rows;
  const measure = (): void => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    const count = Math.ceil(element.clientHeight / rowHeight) || firstCount;
    if (first !== seen.first || count !== seen.count) setSeen({ first, count });
    replay.look(first, count);
  };
  useLayoutEffect(measure);
  useLayoutEffect(() => {
    if (scroller.current && selected >= 0) showPosition(scroller.current, selected);
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') replay.openSelected();
    else {
      const next = movedBy(event.key, selected, matched, seen.count);
      if (next === undefined) return;
      replay.select(next);
    }
    event.preventDefault();
  };
  const first = Math.max(0, seen.first - overscan);
  const last = Math.min(matched, seen.first + seen.count + overscan);
  const positions = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    <div
      class="samples"
      role="grid"
      ref={scroller}
      tabIndex={0}
      aria-label={strings.samples}
      aria-rowcount={matched + 1}
      aria-activedescendant={selected >= first && selected < last ? rowId(selected) : undefined}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" class="samples-head">
        <div role="row" class="sample-row" aria-rowindex={1}>
          {strings.columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" class="samples-body" style={{ height: `${matched * rowHeight}px` }}>
        {positions.map((position) => (
          <SampleRow
            key={position}
            position={position}
            row={replay.rowAt(position)}
            selected={position === selected}
            onSelect={() => replay.select(position)}
            onOpen={() => replay.openSelected()}
          />
        ))}
      </div>
    </div>
  );
}

function rowId(position: number): string {
  return `sample-${position}`;
}

/** Scrolls as little as possible; the header covers the first line of what is seen. */
function showPosition(element: HTMLElement, position: number): void {
  const top = position * rowHeight;
  const bottom = top + 2 * rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
}

function movedBy(key: string, selected: number, matched: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return selected + 1;
    case 'ArrowUp':
      return selected - 1;
    case 'PageDown':
      return selected + page - 1;
    case 'PageUp':
      return selected - page + 1;
    case 'Home':
      return 0;
    case 'End':
      return matched - 1;
    default:
      return undefined;
  }
}

interface SampleRowProps {
  readonly position: number;
  /** Undefined until it is loaded. */
  readonly row: ReplayRow | undefined;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

function SampleRow({ position, row, selected, onSelect, onOpen }: SampleRowProps) {
  return (
    <div
      role="row"
      id={rowId(position)}
      class={row?.unflagged ? 'sample-row unflagged' : 'sample-row'}
      style={{ transform: `translateY(${position * rowHeight}px)` }}
      aria-rowindex={position + 2}
      aria-selected={selected}
      onClick={onSelect}
      onDblClick={onOpen}
    >
      <span role="gridcell" class="sample-number">
        {row && row.row + 1}
      </span>
      <span role="gridcell">{row && <VerdictMark verdict={row.verdict} />}</span>
      {[row?.inputs, row?.logged, row?.now, row?.corrected].map((text, column) => (
        <span key={column} role="gridcell" dir="auto" title={text}>
          {text}
        </span>
      ))}
      <span role="gridcell" dir="auto">
        {row?.option}
        {row?.unflagged && <em class="sample-unflagged"> {strings.unflagged}</em>}
      </span>
    </div>
  );
}
