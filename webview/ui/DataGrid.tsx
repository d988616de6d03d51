import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from './Button';
import { groupAttributes, type Wiring } from './control';
import {
  cellText,
  movedBy,
  withCell,
  withColumn,
  withoutColumn,
  withoutRow,
  withRow,
  type Cell,
  type GridTable,
} from './gridState';
import { GridCell } from './GridCell';
import { strings } from './strings';

export interface DataGridProps extends Wiring {
  readonly table: GridTable;
  /** Whether a column holds numbers. */
  readonly numeric: (column: number) => boolean;
  readonly onChange: (table: GridTable) => void;
}

/** Rows that are drawn at most. */
const shownRows = 200;

/** A small table to edit: one tab stop, arrows move, Enter or F2 edits. */
export function DataGrid({ table, numeric, onChange, ...wiring }: DataGridProps) {
  const { disabled } = wiring;
  const [at, setAt] = useState<Cell>({ row: -1, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  const rows = Math.min(table.data.length, shownRows);
  const columns = table.headers.length;
  const current = { row: Math.min(at.row, rows - 1), column: Math.max(0, Math.min(at.column, columns - 1)) };

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  const goTo = (cell: Cell): void => {
    wantsFocus.current = true;
    setAt(cell);
    setEditing(null);
  };
  const edit = (cell: Cell, text: string): void => {
    setAt(cell);
    if (!disabled) setEditing(text);
  };
  const commit = (cell: Cell, text: string): void => {
    if (text !== cellText(table, cell)) onChange(withCell(table, cell, text, numeric(cell.column)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (editing !== null || event.ctrlKey || event.metaKey || event.altKey || columns === 0) return;
    const next = movedBy(key, current, rows, columns);
    if (next) goTo(next);
    else if (key === 'Enter' || key === 'F2') edit(current, cellText(table, current));
    else if (key === 'Delete' || key === 'Backspace') commitEmpty();
    else if (key.length === 1 && key !== ' ') edit(current, key);
    else return;
    event.preventDefault();
  };
  const commitEmpty = (): void => {
    if (!disabled) commit(current, '');
  };
  const cellProps = (cell: Cell) => ({
    text: cellText(table, cell),
    name: cellName(table, cell),
    current: cell.row === current.row && cell.column === current.column,
    editing: cell.row === current.row && cell.column === current.column ? editing : null,
    onFocus: () => setAt(cell),
    onEdit: () => edit(cell, cellText(table, cell)),
    onCommit: (text: string, key: 'Enter' | 'Tab' | 'blur') => {
      commit(cell, text);
      if (key === 'Enter') goTo({ row: Math.min(rows - 1, cell.row + 1), column: cell.column });
      else setEditing(null);
    },
    onCancel: () => goTo(cell),
  });

  return (
    <div class="data-grid" {...groupAttributes(wiring)} role="group">
      {columns > 0 && (
        <div class="data-grid-scroll">
          <table
            ref={grid}
            role="grid"
            aria-labelledby={wiring.labelId}
            aria-rowcount={table.data.length + 1}
            aria-colcount={columns}
            aria-readonly={disabled ? 'true' : undefined}
            onKeyDown={onKeyDown}
          >
            <thead>
              <tr aria-rowindex={1}>
                {table.headers.map((_, column) => (
                  <GridCell key={column} header {...cellProps({ row: -1, column })} />
                ))}
              </tr>
            </thead>
            <tbody>
              {table.data.slice(0, rows).map((_, row) => (
                <tr key={row} aria-rowindex={row + 2}>
                  {table.headers.map((__, column) => (
                    <GridCell key={column} header={false} {...cellProps({ row, column })} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {table.data.length > rows && <p class="field-info">{strings.moreRows(rows, table.data.length)}</p>}
      {!disabled && (
        <div class="data-grid-actions">
          <Button
            caption={strings.addRow}
            icon="add"
            disabled={columns === 0}
            onClick={() => onChange(withRow(table, (column) => (numeric(column) ? null : '')))}
          />
          <Button
            caption={strings.addColumn}
            icon="add"
            onClick={() => onChange(withColumn(table, strings.column(columns + 1)))}
          />
          {current.row >= 0 && (
            <Button caption={strings.removeRow} onClick={() => onChange(withoutRow(table, current.row))} />
          )}
          {columns > 1 && (
            <Button caption={strings.removeColumn} onClick={() => onChange(withoutColumn(table, current.column))} />
          )}
        </div>
      )}
      <p class="field-info">{strings.gridHelp}</p>
    </div>
  );
}

function cellName(table: GridTable, { row, column }: Cell): string {
  const header = table.headers[column] || strings.column(column + 1);
  return strings.editCell(row < 0 ? strings.headerRow : strings.row(row + 1), header);
}
