import type { GridCell, GridColumn, GridRow } from '../../extension/protocol/log';
import { Icon } from '../ui/Icon';
import { CellEditor } from './CellEditor';
import { numberWidth } from './geometry';
import { cellId } from './Grid';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

/** A column with its place. */
export interface PlacedColumn {
  readonly column: GridColumn;
  /** Among the shown columns, from 0. */
  readonly position: number;
  /** Pixels from the first column's left edge. */
  readonly left: number;
}

interface GridLineProps {
  readonly log: Log;
  readonly state: PageState;
  readonly position: number;
  readonly columns: readonly PlacedColumn[];
  /** Pixels from the top of the body. */
  readonly top: number;
  readonly width: number;
  readonly selected: boolean;
}

/** One row of the view. */
export function GridLine({ log, state, position, columns, top, width, selected }: GridLineProps) {
  const row = log.rowAt(position);
  const { at, draft } = state;
  return (
    <div
      class="grid-row"
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)`, width: `${width}px` }}
    >
      <RowNumber row={row} onMouseDown={(extend) => log.goTo({ position, column: at.column }, extend)} />
      {columns.map(({ column, position: columnPosition, left }) => {
        const cell = row?.cells[column.index];
        const editing = draft !== null && row?.row === draft.row && column.index === draft.column;
        return (
          <div
            key={column.index}
            id={cellId(position, columnPosition)}
            class={cellClass(cell, columnPosition === 0, position === at.position && columnPosition === at.column)}
            role="gridcell"
            aria-colindex={columnPosition + 2}
            style={{ left: `${numberWidth + left}px`, width: `${log.widthOf(column.index)}px` }}
            onMouseDown={(event) => {
              if (!editing && event.button === 0) log.goTo({ position, column: columnPosition }, event.shiftKey);
            }}
            onDblClick={() => !editing && void log.edit()}
          >
            {editing ? <CellEditor log={log} state={state} draft={draft} column={column} /> : <CellText cell={cell} />}
          </div>
        );
      })}
    </div>
  );
}

function cellClass(cell: GridCell | undefined, first: boolean, current: boolean): string {
  return ['grid-cell', cell?.kind ?? '', first ? 'first' : '', current ? 'current' : ''].filter(Boolean).join(' ');
}

interface RowNumberProps {
  readonly row: GridRow | undefined;
  readonly onMouseDown: (extend: boolean) => void;
}

/** Stays in sight; its marks are told in words as well. */
function RowNumber({ row, onMouseDown }: RowNumberProps) {
  const marks = row ? marksOf(row) : [];
  return (
    <div
      class="grid-number"
      role="rowheader"
      aria-colindex={1}
      title={marks.map(([, text]) => text).join('\n') || undefined}
      onMouseDown={(event) => onMouseDown(event.shiftKey)}
    >
      <span class="grid-marks">
        {marks.map(([icon, text]) => (
          <span key={icon} class={`mark-${icon}`}>
            <Icon name={icon} />
            <span class="visually-hidden">{text}</span>
          </span>
        ))}
      </span>
      {row ? strings.rowNumber(row.row) : ''}
    </div>
  );
}

function marksOf(row: GridRow): (readonly ['warning' | 'note' | 'edit' | 'check', string])[] {
  return [
    ...(row.problem === null ? [] : [['warning', row.problem] as const]),
    ...(row.note ? [['note', strings.noted] as const] : []),
    ...(row.corrected ? [['edit', strings.corrected] as const] : []),
    ...(row.reviewed ? [['check', strings.reviewed] as const] : []),
  ];
}

function CellText({ cell }: { readonly cell: GridCell | undefined }) {
  if (!cell) return null;
  const [media] = cell.media;
  if (!media) return <span class="grid-text">{cell.text}</span>;
  return (
    <>
      {media.kind === 'image' && media.url !== null ? (
        <img class="grid-thumbnail" src={media.url} alt="" loading="lazy" />
      ) : (
        <Icon name={media.problem === null ? (media.kind === 'audio' ? 'unmute' : 'file') : 'warning'} />
      )}
      <span class="grid-text" title={media.problem ?? undefined}>
        {cell.text}
      </span>
    </>
  );
}
