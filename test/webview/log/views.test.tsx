import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GridColumn, LogQuery } from '../../../extension/protocol/log';
import { find, press } from '../outputs/mount';
import { failure } from './fakeHost';
import { act, click, columnTexts, field, keys, openPage, place, type } from './openPage';

const heading = (root: ParentNode, column: number): HTMLElement => find(root, `[data-column="${column}"]`);

const link = (root: ParentNode, caption: string): HTMLElement => {
  const found = [...root.querySelectorAll<HTMLElement>('button, a')].find(({ textContent }) => textContent === caption);
  if (!found) throw new Error(`There is no "${caption}".`);
  return found;
};

describe('views of a log', () => {
  it('sorts by a column ascending, descending, and not', async () => {
    const { root } = await openPage();
    const seen: (readonly [string | null, string[]])[] = [];
    for (let clicks = 0; clicks < 3; clicks++) {
      await click(heading(root, 0));
      seen.push([heading(root, 0).getAttribute('aria-sort'), columnTexts(root, 0)]);
    }
    expect(seen).toEqual([
      ['ascending', ['5', '7', '12', '30']],
      ['descending', ['30', '12', '7', '5']],
      ['none', ['5', '30', '7', '12']],
    ]);
    expect(heading(root, 1).getAttribute('aria-sort')).toBe('none');
  });

  it('sorts by the keyboard in the header', async () => {
    const page = await openPage();
    await keys('ArrowUp');
    expect(place(page)).toBe('-1-0');
    await keys('Enter');
    expect(columnTexts(page.root, 0)).toEqual(['5', '7', '12', '30']);
    expect(page.root.textContent).toContain('Sorted by num1, ascending.');
  });

  it('shows the rows of a search with their numbers in the file, and all again with Clear', async () => {
    const { root, host } = await openPage();
    await type(field(root, 'Search all columns'), 'other');
    await keys('Enter');
    expect(find(root, '.log-count').textContent).toBe('2 of 4 samples · Clear');
    expect([...root.querySelectorAll('.grid-body [role=rowheader]')].map(({ textContent }) => textContent)).toEqual([
      '3',
      '4',
    ]);
    expect(find(root, '[role=grid]').getAttribute('aria-rowcount')).toBe('3');
    await click(link(root, 'Clear'));
    expect(find(root, '.log-count').textContent).toBe('4 samples');
    expect(field(root, 'Search all columns').value).toBe('');
    expect(host.callsOf('setCell')).toEqual([]);
  });

  it('tells how far a search through the file is, and stops it', async () => {
    let failed: ((error: Error) => void) | undefined;
    const { root, host, tell } = await openPage();
    const waiting = (): Promise<never> => new Promise((_, reject) => (failed = reject));
    const answer = host.answers.rows;
    host.answers.rows = waiting;
    host.answers.stop = () => failed?.(failure('The search was stopped.'));
    await type(field(root, 'Search all columns'), 'other');
    await keys('Enter');
    await tell('progress', 42);
    expect(find(root, '.log-count').textContent).toBe('Searching the file: 42 % · Stop the search');
    Reflect.set(host.answers, 'rows', answer);
    await click(link(root, 'Stop the search'));
    await tell('progress', null);
    expect(find(root, '.log-count').textContent).toBe('4 samples');
    expect(columnTexts(root, 0)).toHaveLength(4);
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  it('stops finding without another word', async () => {
    let failed: ((error: Error) => void) | undefined;
    const { root, host, tell } = await openPage({}, ({ answers }) => {
      answers.find = () => new Promise((_, reject) => (failed = reject));
      answers.stop = () => failed?.(failure('The search was stopped.'));
    });
    await keys('Control+F');
    await type(field(root, 'Find in the log'), 'other');
    await keys('Enter');
    await tell('progress', 1);
    await click(link(root, 'Stop the search'));
    await tell('progress', null);
    expect(host.callsOf('stop')).toHaveLength(1);
    expect(root.querySelector('[role=alert]')).toBeNull();
    expect(root.textContent).toContain('The search was stopped.');
  });

  it('says in the menu of a column why a large log is not sorted', async () => {
    const { root, host } = await openPage({ byParts: 'It is too large.' });
    await click(heading(root, 0));
    expect(find(root, '.column-menu').textContent).toContain('It is too large.');
    expect(host.callsOf('rows').every(([query]) => (query as LogQuery).sort === null)).toBe(true);
    expect(root.querySelector('.column-menu')?.textContent).not.toContain('Sort Ascending');
  });

  it('says that nothing matches', async () => {
    const { root } = await openPage();
    await type(field(root, 'Search all columns'), 'xyz');
    await keys('Enter');
    expect(find(root, '.log-empty').textContent).toContain('No sample matches.');
    await click(link(root, 'Show all'));
    expect(columnTexts(root, 0)).toHaveLength(4);
  });

  it('filters a column from its menu, and takes the filter off', async () => {
    const { root, host } = await openPage();
    await click(find(root, '[aria-label="Menu of operation"]'));
    await type(field(root, 'Filter operation'), 'add');
    await press('Enter');
    await keys('Escape');
    expect(host.callsOf('rows').at(-1)?.[0]).toMatchObject({ filters: [{ column: 1, contains: 'add' }] });
    expect(columnTexts(root, 0)).toEqual(['5', '12']);
    expect(find(root, '.log-count').textContent).toBe('2 of 4 samples · Clear');
    await click(find(root, '[aria-label="Remove the filter of operation"]'));
    expect(columnTexts(root, 0)).toHaveLength(4);
  });

  it('edits the row of the file that a filtered view shows', async () => {
    const { root, host, grid } = await openPage();
    await type(field(root, 'Search all columns'), 'other');
    await keys('Enter');
    grid.focus();
    await keys('ArrowDown', 'Enter');
    expect(host.callsOf('cell')).toEqual([[3, 0]]);
  });

  it('finds the next and the previous place with a text, around the end', async () => {
    const page = await openPage();
    page.host.answers.find = () => ({ position: 2, row: 2, column: 1 });
    await keys('Control+f');
    await type(field(page.root, 'Find in the log'), 'div');
    await keys('Enter', 'Shift+Enter');
    const [first, second] = page.host.callsOf('find');
    expect(first?.slice(1)).toEqual(['div', 0, 0, false]);
    expect(second?.slice(1)).toEqual(['div', 2, 1, true]);
    expect(place(page)).toBe('2-1');
    expect(page.root.textContent).toContain('Found in operation of sample 3.');
    await keys('Escape');
    expect(page.root.querySelector('.find-bar')).toBeNull();
    expect(document.activeElement).toBe(page.grid);
  });

  it('says that nothing was found', async () => {
    const { root } = await openPage();
    await keys('Control+f');
    await type(field(root, 'Find in the log'), 'xyz');
    await keys('Enter');
    expect(find(root, '.find-missed').textContent).toBe('No results.');
  });

  it('makes a column wider and narrower by the keyboard, and says how wide it is', async () => {
    const { root } = await openPage();
    const width = (): number => Number.parseInt(heading(root, 0).style.width, 10);
    const before = width();
    await keys('ArrowUp', 'Shift+ArrowRight');
    const wide = width();
    expect(wide).toBeGreaterThan(before);
    expect(root.textContent).toContain(`num1 is ${wide} pixels wide.`);
    await keys('Shift+ArrowLeft');
    expect(width()).toBe(before);
  });

  it('hides a column, but not the last', async () => {
    const { root, log } = await openPage();
    await act(() => log.showColumn(0, false));
    expect(root.querySelector('[data-column="0"]')).toBeNull();
    expect(columnTexts(root, 0)[0]).toBe('add');
    await act(() => log.showColumn(1, false));
    await act(() => log.showColumn(2, false));
    expect(heading(root, 2).textContent).toContain('flag');
  });
});

describe('a log of many rows or columns', () => {
  // Nothing is laid out here; the grid has a size as in a window.
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(628);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('keeps in the page the rows that are seen, of 100,000', async () => {
    const page = await openPage({ total: 100_000 }, (host) => (host.record = (row) => [`${row}`, 'add', '']));
    const count = (): number => page.root.querySelectorAll('.grid-body [role=row]').length;
    expect(page.grid.getAttribute('aria-rowcount')).toBe('100001');
    expect(count()).toBeLessThan(100);
    await keys('Control+End');
    await act(() => void page.grid.dispatchEvent(new Event('scroll')));
    expect(place(page)).toBe('99999-2');
    expect(columnTexts(page.root, 0)).toContain('99999');
    expect(count()).toBeLessThan(100);
    const asked = page.host.callsOf('rows').map(([, , rows]) => Number(rows));
    expect(asked.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(1000);
  });

  it('reaches the last of 1,000,000 rows', async () => {
    const page = await openPage({ total: 1_000_000 }, (host) => (host.record = (row) => [`${row}`, 'add', '']));
    await keys('Control+End');
    await act(() => void page.grid.dispatchEvent(new Event('scroll')));
    expect(columnTexts(page.root, 0)).toContain('999999');
    await keys('ArrowUp');
    expect(find(page.root, '#cell-999998-0').textContent).toBe('999998');
    await keys('Control+Home');
    await act(() => void page.grid.dispatchEvent(new Event('scroll')));
    expect(columnTexts(page.root, 0)[0]).toBe('0');
  });

  it('keeps in the page the columns that are seen, of 10,000', async () => {
    const many = Array.from({ length: 10_000 }, (_, index): GridColumn => ({
      index,
      name: `c${index}`,
      role: 'component',
      kind: 'text',
    }));
    const values = many.map(({ index }) => `v${index}`);
    const page = await openPage({ columns: many }, (host) => (host.record = () => values));
    const count = (): number => page.root.querySelectorAll('[role=gridcell], [role=columnheader]').length;
    expect(page.grid.getAttribute('aria-colcount')).toBe('10001');
    expect(count()).toBeLessThan(200);
    await keys('End');
    await act(() => void page.grid.dispatchEvent(new Event('scroll')));
    expect(find(page.root, '#cell-0-9999').textContent).toBe('v9999');
    expect(count()).toBeLessThan(200);
  });

  it('shows cells beyond the columns, and rows with too few', async () => {
    const ragged = [['1', 'add', '', 'more', 'and more'], ['2']];
    const { root } = await openPage({ total: 2 }, (host) => (host.record = (row) => ragged[row] ?? []));
    expect(heading(root, 3).textContent).toContain('beyond the columns: 1');
    expect(columnTexts(root, 4)).toEqual(['and more', '']);
    expect(columnTexts(root, 1)).toEqual(['add', '']);
  });
});
