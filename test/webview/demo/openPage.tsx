import { Demo, pageHandlers, type Memory } from '../../../webview/demo/demo';
import { Page } from '../../../webview/demo/Page';
import type { DemoPage, DemoView } from '../../../extension/protocol/demo';
import { find, mount, perform } from '../outputs/mount';
import { calculator, FakeHost } from './fakeHost';

export interface OpenPage {
  readonly root: HTMLElement;
  readonly demo: Demo;
  readonly host: FakeHost;
  readonly memory: { kept: unknown };
  /** Everything a person can read. */
  readonly text: () => string;
  /** Tells the page something, as its host. */
  readonly tell: <K extends keyof DemoPage>(method: K, ...args: Parameters<DemoPage[K]>) => Promise<void>;
}

/** A page with its host, drawn and loaded. */
export async function openPage(view: Partial<DemoView> = {}, prepare?: (host: FakeHost) => void, kept?: Memory) {
  const host = new FakeHost({ ...calculator, ...view });
  prepare?.(host);
  const memory: { kept: unknown } = { kept };
  const demo = new Demo(host.remote, {
    read: () => memory.kept,
    write: (state) => {
      memory.kept = state;
    },
  });
  const root = mount(<Page demo={demo} />);
  await perform(() => demo.load());
  const handlers = pageHandlers(() => demo);
  const page: OpenPage = {
    root,
    demo,
    host,
    memory,
    text: () => root.textContent,
    tell: (method, ...args) => perform(() => void handlers[method].handle(...args)),
  };
  return page;
}

/** The control with a label. */
export function control(root: ParentNode, label: string): HTMLElement {
  const found = [...root.querySelectorAll('label, .field-label')].find((element) => element.textContent === label);
  if (!found) throw new Error(`Nothing is labelled "${label}".`);
  const id = found.getAttribute('for');
  if (id) return find(root, `#${id}`);
  return find(root, `[aria-labelledby~="${found.id}"], #${found.id} input`);
}

export async function type(element: HTMLElement, text: string): Promise<void> {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) throw new Error('Not a field.');
  await perform(() => {
    element.value = text;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** The button of the toolkit with a caption. */
export function bigButton(root: ParentNode, caption: string): HTMLElement {
  const found = [...root.querySelectorAll<HTMLElement>('vscode-button')].find((candidate) =>
    candidate.textContent.endsWith(caption),
  );
  if (!found) throw new Error(`There is no button "${caption}".`);
  return found;
}

export function isDisabled(element: HTMLElement): boolean {
  return element.hasAttribute('disabled');
}

export async function click(element: HTMLElement): Promise<void> {
  await perform(() => element.click());
}

export async function submit({ root }: OpenPage): Promise<void> {
  await click(bigButton(root, 'Submit'));
}
