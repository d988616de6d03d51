import { describe, expect, it } from 'vitest';
import { OutputView } from '../../../webview/ui/outputs/OutputView';
import { file } from './kinds';
import { button, find, mount, perform, press } from './mount';

const context = { openLink: () => undefined, saveFile: () => undefined };
const items = [
  { image: file('a.png'), caption: 'first' },
  { image: file('b.png'), caption: null },
  { video: file('c.mp4', { mime_type: 'video/mp4' }), caption: 'film' },
];

function show(): HTMLElement {
  return mount(<OutputView component={{ kind: 'gallery', label: 'Results' }} value={items} context={context} />);
}

describe('gallery', () => {
  it('names its thumbnails and has one tab stop', async () => {
    const root = show();
    const names = [...root.querySelectorAll('button')].map((thumbnail) => thumbnail.getAttribute('aria-label'));
    expect(names).toEqual(['Open first (1 of 3)', 'Open 2 of 3', 'Open film (3 of 3)']);
    await perform(() => find(root, '[tabindex="0"]').focus());
    await press('ArrowRight');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Open 2 of 3');
    await press('End');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Open film (3 of 3)');
    expect(root.querySelectorAll('.gallery [tabindex="0"]')).toHaveLength(1);
  });

  it('opens a lightbox that the keyboard moves and closes, and gives the focus back', async () => {
    const root = show();
    await perform(() => button(root, 'Open first (1 of 3)').click());
    const dialog = find(root, 'dialog', HTMLDialogElement);
    expect([dialog.open, dialog.getAttribute('aria-label')]).toEqual([true, 'first (1 of 3)']);
    button(dialog, 'Next').focus();
    await press('ArrowRight');
    expect(find(dialog, 'img', HTMLImageElement).src).toContain('b.png');
    await press('End');
    expect(find(dialog, 'video', HTMLVideoElement).src).toContain('c.mp4');
    await press('ArrowRight');
    expect(button(dialog, 'Next').disabled).toBe(true);
    await perform(() => button(dialog, 'Close').click());
    expect(root.querySelector('dialog')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Open film (3 of 3)');
  });

  it('says that there is nothing in an empty one', () => {
    const root = mount(<OutputView component={{ kind: 'gallery' }} value={[]} context={context} />);
    expect(root.textContent).toBe('Nothing here yet.');
  });
});
