import { describe, expect, it } from 'vitest';
import { find, perform, texts } from '../outputs/mount';
import { records } from './fakeHost';
import { announced, columnTexts, currentText, key, openLog } from './openLog';

describe('the grid of a log', () => {
  it('shows the samples under their columns, and the first one beside it', async () => {
    const page = await openLog();
    expect(texts(page.root, '[role="columnheader"] .grid-text')).toEqual(['caption', 'class', 'flag', 'timestamp']);
    expect(columnTexts(page, 0).slice(0, 2)).toEqual(['text 0', 'text 1']);
    expect(find(page.root, '.side h2').textContent).toBe('Sample 1');
    expect(find(page.root, '.side').textContent).toContain('75%');
  });

  it('tells how many rows and columns there are, and which are shown', async () => {
    const { grid } = await openLog({ table: records(500) });
    expect(grid.getAttribute('aria-rowcount')).toBe('501');
    expect(grid.getAttribute('aria-colcount')).toBe('5');
    expect(find(grid, '.grid-row').getAttribute('aria-rowindex')).toBe('2');
  });

  it.each([100_000, 1_000_000])('keeps few rows of %i in the page, wherever it is scrolled to', async (count) => {
    const table: string[][] = Array.from({ length: count });
    const page = await openLog({
      table,
      prepare: (host) => {
        host.answers.rows = (_, from, rows) => {
          const numbers = Array.from({ length: Math.min(rows, count - from) }, (__, index) => from + index);
          const cell = { clipped: false, kind: 'text', media: [] };
          const marks = { problem: null, note: false, corrected: false, reviewed: false };
          const shown = numbers.map((row) => ({ row, cells: [{ ...cell, text: `text ${row}` }], ...marks }));
          return { version: 1, matched: count, from, rows: shown };
        };
      },
    });
    page.grid.focus();
    for (const [keys, row] of [
      ['End', count - 1],
      ['Home', 0],
    ] as const) {
      await key(keys, { ctrlKey: true });
      expect(page.root.querySelectorAll('.grid-row').length).toBeLessThan(60);
      expect(currentText(page)).toBe(keys === 'Home' ? 'text 0' : '');
      expect(find(page.root, '.side h2').textContent).toBe(`Sample ${row + 1}`);
    }
    expect(Math.max(...page.host.callsOf('rows').map(([, , asked]) => Number(asked)))).toBeLessThanOrEqual(100);
  });

  it('keeps few columns of 10,000 in the page', async () => {
    const wide = Array.from({ length: 10_000 }, (_, index) => index);
    const named = wide.map((index) => ({ index, name: `c${index}`, role: 'component', kind: 'text' }) as const);
    const page = await openLog({
      table: records(3).map(() => wide.map(String)),
      prepare: (host) => (host.more = { columns: named }),
    });
    page.grid.focus();
    await key('End');
    expect(currentText(page)).toBe('9999');
    expect(page.root.querySelectorAll('.grid-cell').length).toBeLessThan(100);
    expect(page.grid.getAttribute('aria-colcount')).toBe('10001');
  });

  it('is one tab stop, whose active cell the arrows move', async () => {
    const page = await openLog();
    const stops = page.root.querySelectorAll('.grid[tabindex="0"], .grid [tabindex="0"], .grid button:not([tabindex])');
    expect(stops).toHaveLength(1);
    page.grid.focus();
    await key('ArrowDown');
    await key('ArrowRight');
    expect(currentText(page)).toBe('dog');
    expect(page.grid.getAttribute('aria-activedescendant')).toBe(find(page.root, '.current').id);
    await key('End');
    await key('PageDown');
    expect(currentText(page)).toMatch(/^2026/);
    await key('Home', { ctrlKey: true });
    expect(currentText(page)).toBe('text 0');
    await key('End', { ctrlKey: true });
    expect(find(page.root, '.side h2').textContent).toBe('Sample 30');
  });

  it('leaves the keys of VS Code alone', async () => {
    const { grid } = await openLog();
    grid.focus();
    const keys: [string, KeyboardEventInit][] = [
      ['Tab', { ctrlKey: true }],
      ['PageDown', { ctrlKey: true }],
      ['PageUp', { ctrlKey: true }],
      ['p', { ctrlKey: true }],
      ['P', { ctrlKey: true, shiftKey: true }],
      ['w', { ctrlKey: true }],
      ['F1', {}],
      ['Tab', {}],
      ['ArrowLeft', { altKey: true }],
    ];
    for (const [name, modifiers] of keys) expect(await key(name, modifiers), name).toEqual({ taken: false });
  });

  it('selects rows with Shift and all with Ctrl+A', async () => {
    const page = await openLog();
    page.grid.focus();
    await key('ArrowDown');
    await key('ArrowDown', { shiftKey: true });
    const selected = (): number => page.root.querySelectorAll('.grid-row[aria-selected="true"]').length;
    expect(selected()).toBe(2);
    await key('Escape');
    expect(selected()).toBe(1);
    await key('a', { ctrlKey: true });
    expect(announced(page)).toBe('30 samples selected.');
    await perform(() => page.log.act('replay'));
    expect(page.host.callsOf('act')).toEqual([['replay', Array.from({ length: 30 }, (_, row) => row)]]);
  });

  it('marks ragged rows and shows all of their cells', async () => {
    const table = records(3);
    table[1] = ['short'];
    table[2] = [...(table[2] ?? []), 'one more'];
    const page = await openLog({ table });
    expect(texts(page.root, '[role="columnheader"] .grid-text').at(-1)).toBe('beyond the columns: 1');
    expect(columnTexts(page, 4)).toEqual(['', '', 'one more']);
    expect(page.root.querySelectorAll('.grid-number .icon-warning')).toHaveLength(2);
    page.grid.focus();
    await key('ArrowDown');
    expect(find(page.root, '.side').textContent).toContain('This record has 1 cells.');
  });

  it('hides and widens columns, and keeps that over a reload', async () => {
    const page = await openLog();
    page.grid.focus();
    await key('ArrowUp');
    await key('ArrowRight', { shiftKey: true });
    expect(find(page.root, '.grid-heading').style.width).toBe('196px');
    await key('ArrowDown', { altKey: true });
    await perform(() => find(page.root, '.column-menu .menu-item:last-child').click());
    expect(texts(page.root, '.grid-heading .grid-text')).toEqual(['class', 'flag', 'timestamp']);
    const again = await openLog({ memory: page.memory });
    expect(texts(again.root, '.grid-heading .grid-text')).toEqual(['class', 'flag', 'timestamp']);
  });

  it('shows pictures and sounds only where the host gives an address', async () => {
    const page = await openLog({
      table: [
        ['image/0.png', 'a', 'b', 'c'],
        ['../../secret.png', 'a', 'b', 'c'],
        ['sound.wav', 'a', 'b', 'c'],
      ],
      prepare: (host) => {
        const file = { name: 'file', url: 'https://file+.vscode-resource.vscode-cdn.net/0', problem: null } as const;
        host.cellOf = (row, column) => {
          if (column > 0) return {};
          if (row === 1)
            return { media: [{ kind: 'image', name: 'secret.png', url: null, problem: 'It lies outside.' }] };
          return { media: [{ ...file, kind: row === 0 ? 'image' : 'audio' }] };
        };
      },
    });
    const sources = [...page.grid.querySelectorAll('img')].map(({ src }) => src);
    expect(sources).toEqual(['https://file+.vscode-resource.vscode-cdn.net/0']);
    expect(page.grid.querySelectorAll('[aria-label="Play file"]')).toHaveLength(1);
    page.grid.focus();
    await key('ArrowDown');
    expect(find(page.root, '.side').textContent).toContain('It lies outside.');
    expect(page.root.querySelector('.side img')).toBeNull();
  });
});
