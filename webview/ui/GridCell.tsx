import { useLayoutEffect, useRef } from 'preact/hooks';

export interface GridCellProps {
  readonly header: boolean;
  readonly text: string;
  /** What a screen reader calls its editor. */
  readonly name: string;
  /** Whether it is the one tab stop of the grid. */
  readonly current: boolean;
  /** The text to begin with while it is edited, or null. */
  readonly editing: string | null;
  readonly onFocus: () => void;
  readonly onEdit: () => void;
  readonly onCommit: (text: string, key: 'Enter' | 'Tab' | 'blur') => void;
  readonly onCancel: () => void;
}

/** One cell of a data grid, as text or as its editor. */
export function GridCell({ header, text, current, editing, ...rest }: GridCellProps) {
  const Tag = header ? 'th' : 'td';
  return (
    <Tag
      role={header ? 'columnheader' : 'gridcell'}
      scope={header ? 'col' : undefined}
      tabIndex={current && editing === null ? 0 : -1}
      onFocus={rest.onFocus}
      onDblClick={rest.onEdit}
    >
      {editing === null ? text : <CellEditor begin={editing} {...rest} />}
    </Tag>
  );
}

type CellEditorProps = Pick<GridCellProps, 'name' | 'onCommit' | 'onCancel'> & { readonly begin: string };

function CellEditor({ begin, name, onCommit, onCancel }: CellEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  /** A cell is committed or cancelled once; its editor loses the focus afterwards as well. */
  const left = useRef(false);
  useLayoutEffect(() => {
    input.current?.focus();
  }, []);
  const leave = (how: () => void): void => {
    if (left.current) return;
    left.current = true;
    how();
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    const { key, currentTarget } = event;
    if (event.isComposing) return;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // It submits, with what was typed so far.
      leave(() => onCommit(currentTarget.value, 'blur'));
      return;
    }
    if (key === 'Enter') {
      event.preventDefault();
      leave(() => onCommit(currentTarget.value, key));
    } else if (key === 'Tab') leave(() => onCommit(currentTarget.value, key));
    else if (key === 'Escape') leave(onCancel);
    else return;
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      class="cell-editor"
      type="text"
      autocomplete="off"
      aria-label={name}
      defaultValue={begin}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => leave(() => onCommit(currentTarget.value, 'blur'))}
    />
  );
}
