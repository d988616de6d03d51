import { useEffect, useRef, useState } from 'preact/hooks';
import { CopyButton } from './CopyButton';
import { jsonRows, jsonText, leafText, page, sizeOf, type JsonRow, type JsonState } from './jsonRows';
import { strings } from './strings';

interface JsonTreeProps {
  readonly value: unknown;
  readonly label: string;
}

/** JSON as a collapsible tree with one tab stop; the arrow keys move and open as in VS Code's own trees. */
export function JsonTree({ value, label }: JsonTreeProps) {
  const [state, setState] = useState<JsonState>({ open: new Set(['']), shown: new Map() });
  const [current, setCurrent] = useState('');
  const tree = useRef<HTMLUListElement>(null);
  const moved = useRef(false);
  const rows = jsonRows(value, state);
  const active = rows.find(({ id }) => id === current) ?? rows[0];

  useEffect(() => {
    if (moved.current) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  });

  const focus = (row: JsonRow | undefined) => {
    if (!row) return;
    moved.current = true;
    setCurrent(row.id);
  };
  const activate = (row: JsonRow) => {
    focus(row);
    setState((before) => activated(before, row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keyAction(event.key, rows, active);
    if (!action) return;
    event.preventDefault();
    if (action.toggle) activate(active);
    else focus(action.target);
  };

  return (
    <div class="output-text">
      <ul class="json-tree" role="tree" aria-label={label} ref={tree} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <JsonLine key={row.id} row={row} active={row === active} activate={() => activate(row)} />
        ))}
      </ul>
      <CopyButton text={() => jsonText(value)} />
    </div>
  );
}

interface JsonLineProps {
  readonly row: JsonRow;
  readonly active: boolean;
  readonly activate: () => void;
}

function JsonLine({ row, active, activate }: JsonLineProps) {
  return (
    <li
      role="treeitem"
      class="json-row"
      tabIndex={active ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.type === 'branch' ? row.open : undefined}
      style={{ paddingInlineStart: `${(row.level - 1) * 1.1}em` }}
      onClick={activate}
    >
      <span class={`json-twistie ${row.type === 'branch' ? (row.open ? 'open' : 'closed') : ''}`} aria-hidden="true" />
      {row.key !== null && <span class="json-key">{row.key}: </span>}
      <span class={`json-value ${typeOf(row)}`}>{textOf(row)}</span>
    </li>
  );
}

function textOf({ type, value }: JsonRow): string {
  if (type === 'leaf') return leafText(value);
  if (type === 'more') return strings.jsonMore(Number(value));
  return Array.isArray(value) ? `[ ${strings.jsonItems(value.length)} ]` : `{ ${strings.jsonKeys(sizeOf(value))} }`;
}

function typeOf({ type, value }: JsonRow): string {
  return type === 'leaf' ? (value === null ? 'null' : typeof value) : type;
}

function activated(before: JsonState, row: JsonRow): JsonState {
  if (row.type === 'leaf') return before;
  if (row.type === 'more') {
    const parent = row.parent ?? '';
    return { ...before, shown: new Map(before.shown).set(parent, (before.shown.get(parent) ?? page) + page) };
  }
  const open = new Set(before.open);
  if (row.open) open.delete(row.id);
  else open.add(row.id);
  return { ...before, open };
}

interface KeyAction {
  readonly target?: JsonRow | undefined;
  readonly toggle?: boolean;
}

/** What a key does on a line, by the tree pattern of the ARIA Authoring Practices. */
function keyAction(key: string, rows: readonly JsonRow[], row: JsonRow): KeyAction | null {
  const index = rows.indexOf(row);
  switch (key) {
    case 'ArrowDown':
      return { target: rows[index + 1] };
    case 'ArrowUp':
      return { target: rows[index - 1] };
    case 'Home':
      return { target: rows[0] };
    case 'End':
      return { target: rows.at(-1) };
    case 'ArrowRight':
      if (row.type !== 'branch') return {};
      return row.open ? { target: rows[index + 1] } : { toggle: true };
    case 'ArrowLeft':
      if (row.open) return { toggle: true };
      return { target: rows.find(({ id }) => id === row.parent) };
    case 'Enter':
    case ' ':
      return { toggle: true };
    default:
      return null;
  }
}
