import { vi } from 'vitest';
import type { LogPage } from '../../../extension/protocol/log';
import { keptOf } from '../../../webview/log/kept';
import { Log, pageHandlers } from '../../../webview/log/log';
import { Page } from '../../../webview/log/Page';
import { Store } from '../../../webview/log/store';
import { find, mount, perform } from '../outputs/mount';
import { FakeHost, records } from './fakeHost';

export interface OpenLog {
  readonly root: HTMLElement;
  readonly log: Log;
  readonly host: FakeHost;
  readonly grid: HTMLElement;
  /** What VS Code keeps of the page. */
  readonly memory: { state: unknown };
  /** Tells the page something, as its host. */
  readonly tell: <K extends keyof LogPage>(method: K, ...args: Parameters<LogPage[K]>) => Promise<void>;
}

interface Options {
  readonly table?: string[][];
  readonly prepare?: (host: FakeHost) => void;
  readonly memory?: { state: unknown };
}

/** A page with its host, drawn and loaded. */
export async function openLog({
  table = records(30),
  prepare,
  memory = { state: null },
}: Options = {}): Promise<OpenLog> {
  const host = new FakeHost(table, (version) => void handlers.changed.handle(version));
  prepare?.(host);
  const keep = (kept: unknown, restore: unknown): void => {
    memory.state = structuredClone({ kept, restore });
  };
  const log = new Log(host.remote, new Store(keep, keptOf(memory.state)));
  const handlers = pageHandlers(() => log);
  const root = mount(<Page log={log} />);
  await perform(() => log.load());
  await settle();
  const tell: OpenLog['tell'] = async (method, ...args) => {
    await perform(() => void (handlers[method].handle as (...args: number[]) => unknown)(...args));
    await settle();
  };
  const grid = root.querySelector<HTMLElement>('[role="grid"]') ?? root;
  return { root, log, host, grid, memory, tell };
}

/** Waits until host and page have nothing left to say. */
export async function settle(): Promise<void> {
  await perform(() => vi.waitFor(() => new Promise((resolve) => setTimeout(resolve, 20))));
}

/** Presses a key where the focus is. @returns whether VS Code would see it */
export async function key(name: string, modifiers: KeyboardEventInit = {}): Promise<{ readonly taken: boolean }> {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...modifiers });
  await perform(() => void document.activeElement?.dispatchEvent(event));
  await settle();
  return { taken: event.defaultPrevented };
}

/** The text of the cell that the keys act on. */
export function currentText({ root }: OpenLog): string {
  return find(root, '.current').textContent;
}

/** The texts of a column, of the rows that are drawn. */
export function columnTexts({ root }: OpenLog, column: number): string[] {
  const cells = root.querySelectorAll(`.grid-row [aria-colindex="${column + 2}"]`);
  return [...cells].map((cell) => cell.textContent);
}

export function announced({ root }: OpenLog): string {
  return find(root, '[role="status"].visually-hidden').textContent;
}

export async function type(field: HTMLElement, text: string): Promise<void> {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) throw new Error('Not a field.');
  await perform(() => {
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
