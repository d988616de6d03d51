import { useLayoutEffect, useRef } from 'preact/hooks';
import type { GridColumn } from '../../extension/protocol/log';
import { ComboBox } from '../ui/ComboBox';
import type { Log } from './log';
import type { Draft, PageState } from './state';
import { strings } from './strings';

interface CellEditorProps {
  readonly log: Log;
  readonly state: PageState;
  readonly draft: Draft;
  readonly column: GridColumn;
}

/** A cell whose text is typed. Flagging options are chosen from a list; others may be typed. */
export function CellEditor(props: CellEditorProps) {
  return props.column.role === 'flag' ? <OptionEditor {...props} /> : <TextEditor {...props} />;
}

function TextEditor({ log, draft, column }: CellEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <textarea
      ref={field}
      class="cell-editor"
      dir="auto"
      spellcheck={false}
      rows={1}
      value={draft.text}
      title={strings.editHint}
      aria-label={strings.editCell(column.name, draft.row)}
      onInput={({ currentTarget }) => log.changes.type(currentTarget.value)}
      onKeyDown={(event) => onTextKey(event, log)}
      onBlur={() => log.changes.commit()}
    />
  );
}

/** Undo in a cell is the text field's own. Keys that mean nothing here go on to the page and to VS Code. */
function onTextKey(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }, log: Log): void {
  const { key, currentTarget, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (event.isComposing) return;
  if (key === 'Enter' && (altKey || shiftKey) && !ctrlKey && !metaKey) {
    currentTarget.setRangeText('\n', currentTarget.selectionStart, currentTarget.selectionEnd, 'end');
    log.changes.type(currentTarget.value);
    event.preventDefault();
    event.stopPropagation();
  } else leaveByKey(event, log);
}

function OptionEditor({ log, state, draft, column }: CellEditorProps) {
  const editor = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const input = editor.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, []);
  const label = strings.editCell(column.name, draft.row);
  const options = [...new Set([...state.options, draft.before])].filter((option) => option !== '');
  const settle = (value: readonly (string | number)[]): void => {
    log.changes.type(String(value[0] ?? ''));
    log.changes.commit();
  };
  return (
    <div
      class="cell-editor option-editor"
      ref={editor}
      onKeyDown={(event) => leaveByKey(event, log)}
      onFocusOut={() => log.changes.commit()}
    >
      <label class="visually-hidden" for="option-editor">
        {label}
      </label>
      <ComboBox
        id="option-editor"
        labelId="option-editor-label"
        describedBy={undefined}
        invalid={false}
        disabled={false}
        label={label}
        choices={options.map((option) => [option, option] as const)}
        multiple={false}
        allowCustom
        filterable
        opened
        value={draft.text === '' ? [] : [draft.text]}
        onChange={settle}
      />
    </div>
  );
}

/** Enter and Tab keep what was typed and go on, Escape drops it. What the list of options took is its own. */
function leaveByKey(event: KeyboardEvent & { currentTarget: HTMLElement }, log: Log): void {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (event.isComposing || altKey || ctrlKey || metaKey) return;
  const { at } = log.state;
  const isTaken = event.defaultPrevented && log.state.draft !== null;
  if (isTaken) return;
  if (key === 'Escape') log.changes.cancel();
  else if (key === 'Enter' || key === 'Tab') {
    // What was typed into a list of options is settled when the focus leaves it.
    event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
    log.changes.commit();
    const back = shiftKey ? -1 : 1;
    log.goTo(key === 'Enter' ? { ...at, position: at.position + 1 } : { ...at, column: at.column + back });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
