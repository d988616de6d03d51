import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonRows, jsonText } from '../../../webview/ui/outputs/jsonRows';
import { JsonTree } from '../../../webview/ui/outputs/JsonTree';
import { find, mount, perform, press, texts } from './mount';

const value = { name: 'x', list: [1, NaN, [true]], empty: {} };

function lines(root: HTMLElement): string[] {
  return texts(root, '[role=treeitem]');
}

function focused(): string {
  return document.activeElement?.textContent ?? '';
}

describe('JsonTree', () => {
  it('opens the first level only', () => {
    const root = mount(<JsonTree value={value} label="Result" />);
    expect(find(root, '[role=tree]').getAttribute('aria-label')).toBe('Result');
    expect(lines(root)).toEqual(['{ 3 keys }', 'name: "x"', 'list: [ 3 items ]', 'empty: {}']);
  });

  it('has one tab stop, moves by the arrow keys, opens and closes', async () => {
    const root = mount(<JsonTree value={value} label="Result" />);
    expect(root.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    find(root, '[tabindex="0"]').focus();
    const path: string[] = [];
    for (const key of [
      'ArrowDown',
      'End',
      'ArrowUp',
      'ArrowRight',
      'ArrowRight',
      'ArrowLeft',
      'ArrowLeft',
      'ArrowLeft',
    ]) {
      await press(key);
      path.push(focused());
    }
    const list = 'list: [ 3 items ]';
    expect(path).toEqual(['name: "x"', 'empty: {}', list, list, '0: 1', list, list, '{ 3 keys }']);
    expect(root.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  });

  it('tells a screen reader level, place and whether a line is open', async () => {
    const root = mount(<JsonTree value={value} label="Result" />);
    find(root, '[tabindex="0"]').focus();
    await press('Enter');
    const line = find(root, '[role=treeitem]');
    expect(line.getAttribute('aria-expanded')).toBe('false');
    await press(' ');
    const attributes = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded'];
    const list = [...root.querySelectorAll('[role=treeitem]')][2];
    expect(attributes.map((name) => list?.getAttribute(name))).toEqual(['2', '2', '3', 'false']);
  });

  it('leaves the keys of the editor alone', () => {
    const root = mount(<JsonTree value={value} label="Result" />);
    find(root, '[tabindex="0"]').focus();
    const event = new KeyboardEvent('keydown', { key: 'End', ctrlKey: true, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('draws a large value a page at a time', async () => {
    const root = mount(<JsonTree value={Array.from({ length: 250 }, (_, index) => index)} label="Result" />);
    expect(lines(root)).toHaveLength(1 + 100 + 1);
    await perform(() => [...root.querySelectorAll<HTMLElement>('[role=treeitem]')].at(-1)?.click());
    expect(lines(root)).toHaveLength(1 + 200 + 1);
    expect(lines(root).at(-1)).toBe('Show 50 more');
    await perform(() => [...root.querySelectorAll<HTMLElement>('[role=treeitem]')].at(-1)?.click());
    expect(lines(root)).toHaveLength(1 + 250);
  });
});

describe('jsonRows', () => {
  it('walks only what is open, however large or deep', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const rows = jsonRows({ deep, wide: new Array(1_000_000).fill(0) }, { open: new Set(['']), shown: new Map() });
    expect(rows.map(({ key }) => key)).toEqual([null, 'deep', 'wide']);
  });

  it('gives every line an id of its own', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        const everything = { has: () => true } as unknown as ReadonlySet<string>;
        const ids = jsonRows(json, { open: everything, shown: new Map() }).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('jsonText', () => {
  it('is what JSON.stringify writes with an indent of two', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(jsonText(json).replaceAll('-0', '0')).toBe(JSON.stringify(json, null, 2).replaceAll('-0', '0'));
      }),
    );
  });

  it('keeps NaN and the infinities as Python writes them', () => {
    expect(jsonText([NaN, Infinity, -Infinity])).toBe('[\n  NaN,\n  Infinity,\n  -Infinity\n]');
  });
});
