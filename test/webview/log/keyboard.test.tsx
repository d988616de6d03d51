import { describe, expect, it } from 'vitest';
import { find } from '../outputs/mount';
import { failure } from './fakeHost';
import { act, keys, openPage, place, selected, type } from './openPage';

const editor = (root: ParentNode): HTMLTextAreaElement => find(root, 'textarea.cell-editor', HTMLTextAreaElement);

describe('the keyboard in the grid of a log', () => {
  it('moves with the arrow keys and stops at the edges', async () => {
    const page = await openPage();
    expect(place(page)).toBe('0-0');
    await keys('ArrowDown', 'ArrowRight');
    expect(place(page)).toBe('1-1');
    await keys('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(place(page)).toBe('3-2');
    await keys('ArrowLeft', 'ArrowUp');
    expect(place(page)).toBe('2-1');
    expect(find(page.root, `#${page.grid.getAttribute('aria-activedescendant') ?? ''}`).textContent).toBe('divide');
  });

  it('moves to the ends of a row and of the log', async () => {
    const page = await openPage();
    await keys('End');
    expect(place(page)).toBe('0-2');
    await keys('Control+End');
    expect(place(page)).toBe('3-2');
    await keys('Home');
    expect(place(page)).toBe('3-0');
    await keys('End', 'Control+Home');
    expect(place(page)).toBe('0-0');
  });

  it('moves by pages, and leaves Ctrl+PageUp and Ctrl+PageDown to VS Code', async () => {
    const page = await openPage({ total: 100 }, (host) => (host.record = (row) => [`${row}`, 'add', '']));
    await keys('PageDown');
    const { position } = page.log.state.at;
    expect(position).toBeGreaterThan(5);
    await keys('PageUp');
    expect(place(page)).toBe('0-0');
    for (const key of ['PageDown', 'PageUp']) {
      const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true });
      page.grid.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(false);
    }
    expect(place(page)).toBe('0-0');
  });

  it.each([
    'Control+Tab',
    'Control+p',
    'Control+Shift+P',
    'Control+w',
    'F1',
    'F6',
    'Tab',
    'Alt+ArrowLeft',
    'Shift+F10',
  ])('leaves %s to VS Code', async (name) => {
    const { grid } = await openPage();
    let isLeft = false;
    const listen = ({ defaultPrevented }: Event): void => {
      isLeft = !defaultPrevented;
    };
    window.addEventListener('keydown', listen);
    await keys(name);
    window.removeEventListener('keydown', listen);
    expect(isLeft).toBe(true);
    expect(document.activeElement).toBe(grid);
  });

  it('has one tab stop in the grid', async () => {
    const { grid } = await openPage();
    expect(grid.tabIndex).toBe(0);
    expect(grid.querySelectorAll('[tabindex="0"], button:not([tabindex="-1"]), input, a')).toHaveLength(0);
  });

  it.each(['Enter', 'F2'])('edits with %s the whole text of the cell, which the host has', async (key) => {
    const { root, host } = await openPage();
    host.answers.cell = () => 'add, and all of a long text';
    await keys('ArrowRight', key);
    expect(host.callsOf('cell')).toEqual([[0, 1]]);
    expect(editor(root).value).toBe('add, and all of a long text');
    expect(document.activeElement).toBe(editor(root));
  });

  it('drops what was typed with Escape', async () => {
    const { root, host, grid } = await openPage();
    await keys('Enter');
    await type(editor(root), '9');
    await keys('Escape');
    expect(root.querySelector('.cell-editor')).toBeNull();
    expect(host.callsOf('setCell')).toEqual([]);
    expect(document.activeElement).toBe(grid);
  });

  it('writes with Enter what was typed, on the version it was typed in, and moves down', async () => {
    const page = await openPage({ version: 7 });
    await keys('Enter');
    await type(editor(page.root), '9');
    await keys('Enter');
    expect(page.host.callsOf('setCell')).toEqual([[0, 0, '9', 7]]);
    expect(place(page)).toBe('1-0');
    expect(document.activeElement).toBe(page.grid);
  });

  it('writes with Tab and moves right, with Shift+Tab left', async () => {
    const page = await openPage();
    await keys('Enter');
    await type(editor(page.root), '9');
    await keys('Tab');
    expect(page.host.callsOf('setCell')).toEqual([[0, 0, '9', 1]]);
    expect(place(page)).toBe('0-1');
    await keys('Enter', 'Shift+Tab');
    expect(place(page)).toBe('0-0');
    expect(page.host.callsOf('setCell')).toHaveLength(1);
  });

  it('begins a line with Alt+Enter, and keeps the line ends of the cell', async () => {
    const { root, host } = await openPage();
    host.answers.cell = () => 'one\r\ntwo';
    await keys('ArrowRight', 'Enter');
    await type(editor(root), 'one\ntwo');
    editor(root).setSelectionRange(7, 7);
    await keys('Alt+Enter');
    expect(editor(root).value).toBe('one\ntwo\n');
    await keys('Enter');
    expect(host.callsOf('setCell')).toEqual([[0, 1, 'one\r\ntwo\r\n', 1]]);
  });

  it('writes what is typed with Ctrl+S, and saves after it', async () => {
    const { root, host } = await openPage();
    await keys('Enter');
    await type(editor(root), '9');
    await keys('Control+s');
    const changes = host.calls.map(([method]) => method).filter((method) => ['setCell', 'save'].includes(method));
    expect(changes).toEqual(['setCell', 'save']);
  });

  it('keeps what was typed when it cannot be written', async () => {
    const { root, host } = await openPage();
    host.answers.setCell = () => {
      throw failure('The log changed on disk.', 'Edit the cell again.');
    };
    await keys('Enter');
    await type(editor(root), '9');
    await keys('Enter');
    expect(find(root, '[role=alert]').textContent).toContain('The log changed on disk.');
    expect(editor(root).value).toBe('9');
  });

  it('undoes and redoes, in the document where nothing is typed', async () => {
    const { root, host } = await openPage();
    await keys('Control+z', 'Control+y', 'Control+Shift+Z');
    expect(host.callsOf('undo')).toHaveLength(1);
    expect(host.callsOf('redo')).toHaveLength(2);
    await keys('Enter');
    editor(root).focus();
    await keys('Control+z');
    expect(host.callsOf('undo')).toHaveLength(1);
  });

  it('selects with Shift and the arrow keys, and deletes what is selected', async () => {
    const page = await openPage();
    await keys('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    expect(selected(page)).toEqual([1, 2, 3]);
    await keys('Shift+ArrowUp', 'Delete');
    expect(page.host.callsOf('deleteRows')).toEqual([[[1, 2], 1]]);
    await keys('ArrowUp');
    expect(selected(page)).toEqual([1]);
  });

  it('selects all with Ctrl+A, and one with Escape', async () => {
    const page = await openPage();
    await keys('Control+a');
    expect(selected(page)).toEqual([0, 1, 2, 3]);
    await keys('Escape');
    expect(selected(page)).toHaveLength(1);
  });

  it('deletes the rows of the file that a sorted view shows', async () => {
    const page = await openPage();
    await keys('ArrowUp', 'Enter', 'ArrowDown', 'Shift+ArrowDown', 'Delete');
    expect(page.host.callsOf('deleteRows')).toEqual([[[0, 2], 1]]);
  });

  it('announces nothing deleted when the person declined', async () => {
    const { root, host } = await openPage();
    host.answers.deleteRows = () => false;
    await keys('Delete');
    expect(root.textContent).not.toContain('deleted');
    host.answers.deleteRows = () => true;
    await keys('Delete');
    expect(root.textContent).toContain('1 sample deleted.');
  });

  it('copies the selected samples as they stand in the file, and one cell where one is selected', async () => {
    const page = await openPage();
    const copy = (): Promise<void> =>
      act(() => void page.grid.dispatchEvent(new Event('copy', { bubbles: true, cancelable: true })));
    await copy();
    expect(page.host.callsOf('copy')).toEqual([]);
    await keys('ArrowDown', 'Shift+ArrowDown');
    await copy();
    expect(page.host.callsOf('copy')).toEqual([[[1, 2]]]);
    expect(page.root.textContent).toContain('2 samples copied as they stand in the file.');
  });

  it('edits nothing where nothing may be changed, and says why', async () => {
    const { root, host } = await openPage({ readOnly: 'This log is not UTF-8.' });
    await keys('Enter', 'Delete');
    await act(() => undefined);
    expect(root.querySelector('.cell-editor')).toBeNull();
    expect([...host.callsOf('cell'), ...host.callsOf('deleteRows')]).toEqual([]);
    expect(find(root, '.notice').textContent).toContain('This log is not UTF-8.');
    expect(find(root, '[role=grid]').getAttribute('aria-readonly')).toBe('true');
  });
});
