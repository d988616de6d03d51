import { describe, expect, it } from 'vitest';
import { button, find, perform, press, texts } from '../outputs/mount';
import { FakeHost } from './fakeHost';
import { openPage, settle } from './openPage';

const manyRecords = Array.from({ length: 5000 }, (_, index) => ({ row: index * 2 }));

async function openTable(host = new FakeHost(manyRecords)) {
  const page = await openPage(host);
  await page.act('bulk');
  const keys = async (key: string, options: KeyboardEventInit = {}): Promise<void> => {
    await press(key, options);
    await settle();
  };
  const confirm = () => perform(() => find(page.root, 'dialog vscode-button').click()).then(settle);
  return { ...page, keys, confirm, bar: () => find(page.root, '.selection-bar [role=status]').textContent };
}

const click = (row: HTMLElement | undefined, keys: MouseEventInit): void => {
  row?.dispatchEvent(new MouseEvent('click', { bubbles: true, ...keys }));
};

const selectedRows = (root: ParentNode): string[] =>
  texts(root, '.row-table-body [aria-selected=true] > :nth-child(3)');

describe('the table of a review', () => {
  it('has no more rows in the page than are seen, and has the focus', async () => {
    const { root } = await openTable();
    const grid = find(root, '[role=grid]');
    expect(grid.getAttribute('aria-rowcount')).toBe('5001');
    expect(root.querySelectorAll('.row-table-body [role=row]').length).toBeLessThan(100);
    expect(document.activeElement).toBe(grid);
    expect(texts(root, '.row-table-body [role=row]:first-child > *').slice(1, 7)).toEqual([
      '1',
      '0',
      'Free text home 0',
      'ham',
      'spam',
      '0.013',
    ]);
  });

  it('selects by mouse and by keys', async () => {
    const { root, keys, bar } = await openTable();
    const rows = [...root.querySelectorAll<HTMLElement>('.row-table-body [role=row]')];
    await perform(() => rows[1]?.click());
    await perform(() => click(rows[3], { ctrlKey: true }));
    expect(selectedRows(root)).toEqual(['2', '6']);
    await perform(() => click(rows[5], { shiftKey: true }));
    await settle();
    expect(selectedRows(root)).toEqual(['6', '8', '10']);
    await keys('ArrowDown', { shiftKey: true });
    expect(bar()).toBe('4 records selected');
    await keys('Escape');
    await keys(' ');
    expect(selectedRows(root)).toEqual(['12']);
    await keys('a', { ctrlKey: true });
    expect(bar()).toBe('All 5,000 records that match are selected');
  });

  it('shows what a decision would do, and does it only after a yes', async () => {
    const { root, host, act, keys, confirm, said } = await openTable();
    host.decided.set(0, { decision: 'keep', label: null });
    await keys('ArrowDown', { shiftKey: true });
    await keys('ArrowDown', { shiftKey: true });
    await act('accept');
    const dialog = find(root, 'dialog');
    expect(dialog.textContent).toContain('Change to suggested: 3 records');
    expect(dialog.textContent).toContain('1 of them is decided already: that decision is replaced.');
    expect(dialog.textContent).toContain('One Undo takes all of it back.');
    await act('accept');
    expect(host.called('decideMany')).toEqual([]);
    await confirm();
    expect(host.called('decideMany')).toEqual([[{ rows: [0, 2, 4] }, { decision: 'change', label: null }]]);
    expect(said()).toContain('3 records decided.');
    await act('undo');
    expect(host.decided.get(2)).toBeUndefined();
  });

  it('decides on all that match with a label of a digit', async () => {
    const { root, host, keys, label, confirm } = await openTable();
    await keys('a', { ctrlKey: true });
    await label(2);
    expect(find(root, 'dialog').textContent).toContain('Change to other: 5,000 records');
    await confirm();
    expect(host.called('decideMany')).toEqual([[{ all: true }, { decision: 'change', label: ['other'] }]]);
  });

  it('can be called off', async () => {
    const { root, host, act, keys } = await openTable();
    await keys('a', { ctrlKey: true });
    await act('discard');
    await perform(() => find(root, 'dialog vscode-button:last-child').click());
    expect(root.querySelector('dialog')).toBeNull();
    expect(host.called('decideMany')).toEqual([]);
  });

  it('decides the row in focus at once when nothing is selected, and goes on', async () => {
    const { root, host, act } = await openTable();
    await act('keep');
    await act('accept');
    expect([host.decided.get(0), host.decided.get(2)]).toEqual([
      { decision: 'keep', label: null },
      { decision: 'change', label: ['spam'] },
    ]);
    expect(find(root, '.table-row.current').getAttribute('aria-rowindex')).toBe('4');
  });

  it('opens a row large, and comes back to it', async () => {
    const { root, act, keys } = await openTable();
    await keys('ArrowDown');
    await perform(() => button(root, 'Show Record').click());
    await settle();
    expect(find(root, '#record-heading').textContent).toBe('Row 2');
    await act('bulk');
    expect(find(root, '.table-row.current').getAttribute('aria-rowindex')).toBe('3');
  });
});
