import { useRef } from 'preact/hooks';
import { Icon } from '../ui/Icon';
import { numberWidth } from './geometry';
import { cellId } from './Grid';
import type { PlacedColumn } from './GridLine';
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

function HeaderCell({ log, state, placed: { column, position, left } }: HeaderCellProps) {
  const { sort } = state.query;
  const direction = sort?.column === column.index ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const current = state.at.position === -1 && state.at.column === position;
  return (
    <div
      id={cellId(-1, position)}
      class={['grid-heading', position === 0 ? 'first' : '', current ? 'current' : ''].filter(Boolean).join(' ')}
      role="columnheader"
      aria-colindex={position + 2}
      aria-sort={direction}
      title={strings.sortBy(column.name)}
      style={{ left: `${numberWidth + left}px`, width: `${log.widthOf(column.index)}px` }}
      onClick={() => log.sortBy(column)}
    >
      <span class="grid-text">{column.name}</span>
      {direction !== 'none' && <Icon name={direction === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
      <Resizer width={log.widthOf(column.index)} onResize={(next) => log.resize(column.index, next)} />
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
    />
  );
}
