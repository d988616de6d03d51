import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataGrid } from '../../../webview/ui/DataGrid';
import { cellText, withCell, withColumn, withoutColumn, withRow, type GridTable } from '../../../webview/ui/gridState';
import { bigButton, click } from '../demo/openPage';
import { find, perform, press } from '../outputs/mount';
import { mountControl } from './mountControl';

const people: GridTable = {
  headers: ['name', 'age'],
  data: [
    ['Ada', 36],
    ['Grace', 85],
  ],
  metadata: null,
};

function open(table = people) {
  const control = mountControl<GridTable>(table, ({ value, onChange, ...wiring }) => (
    <DataGrid {...wiring} table={value} numeric={(column) => column === 1} onChange={onChange} />
  ));
  const focused = () => document.activeElement?.textContent;
  return { ...control, focused, start: () => find(control.root, '[role=grid] [tabindex="0"]').focus() };
}

async function write(text: string): Promise<void> {
  await perform(() => {
    const editor = document.activeElement;
    if (!(editor instanceof HTMLInputElement)) throw new Error('No cell is being edited.');
    editor.value = text;
  });
}

describe('DataGrid', () => {
  it('is one tab stop and tells its size', () => {
    const { root } = open();
    const grid = find(root, '[role=grid]');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    expect([grid.getAttribute('aria-rowcount'), grid.getAttribute('aria-colcount')]).toEqual(['3', '2']);
  });

  it('moves by arrows, Home and End, and not beyond its edges', async () => {
    const { start, focused } = open();
    start();
    const path = [];
    for (const key of ['ArrowDown', 'End', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Home', 'ArrowUp', 'PageUp']) {
      await press(key);
      path.push(focused());
    }
    expect(path).toEqual(['Ada', '36', '36', '85', '85', 'Grace', 'Ada', 'name']);
  });

  it.each(['Enter', 'F2'])('edits by %s, commits by Enter and goes down', async (key) => {
    const { start, focused, value } = open();
    start();
    await press('ArrowDown');
    await press(key);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Row 1, name');
    await write('Mary');
    await press('Enter');
    expect(value().data).toEqual([
      ['Mary', 36],
      ['Grace', 85],
    ]);
    expect(focused()).toBe('Grace');
  });

  it('begins anew with the key that was typed', async () => {
    const { start } = open();
    start();
    await press('ArrowDown');
    await press('x');
    expect(document.activeElement).toHaveProperty('value', 'x');
  });

  it('gives up by Escape, with the focus back on the cell', async () => {
    const { start, focused, value } = open();
    start();
    await press('ArrowDown');
    await press('F2');
    await write('Mary');
    await press('Escape');
    expect(value()).toBe(people);
    expect(focused()).toBe('Ada');
  });

  it('keeps what was typed when it is left', async () => {
    const { start, value } = open();
    start();
    await press('F2');
    await write('full name');
    await perform(() => (document.activeElement as HTMLElement | null)?.blur());
    expect(value().headers).toEqual(['full name', 'age']);
  });

  it('grows and shrinks by its buttons', async () => {
    const { root, start, value } = open();
    await click(bigButton(root, 'Add row'));
    expect(value().data.at(-1)).toEqual(['', null]);
    await click(bigButton(root, 'Add column'));
    expect(value().headers).toEqual(['name', 'age', 'Column 3']);
    start();
    await press('ArrowDown');
    await click(bigButton(root, 'Remove row'));
    expect(value().data[0]?.[0]).toBe('Grace');
    await click(bigButton(root, 'Remove column'));
    expect(value().headers).toEqual(['age', 'Column 3']);
  });

  it('keeps keys of the editor', async () => {
    const { start } = open();
    start();
    const event = new KeyboardEvent('keydown', { key: 'PageDown', ctrlKey: true, bubbles: true, cancelable: true });
    await perform(() => void document.activeElement?.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(false);
  });

  it('draws a part of a long table and leaves the rest as it is', async () => {
    const data = Array.from({ length: 1000 }, (_, row) => [`row ${row}`, row]);
    const { root, start, value } = open({ ...people, data });
    expect(root.querySelectorAll('tbody tr').length).toBeLessThanOrEqual(200);
    start();
    await press('ArrowDown');
    await press('x');
    await press('Enter');
    expect(value().data).toEqual([['x', 0], ...data.slice(1)]);
  });
});

describe('the table of a grid', () => {
  it('holds the text that was written, at its place only', () => {
    fc.assert(
      fc.property(fc.nat(1), fc.nat(1), fc.string(), (row, column, text) => {
        const changed = withCell(people, { row, column }, text, false);
        expect(cellText(changed, { row, column })).toBe(text);
        expect(withCell(changed, { row, column }, 'x', false)).toEqual(withCell(people, { row, column }, 'x', false));
      }),
    );
  });

  it('keeps numbers numbers, and texts that are none', () => {
    const at = { row: 0, column: 1 };
    const values = ['1.5', '', 'many', ' 7 '].map((text) => withCell(people, at, text, true).data[0]?.[1]);
    expect(values).toEqual([1.5, null, 'many', 7]);
  });

  it('fills up rows that are too short', () => {
    const ragged = { ...people, data: [['Ada']] };
    expect(withCell(ragged, { row: 0, column: 1 }, '3', true).data).toEqual([['Ada', 3]]);
  });

  it('loses a column as it won it', () => {
    expect(withoutColumn(withColumn(people, 'x'), 2)).toEqual(people);
    expect(withRow(people, () => null).data).toHaveLength(3);
  });
});
