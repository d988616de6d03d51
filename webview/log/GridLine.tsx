import { gridCellOf, type GridCell, type GridMedia, type GridRow } from '../../extension/protocol/log';
import { Icon, type IconName } from '../ui/Icon';
import { CellEditor } from './CellEditor';
import { cellId, cellStyle, type PlacedColumn } from './place';
import type { Log } from './log';
import { PlayButton } from './PlayButton';
import type { PageState } from './state';
import { strings } from './strings';

interface GridLineProps {
  readonly log: Log;
  readonly state: PageState;
  readonly position: number;
  readonly columns: readonly PlacedColumn[];
  /** Pixels from the top of the body. */
  readonly top: number;
  readonly width: number;
  /** Whether a list opens above, for want of room below. */
  readonly above: boolean;
  readonly selected: boolean;
}

/** One row of the view. */
export function GridLine({ log, state, position, columns, top, width, above, selected }: GridLineProps) {
  const row = log.rowAt(position);
  const { at, draft } = state;
  const goTo = (column: number, extend: boolean): void => {
    log.goTo({ position, column }, extend);
  };
  return (
    <div
      class="grid-row"
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)`, width: `${width}px` }}
    >
      <RowNumber row={row} onMouseDown={(extend) => goTo(at.column, extend)} />
      {columns.map((placed) => {
        const { column, position: place } = placed;
        const sent = row?.cells[column.index];
        const cell = sent === undefined ? undefined : gridCellOf(sent);
        const editing = draft !== null && row?.row === draft.row && column.index === draft.column;
        const isCurrent = position === at.position && place === at.column;
        return (
          <div
            key={column.index}
            id={cellId(position, place)}
            class={cellClass(cell, { first: place === 0, current: isCurrent, editing, above })}
            role="gridcell"
            aria-colindex={place + 2}
            style={cellStyle(placed, log.widthOf(column.index))}
            onMouseDown={(event) => {
              if (!editing && event.button === 0) goTo(place, event.shiftKey);
            }}
            onDblClick={() => !editing && void log.changes.edit()}
          >
            {editing ? <CellEditor log={log} state={state} draft={draft} column={column} /> : <CellText cell={cell} />}
          </div>
        );
      })}
    </div>
  );
}

function cellClass(cell: GridCell | undefined, is: Readonly<Record<string, boolean>>): string {
  const names = Object.keys(is).filter((name) => is[name]);
  return ['grid-cell', ...(cell ? [cell.kind] : []), ...names].join(' ');
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
          <span key={icon}>
            <Icon name={icon} />
            <span class="visually-hidden">{text}</span>
          </span>
        ))}
      </span>
      {row ? strings.rowNumber(row.row) : ''}
    </div>
  );
}

function marksOf({ problem, note, corrected, reviewed }: GridRow): (readonly [IconName, string])[] {
  return [
    ...(problem === null ? [] : [['warning', problem] as const]),
    ...(note ? [['note', strings.noted] as const] : []),
    ...(corrected ? [['edit', strings.corrected] as const] : []),
    ...(reviewed ? [['check', strings.reviewedMark] as const] : []),
  ];
}

/** The length of a text above this is told. UTF-16 units. */
const longText = 10_000;

function CellText({ cell }: { readonly cell: GridCell | undefined }) {
  if (!cell) return null;
  return (
    <>
      {cell.media.map((media, index) => (
        <Thumbnail key={index} media={media} />
      ))}
      <span class="grid-text" dir="auto" title={cell.media.find(({ problem }) => problem)?.problem ?? undefined}>
        {cell.text}
      </span>
      {cell.length > longText && <span class="grid-size">{strings.characters(cell.length)}</span>}
    </>
  );
}

function Thumbnail({ media: { kind, name, url } }: { readonly media: GridMedia }) {
  if (url === null) return <Icon name="warning" />;
  if (kind === 'image') return <img class="grid-thumbnail" src={url} alt="" loading="lazy" />;
  return kind === 'audio' ? <PlayButton name={name} url={url} /> : <Icon name="file" />;
}
