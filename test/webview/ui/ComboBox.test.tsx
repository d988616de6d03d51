import { describe, expect, it } from 'vitest';
import { ComboBox, type ComboBoxProps } from '../../../webview/ui/ComboBox';
import { type } from '../demo/openPage';
import { button, find, perform, press, texts } from '../outputs/mount';
import { mountControl } from './mountControl';

const choices = [
  ['Berlin', 'b'],
  ['New York', 'n'],
  ['York', 'y'],
] as const;

function open(more: Partial<ComboBoxProps> = {}, first: readonly (string | number)[] = []) {
  const control = mountControl<readonly (string | number)[]>(first, (props) => (
    <ComboBox {...props} label="City" choices={choices} multiple={false} allowCustom={false} filterable {...more} />
  ));
  const input = find(control.root, '[role=combobox]', HTMLInputElement);
  input.focus();
  return { ...control, input, options: () => texts(control.root, '[role=option]') };
}

const many = { multiple: true };

describe('ComboBox', () => {
  it('opens by arrow with the chosen one active, and says where it is', async () => {
    const { root, input } = open({}, ['n']);
    expect(input.value).toBe('New York');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    await press('ArrowDown');
    expect(input.getAttribute('aria-expanded')).toBe('true');
    const active = find(root, `#${input.getAttribute('aria-activedescendant') ?? ''}`);
    expect(active.textContent).toContain('New York');
    expect(active.getAttribute('aria-selected')).toBe('true');
    expect(root.querySelector(`#${input.getAttribute('aria-controls') ?? ''}`)?.role).toBe('listbox');
  });

  it('narrows its list while typing, those that begin so first', async () => {
    const { input, options, value } = open();
    await type(input, 'york');
    expect(options()).toEqual(['York', 'New York']);
    await press('Enter');
    expect(value()).toEqual(['y']);
    expect(input.value).toBe('York');
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  it('goes around at the ends', async () => {
    const { value } = open();
    for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) await press(key);
    expect(value()).toEqual(['y']);
  });

  it('leaves the value as it was on Escape', async () => {
    const { input, value } = open({}, ['b']);
    await type(input, 'yo');
    await press('Escape');
    expect(input.value).toBe('Berlin');
    expect(value()).toEqual(['b']);
  });

  it('gives up text that is no choice when it is left', async () => {
    const { input, value } = open({}, ['b']);
    await type(input, 'Atlantis');
    await perform(() => input.blur());
    expect(value()).toEqual(['b']);
    expect(input.value).toBe('Berlin');
  });

  it('can be emptied', async () => {
    const { input, value } = open({}, ['b']);
    await type(input, '');
    await perform(() => input.blur());
    expect(value()).toEqual([]);
  });

  it('takes text of its own where that is allowed, by Enter or by leaving', async () => {
    const { input, options, value } = open({ allowCustom: true });
    await type(input, 'Atlantis');
    expect(options()).toEqual(['Use “Atlantis”']);
    await press('Enter');
    expect(value()).toEqual(['Atlantis']);
    await type(input, 'Utopia');
    await perform(() => input.blur());
    expect(value()).toEqual(['Utopia']);
  });

  it('shows many as tokens, which can be removed by button or Backspace', async () => {
    const { root, value } = open(many, ['b', 'y']);
    expect(texts(root, '.token > span')).toEqual(['Berlin', 'York']);
    await perform(() => button(root, 'Remove Berlin').click());
    expect(value()).toEqual(['y']);
    await press('Backspace');
    expect(value()).toEqual([]);
  });

  it('chooses and gives up by Enter while its list stays open', async () => {
    const { input, value } = open(many);
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    expect(value()).toEqual(['b']);
    expect(input.getAttribute('aria-expanded')).toBe('true');
    await press('Enter');
    expect(value()).toEqual([]);
  });

  it('keeps keys that are not its own for the editor', async () => {
    const { input } = open();
    const event = new KeyboardEvent('keydown', { key: 'Tab', ctrlKey: true, bubbles: true, cancelable: true });
    await perform(() => void input.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(false);
  });

  it('says when nothing matches', async () => {
    const { root, input } = open();
    await type(input, 'zzz');
    expect(root.textContent).toContain('No choice matches.');
  });

  it('draws a few of very many choices', async () => {
    const cities = Array.from({ length: 5000 }, (_, index) => [`City ${index}`, index] as const);
    const { root, input, options } = open({ choices: cities });
    await press('ArrowDown');
    expect(options().length).toBeLessThan(300);
    expect(root.textContent).toContain('4800 more');
    await type(input, 'City 4999');
    await press('Enter');
    expect(input.value).toBe('City 4999');
  });
});
