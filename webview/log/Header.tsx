import { useRef } from 'preact/hooks';
import { Icon } from '../ui/Icon';
import { cellId, cellStyle, type PlacedColumn } from './place';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

interface HeaderProps {
  readonly log: Log;
  readonly state: PageState;
  readonly columns: readonly PlacedColumn[];
  readonly width: number;
}

/** The names of the columns, always in sight: a click sorts, the right edge resizes. */
export function Header({ log, state, columns, width }: HeaderProps) {
  return (
    <div class="grid-header" role="rowgroup" style={{ width: `${width}px` }}>
      <div role="row" aria-rowindex={1}>
        <div class="grid-number" role="columnheader" aria-colindex={1}>
          {strings.row}
        </div>
        {columns.map((placed) => (
          <HeaderCell key={placed.column.index} log={log} state={state} placed={placed} />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly log: Log;
  readonly state: PageState;
  readonly placed: PlacedColumn;
}

function HeaderCell({ log, state, placed }: HeaderCellProps) {
  const { column, position } = placed;
  const { sort, filters } = state.query;
  const direction = sort?.column === column.index ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const isFiltered = filters.some((filter) => filter.column === column.index);
  const isCurrent = state.at.position === -1 && state.at.column === position;
  const openMenu = (): void => log.store.update({ menu: column.index });
  return (
    <div
      id={cellId(-1, position)}
      class={['grid-heading', position === 0 ? 'first' : '', isCurrent ? 'current' : ''].filter(Boolean).join(' ')}
      role="columnheader"
      data-column={column.index}
      aria-label={isFiltered ? strings.filtered(column.name) : column.name}
      aria-colindex={position + 2}
      aria-sort={direction}
      title={column.name}
      style={cellStyle(placed, log.widthOf(column.index))}
      onClick={() => log.sortNext(column)}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu();
      }}
    >
      <span class="grid-text" dir="auto">
        {column.name}
      </span>
      {isFiltered && <Icon name="filter" />}
      {direction !== 'none' && <Icon name={direction === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
      <button
        type="button"
        class="icon-button heading-menu"
        tabIndex={-1}
        aria-label={strings.columnMenu(column.name)}
        onClick={(event) => {
          event.stopPropagation();
          openMenu();
        }}
      >
        <Icon name="chevron-down" />
      </button>
      <Resizer width={log.widthOf(column.index)} onResize={(next) => log.resize(column, next)} />
    </div>
  );
}

/** By the keyboard: Shift with the arrows, in the header. */
function Resizer({ width, onResize }: { readonly width: number; readonly onResize: (width: number) => void }) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <span
      class="grid-resizer"
      aria-hidden="true"
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
    />
  );
}
