import { gridCellOf } from '../../extension/protocol/log';
import { movedBy } from './keys';
import type { Log } from './log';

/** How much a key widens or narrows a column. Pixels. */
const widthStep = 16;

/** Keys of the grid itself. What is not the grid's is left to the page and to VS Code. */
export function onGridKey(event: KeyboardEvent, log: Log, page: number): void {
  if (event.target !== event.currentTarget || event.isComposing) return;
  if (act(event, log) || move(event, log, page)) event.preventDefault();
}

/** @returns whether the key means something besides moving */
function act(event: KeyboardEvent, log: Log): boolean {
  const { at, anchor } = log.state;
  const { key, altKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !altKey && key.toLowerCase() === 'a') log.selectAll();
  else if (at.position < 0 && actInHeader(event, log)) return true;
  else if (control || altKey) return false;
  else if (key === 'Enter' || key === 'F2') void log.changes.edit();
  else if (key === 'Delete') log.changes.deleteSelected();
  else if (key === 'Escape' && anchor !== at.position) log.goTo(at);
  else return false;
  return true;
}

function actInHeader({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent, log: Log): boolean {
  const column = log.columns()[log.state.at.column];
  if (!column || ctrlKey || metaKey) return false;
  const isArrow = key === 'ArrowLeft' || key === 'ArrowRight';
  if ((altKey && key === 'ArrowDown') || (shiftKey && key === 'F10') || key === 'ContextMenu')
    log.store.update({ menu: column.index });
  else if (altKey) return false;
  else if (key === 'Enter' || key === ' ') log.sortNext(column);
  else if (shiftKey && isArrow)
    log.resize(column, log.widthOf(column.index) + (key === 'ArrowLeft' ? -widthStep : widthStep));
  else return key === 'Delete' || key === 'F2';
  return true;
}

function move(event: KeyboardEvent, log: Log, page: number): boolean {
  const { at, matched = 0 } = log.state;
  const next = movedBy(event, at, { rows: matched, columns: log.columns().length, page });
  if (!next) return false;
  log.goTo(next, event.shiftKey && at.position >= 0 && next.position >= 0);
  return true;
}

/** Copies the selected samples, or the whole text of the cell at the place where it is one; not where text is selected. */
export function copySelected(event: ClipboardEvent, log: Log): void {
  const { at, anchor } = log.state;
  const row = log.rowAt(at.position);
  const column = log.columns()[at.column];
  const sent = column && row?.cells[column.index];
  const inText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (inText || !row || !column || sent === undefined || window.getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  if (anchor !== at.position) {
    void log.copySelected();
    return;
  }
  const cell = gridCellOf(sent);
  event.clipboardData?.setData('text/plain', cell.text);
  // The clipboard does not wait for the rest of a long text.
  if (cell.text.length < cell.length)
    log.store.aside(log.host.cell(row.row, column.index).then((text) => navigator.clipboard.writeText(text)));
}
