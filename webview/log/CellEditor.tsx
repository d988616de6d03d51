import { useLayoutEffect, useRef } from 'preact/hooks';
import type { GridColumn } from '../../extension/protocol/log';
import type { Log } from './log';
import type { Draft, PageState } from './state';
import { strings } from './strings';

interface CellEditorProps {
  readonly log: Log;
  readonly state: PageState;
  readonly draft: Draft;
  readonly column: GridColumn;
}

/** A cell whose text is typed. Flagging options are offered, others may be typed. */
export function CellEditor({ log, state, draft, column }: CellEditorProps) {
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const shared = {
    ref: field,
    class: 'cell-editor',
    value: draft.text,
    title: strings.editHint,
    'aria-label': strings.editCell(column.name, draft.row),
    onInput: (event: Event) => log.type((event.currentTarget as HTMLTextAreaElement).value),
    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, log, state),
    onBlur: () => void log.commit(),
  };
  if (column.role !== 'flag') return <textarea {...shared} rows={Math.min(8, draft.text.split('\n').length)} />;
  return (
    <>
      <input {...shared} list="flagging-options" />
      <datalist id="flagging-options">
        {state.view?.options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </>
  );
}

/** Inside a cell undo is the text field's own, so VS Code must not see these keys; all others are left to it. */
function onKeyDown(event: KeyboardEvent, log: Log, { at }: PageState): void {
  if (event.isComposing) return;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (control && (key === 'z' || key === 'y')) {
    event.stopPropagation();
    return;
  }
  if (control && key === 's') void log.save();
  else if (key === 'escape') log.cancel();
  else if (key === 'enter' && event.altKey) insertLineEnd(event.currentTarget as HTMLTextAreaElement);
  else if (key === 'enter' && !event.shiftKey) {
    void log.commit();
    if (!control) log.goTo({ ...at, position: at.position + 1 });
  } else if (key === 'tab' && !control) {
    void log.commit();
    log.goTo({ ...at, column: Math.max(0, at.column + (event.shiftKey ? -1 : 1)) });
  } else return;
  event.stopPropagation();
  event.preventDefault();
}

function insertLineEnd(field: HTMLTextAreaElement): void {
  field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
