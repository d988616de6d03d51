import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach } from 'vitest';

const roots: Element[] = [];

/** Draws into the document until the end of the test. */
export function mount(drawing: ComponentChild): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  roots.push(root);
  update(root, drawing);
  return root;
}

export function update(root: Element, drawing: ComponentChild): void {
  void act(() => render(drawing, root));
}

/** Acts as a person, and waits until the page has followed. */
export async function perform(action: () => void | Promise<void>): Promise<void> {
  await act(async () => {
    await action();
  });
}

export async function press(key: string, options: KeyboardEventInit = {}): Promise<void> {
  await perform(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }),
    );
  });
}

/** The element of a selector, which must be there. */
export function find(root: ParentNode, selector: string): HTMLElement;
export function find<E extends HTMLElement>(root: ParentNode, selector: string, type: new () => E): E;
export function find(root: ParentNode, selector: string, type: new () => HTMLElement = HTMLElement): HTMLElement {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`Nothing matches ${selector}.`);
  return element;
}

/** The button with a caption or name. */
export function button(root: ParentNode, caption: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find(
    (candidate) => candidate.textContent.trim() === caption || candidate.getAttribute('aria-label') === caption,
  );
  if (!found) throw new Error(`There is no button "${caption}".`);
  return found;
}

export function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map((element) => element.textContent);
}

afterEach(() => {
  for (const root of roots.splice(0)) {
    update(root, null);
    root.remove();
  }
});
