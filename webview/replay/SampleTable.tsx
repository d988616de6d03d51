import type { ReplayRow, ReplayRows } from '../../extension/protocol/replay';
import { useWindowed } from '../ui/useWindowed';
import { movedInList } from '../ui/windowed';
import type { Replay } from './replay';
import { strings } from './strings';
import { VerdictMark } from './VerdictFilter';

interface SampleTableProps {
  readonly replay: Replay;
  readonly rows: ReplayRows;
  readonly selected: number;
}

/** One line a sample, of which only those that are seen are in the page. One tab stop; arrows choose. */
export function SampleTable({ replay, rows, selected }: SampleTableProps) {
  const { matched } = rows;
  const look = (first: number, count: number): void => replay.look(first, count);
  const { scroller, measure, drawn } = useWindowed({ rows, at: selected, look });
  const { height, positions, page, topOf } = drawn;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') replay.openSelected();
    else {
      const next = movedInList(event.key, selected, matched, page);
      if (next === undefined) return;
      replay.select(next);
    }
    event.preventDefault();
  };
  return (
    <div
      class="samples"
      role="grid"
      ref={scroller}
      tabIndex={0}
      aria-label={strings.samples}
      aria-rowcount={matched + 1}
      aria-activedescendant={positions.includes(selected) ? rowId(selected) : undefined}
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
      <div role="rowgroup" class="samples-body" style={{ height: `${height}px` }}>
        {positions.map((position) => (
          <SampleRow
            key={position}
            position={position}
            top={topOf(position)}
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

interface SampleRowProps {
  readonly position: number;
  /** Pixels. */
  readonly top: number;
  /** Undefined until it is loaded. */
  readonly row: ReplayRow | undefined;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

function SampleRow({ position, top, row, selected, onSelect, onOpen }: SampleRowProps) {
  return (
    <div
      role="row"
      id={rowId(position)}
      class={row?.unflagged ? 'sample-row unflagged' : 'sample-row'}
      style={{ transform: `translateY(${top}px)` }}
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
