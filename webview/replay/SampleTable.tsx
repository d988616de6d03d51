import type { ReplayRow, ReplayRows } from '../../extension/protocol/replay';
import { movedInList } from '../ui/windowed';
import { TableRow, WindowedTable } from '../ui/WindowedTable';
import type { Replay } from './replay';
import { strings } from './strings';
import { VerdictMark } from './VerdictFilter';

interface SampleTableProps {
  readonly replay: Replay;
  readonly rows: ReplayRows;
  readonly selected: number;
}

/** One line a sample. */
export function SampleTable({ replay, rows, selected }: SampleTableProps) {
  const onKeyDown = (event: KeyboardEvent, page: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') replay.openSelected();
    else {
      const next = movedInList(event.key, selected, rows.matched, page);
      if (next === undefined) return;
      replay.select(next);
    }
    event.preventDefault();
  };
  return (
    <WindowedTable
      class="samples"
      label={strings.samples}
      columns={strings.columns}
      rows={rows}
      at={selected}
      look={(first, count) => replay.look(first, count)}
      onKeyDown={onKeyDown}
      row={(position, top) => (
        <SampleRow
          key={position}
          position={position}
          top={top}
          row={replay.rowAt(position)}
          selected={position === selected}
          onSelect={() => replay.select(position)}
          onOpen={() => replay.openSelected()}
        />
      )}
    />
  );
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
    <TableRow position={position} top={top} selected={selected} onClick={onSelect} onOpen={onOpen}>
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
    </TableRow>
  );
}
