import type { LogPage, LogView } from '../../../extension/protocol/log';
import { keptOf } from '../../../webview/log/kept';
import { Log, pageHandlers } from '../../../webview/log/log';
import { Page } from '../../../webview/log/Page';
import { Store } from '../../../webview/log/store';
import { find, mount, perform, press } from '../outputs/mount';
import { FakeHost } from './fakeHost';

export interface OpenPage {
  readonly root: HTMLElement;
  readonly log: Log;
  readonly host: FakeHost;
  readonly memory: { kept: unknown };
  readonly grid: HTMLElement;
  /** Tells the page something, as its host. */
  readonly tell: <K extends keyof LogPage>(method: K, ...args: Parameters<LogPage[K]>) => Promise<void>;
}

/** A page with its host, drawn and loaded, whose grid has the focus. */
export async function openPage(view: Partial<LogView> = {}, prepare?: (host: FakeHost) => void, kept?: unknown) {
  const host = new FakeHost();
  host.view = { ...host.view, ...view };
  prepare?.(host);
  const memory: { kept: unknown } = { kept };
  const store = new Store((state, restore) => (memory.kept = { restore, kept: state }), keptOf(kept));
  const log = new Log(host.remote, store);
  const root = mount(<Page log={log} />);
  await act(() => void log.load());
  const handlers = pageHandlers(() => log);
  const page: OpenPage = {
    root,
    log,
    host,
    memory,
    get grid() {
      return find(root, '[role=grid]');
    },
    tell: (method, ...args) => act(() => void handlers[method].handle(...args)),
  };
  if (log.state.view && !log.state.draft) page.grid.focus();
  return page;
}

/** Acts as a person, and waits for the answers of the host. */
export async function act(action: () => void): Promise<void> {
  await perform(action);
  for (let turn = 0; turn < 3; turn++) await perform(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Presses keys where the focus is, as "Control+Shift+End". */
export async function keys(...pressed: readonly string[]): Promise<void> {
  for (const name of pressed) {
    const parts = name.split('+');
    await press(parts.at(-1) ?? '', {
      ctrlKey: parts.includes('Control'),
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    });
    await act(() => undefined);
  }
}

/** The text field with a name. */
export function field(root: ParentNode, name: string): HTMLInputElement | HTMLTextAreaElement {
  const found = find(root, `[aria-label="${name}"]`);
  if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`"${name}" is not a field.`);
}

export async function type(element: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  await act(() => {
    element.focus();
    element.value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function click(element: HTMLElement): Promise<void> {
  await act(() => element.click());
}

/** The name of the active cell: its row of the view from 0, and its column. */
export function place({ grid }: OpenPage): string {
  return (grid.getAttribute('aria-activedescendant') ?? '').replace('cell-', '');
}

export function selected({ root }: OpenPage): number[] {
  const rows = [...root.querySelectorAll('.grid-body [role=row][aria-selected=true]')];
  return rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 2).sort((one, other) => one - other);
}

/** Texts of a column, from the top. */
export function columnTexts(root: ParentNode, column: number): string[] {
  const cells = [...root.querySelectorAll(`.grid-body [role=gridcell][aria-colindex="${column + 2}"]`)];
  return cells.map(({ textContent }) => textContent);
}
