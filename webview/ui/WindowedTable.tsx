import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { useWindowed, type WindowedProps } from './useWindowed';

export interface WindowedTableProps extends WindowedProps {
  /** Its columns' widths are in the style sheet of the page. */
  readonly class: string;
  readonly label: string;
  /** What is read after the label. */
  readonly help?: string;
  /** Whether several rows may be selected. */
  readonly multiple?: boolean;
  /** Whether it takes the focus when it comes. */
  readonly focused?: boolean;
  readonly columns: readonly ComponentChildren[];
  /** @param page rows that are seen at a time */
  readonly onKeyDown: (event: KeyboardEvent, page: number) => void;
  /** Draws a `TableRow`. @param top pixels */
  readonly row: (position: number, top: number) => ComponentChildren;
}

/** One line a row, of which only those that are seen are in the page. One tab stop; arrows move. */
export function WindowedTable(props: WindowedTableProps) {
  const { rows, at, label, help, multiple, focused = false, columns, onKeyDown, row } = props;
  const { scroller, measure, drawn } = useWindowed(props);
  const { height, positions, page, topOf } = drawn;
  useLayoutEffect(() => {
    if (focused) scroller.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      class={`row-table ${props.class}`}
      role="grid"
      ref={scroller}
      tabIndex={0}
      aria-label={label}
      aria-describedby={help === undefined ? undefined : 'table-help'}
      aria-rowcount={(rows?.matched ?? 0) + 1}
      aria-multiselectable={multiple}
      aria-activedescendant={positions.includes(at) ? rowId(at) : undefined}
      onScroll={measure}
      onKeyDown={(event) => onKeyDown(event, page)}
    >
      <div role="rowgroup" class="row-table-head">
        <div role="row" class="table-row" aria-rowindex={1}>
          {columns.map((column, index) => (
            <span key={index} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" class="row-table-body" style={{ height: `${height}px` }}>
        {positions.map((position) => row(position, topOf(position)))}
      </div>
      {help !== undefined && (
        <p class="visually-hidden" id="table-help">
          {help}
        </p>
      )}
    </div>
  );
}

function rowId(position: number): string {
  return `row-${position}`;
}

interface TableRowProps {
  readonly position: number;
  /** Pixels. */
  readonly top: number;
  /** Whether the keys move it. */
  readonly current?: boolean;
  readonly selected: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly onOpen: () => void;
  readonly children: ComponentChildren;
}

/** A row of a `WindowedTable`; a double click opens it. */
export function TableRow({ position, top, current = false, selected, onClick, onOpen, children }: TableRowProps) {
  return (
    <div
      role="row"
      id={rowId(position)}
      class={current ? 'table-row current' : 'table-row'}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={position + 2}
      aria-selected={selected}
      onClick={onClick}
      onDblClick={onOpen}
    >
      {children}
    </div>
  );
}
