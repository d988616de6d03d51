import { describe, expect, it } from 'vitest';
import { CodeField } from '../../../webview/ui/CodeField';
import { NumberField, type NumberFieldProps } from '../../../webview/ui/NumberField';
import { type } from '../demo/openPage';
import { find, perform, press } from '../outputs/mount';
import { mountControl } from './mountControl';

function openNumber(first: number | null, more: Partial<NumberFieldProps> = {}) {
  const problems: string[] = [];
  const control = mountControl<number | null>(first, (props) => (
    <NumberField {...props} {...more} onProblem={(problem) => problems.push(problem)} />
  ));
  const input = find(control.root, 'input', HTMLInputElement);
  input.focus();
  return { ...control, input, problems };
}

describe('NumberField', () => {
  it('steps by arrows without the dust of floating point', async () => {
    const { input, value } = openNumber(0.1, { step: 0.1 });
    await press('ArrowUp');
    await press('ArrowUp');
    expect(value()).toBe(0.3);
    expect(input.value).toBe('0.3');
    await press('ArrowDown');
    expect(value()).toBe(0.2);
  });

  it('does not step beyond its bounds', async () => {
    const { value } = openNumber(9, { maximum: 10 });
    for (let press_ = 0; press_ < 3; press_++) await press('ArrowUp');
    expect(value()).toBe(10);
  });

  it('leaves arrows with modifiers to the editor', async () => {
    const { value } = openNumber(9);
    await press('ArrowUp', { altKey: true });
    expect(value()).toBe(9);
  });

  it('keeps what is being typed as it is typed', async () => {
    const { input, value } = openNumber(null);
    for (const text of ['-', '-1', '-1.', '-1.0', '-1.05']) {
      await type(input, text);
      expect(input.value).toBe(text);
    }
    expect(value()).toBe(-1.05);
  });

  it('follows a value that comes from elsewhere', async () => {
    const { input, set } = openNumber(1);
    await type(input, '2.0');
    await set(5);
    expect(input.value).toBe('5');
  });

  it('tells what it holds', async () => {
    const { input } = openNumber(4, { minimum: 0, maximum: 9 });
    const told = ['role', 'aria-valuenow', 'aria-valuemin', 'aria-valuemax'].map((name) => input.getAttribute(name));
    expect(told).toEqual(['spinbutton', '4', '0', '9']);
    await type(input, '');
    expect(input.getAttribute('aria-valuenow')).toBeNull();
    expect(input.getAttribute('aria-valuetext')).toBe('None');
  });
});

describe('CodeField', () => {
  function openCode(text: string) {
    const control = mountControl(text, (props) => <CodeField {...props} lines={5} />);
    const area = find(control.root, 'textarea', HTMLTextAreaElement);
    area.focus();
    const tab = async (options: KeyboardEventInit = {}): Promise<boolean> => {
      const event = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true, ...options });
      await perform(() => void area.dispatchEvent(event));
      return event.defaultPrevented;
    };
    return { ...control, area, tab };
  }

  it('indents by Tab where the cursor is', async () => {
    const { area, tab, value } = openCode('ab');
    area.setSelectionRange(1, 1);
    expect(await tab()).toBe(true);
    expect(value()).toBe('a  b');
  });

  it('lets Tab leave after Escape, and Shift+Tab at any time', async () => {
    const { tab, value } = openCode('ab');
    expect(await tab({ shiftKey: true })).toBe(false);
    await press('Escape');
    expect(await tab()).toBe(false);
    expect(value()).toBe('ab');
    await press('x');
    expect(await tab()).toBe(true);
  });

  it('says how to leave it', () => {
    const { root, area } = openCode('');
    expect(find(root, `#${area.getAttribute('aria-describedby') ?? ''}`).textContent).toContain('Escape');
  });
});
