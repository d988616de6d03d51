/** A place in the grid: `position` counts the rows of the view from 0, -1 is the header; `column` the shown columns. */
export interface Place {
  readonly position: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at a time. */
  readonly page: number;
}

export type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Where a key leads, or undefined when it is not a key of the grid: Ctrl with PageUp, PageDown or Tab and everything with
 * Alt are VS Code's.
 */
export function movedBy(keys: Keys, at: Place, { rows, columns, page }: Extent): Place | undefined {
  if (keys.altKey) return undefined;
  const control = keys.ctrlKey || keys.metaKey;
  const to = (position: number, column: number): Place => ({
    position: Math.min(rows - 1, Math.max(-1, position)),
    column: Math.min(columns - 1, Math.max(0, column)),
  });
  const { position, column } = at;
  switch (keys.key) {
    case 'ArrowUp':
      return control ? to(0, column) : to(position - 1, column);
    case 'ArrowDown':
      return control ? to(rows - 1, column) : to(position + 1, column);
    case 'ArrowLeft':
      return to(position, control ? 0 : column - 1);
    case 'ArrowRight':
      return to(position, control ? columns - 1 : column + 1);
    case 'Home':
      return control ? to(0, 0) : to(position, 0);
    case 'End':
      return control ? to(rows - 1, columns - 1) : to(position, columns - 1);
    case 'PageUp':
      return control ? undefined : to(Math.max(0, position - page), column);
    case 'PageDown':
      return control ? undefined : to(position + page, column);
    default:
      return undefined;
  }
}

/**
 * What a key means everywhere in the page.
 *
 * @param inText whether it is pressed in a text field, which undoes for itself
 */
export function pageAction(keys: Keys, inText: boolean): 'find' | 'save' | 'undo' | 'redo' | undefined {
  if (!(keys.ctrlKey || keys.metaKey) || keys.altKey) return undefined;
  const key = keys.key.toLowerCase();
  if (key === 'z' && !inText) return keys.shiftKey ? 'redo' : 'undo';
  if (keys.shiftKey) return undefined;
  if (key === 'y' && !inText) return 'redo';
  if (key === 'f') return 'find';
  return key === 's' ? 'save' : undefined;
}
