import { describe, expect, it } from 'vitest';
import type { Component } from '../../../extension/core/demo/components';
import { find, perform, press } from '../outputs/mount';
import { components, file } from '../outputs/kinds';
import { openPage, control, submit, type } from './openPage';

const choices = [
  ['Red', 'r'],
  ['Green', 'g'],
  ['Three', 3],
] as const;

/** A page with one input; gives what a run is sent. */
async function open(component: Component, value: unknown) {
  const page = await openPage({ inputs: [{ label: 'It', ...component }], values: [value], examples: [] });
  return {
    ...page,
    it: () => control(page.root, 'It'),
    sent: async (): Promise<unknown> => {
      await submit(page);
      const [values] = page.host.callsOf('submit').at(-1) ?? [];
      return Array.isArray(values) ? values[0] : 'nothing was sent';
    },
  };
}

async function choose(input: HTMLElement, change: (input: HTMLInputElement) => void): Promise<void> {
  if (!(input instanceof HTMLInputElement)) throw new Error('Not an input.');
  await perform(() => {
    change(input);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

describe('every kind of input', () => {
  it.each(components.filter(({ kind }) => kind !== 'state'))('$kind is drawn and has its label', async (component) => {
    const page = await open(component, null);
    const it = page.it();
    const named = it.matches('input, textarea, select, [role=group], [role=radiogroup]');
    expect(named ? 'named' : it.outerHTML).toBe('named');
  });

  it.each(components)('$kind sends back what it was given as long as nobody touches it', async (component) => {
    const value = samples[component.kind] ?? { any: ['thing'] };
    const page = await open(component, value);
    expect(await page.sent()).toEqual(value);
  });

  it.each(components)('$kind bears a value of any shape', async (component) => {
    for (const value of [null, 'text', 7, [1, 'x'], { headers: 3, data: [[1], 2] }]) {
      const page = await open(component, value);
      expect(find(page.root, 'h1').textContent).toBe('Calculator');
    }
  });

  it('a hidden one is not drawn, and its value is sent', async () => {
    const page = await open({ kind: 'textbox', visible: false }, 'quiet');
    expect(page.root.querySelector('textarea')).toBeNull();
    expect(await page.sent()).toBe('quiet');
  });

  it('one that is not interactive cannot be changed', async () => {
    const page = await open({ kind: 'textbox', interactive: false }, 'fixed');
    expect(page.it()).toHaveProperty('disabled', true);
  });

  it('help is tied to its control', async () => {
    const page = await open({ kind: 'textbox', info: 'What the model reads.' }, '');
    const described = page.it().getAttribute('aria-describedby') ?? '';
    expect(find(page.root, `#${described}`).textContent).toBe('What the model reads.');
  });
});

const samples: Partial<Record<Component['kind'], unknown>> = {
  textbox: 'one\ntwo',
  number: 1.5,
  slider: 3,
  checkbox: true,
  checkboxgroup: ['g'],
  radio: 'g',
  dropdown: 'r',
  image: file('cat.png'),
  audio: file('cat.wav'),
  video: file('cat.mp4'),
  file: file('cat.pdf'),
  gallery: [{ image: file('cat.png'), caption: 'A cat' }],
  dataframe: { headers: ['a'], data: [['x'], [1]], metadata: null },
  code: 'def f():\n  pass',
  colorpicker: 'rgba(1, 2, 3, 0.5)',
  datetime: '2026-11-21 10:30:00',
  markdown: '# hi',
  html: '<b>hi</b>',
};

describe('the payload', () => {
  it('of a textbox is its text, newlines kept', async () => {
    const page = await open({ kind: 'textbox' }, '');
    await type(page.it(), 'a\nb');
    expect(await page.sent()).toBe('a\nb');
  });

  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['1e3', 1000],
    [' 7 ', 7],
    ['', null],
  ])('of a number typed as %j is %j', async (text, value) => {
    const page = await open({ kind: 'number' }, 1);
    await type(page.it(), text);
    expect(page.it()).toHaveProperty('value', text);
    expect(await page.sent()).toBe(value);
  });

  it.each(['abc', '1,5', '0x10', '1e999', '--1'])('of a number typed as %j is none: the rule is said', async (text) => {
    const page = await open({ kind: 'number' }, 1);
    await type(page.it(), text);
    expect(page.text()).toContain('Enter a number');
    expect(page.it().getAttribute('aria-invalid')).toBe('true');
    expect(await page.sent()).toBe('nothing was sent');
  });

  it('of a slider is a number, by hand or by its field', async () => {
    const page = await open({ kind: 'slider', minimum: 0, maximum: 10, step: 1 }, 5);
    await choose(page.it(), (input) => (input.value = '7'));
    expect(await page.sent()).toBe(7);
    await type(find(page.root, '[role=spinbutton]'), '8');
    expect(await page.sent()).toBe(8);
    await type(find(page.root, '[role=spinbutton]'), '11');
    expect(page.text()).toContain('Enter a number from 0 to 10.');
  });

  it('of a checkbox is true or false', async () => {
    const page = await open({ kind: 'checkbox' }, false);
    await perform(() => page.it().click());
    expect(await page.sent()).toBe(true);
  });

  it('of a checkbox group is its values in the order of the choices', async () => {
    const page = await open({ kind: 'checkboxgroup', choices }, []);
    const boxes = page.root.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    await perform(() => boxes[2]?.click());
    await perform(() => boxes[0]?.click());
    expect(await page.sent()).toEqual(['r', 3]);
    await perform(() => boxes[2]?.click());
    expect(await page.sent()).toEqual(['r']);
  });

  it('of a radio is the value, a number where it is one', async () => {
    const page = await open({ kind: 'radio', choices }, null);
    await perform(() => page.root.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]?.click());
    expect(await page.sent()).toBe(3);
  });

  it('of a dropdown is the value, or null for none', async () => {
    const page = await open({ kind: 'dropdown', choices }, 'r');
    const select = find(page.root, 'select', HTMLSelectElement);
    const pick = (index: string) =>
      perform(() => {
        select.value = index;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      });
    await pick('2');
    expect(await page.sent()).toBe(3);
    await pick('-1');
    expect(await page.sent()).toBeNull();
  });

  it('of a dropdown with many values is a list, at most as many as allowed', async () => {
    const page = await open({ kind: 'dropdown', choices, multiselect: true, max_choices: 2 }, []);
    page.it().focus();
    await press('ArrowDown');
    for (const key of ['ArrowDown', 'Enter', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter']) await press(key);
    expect(await page.sent()).toEqual(['r', 'g']);
  });

  it('of JSON is the value itself; what is no JSON is said', async () => {
    const page = await open({ kind: 'json' }, null);
    await type(page.it(), '{"a": [1, null]}');
    expect(await page.sent()).toEqual({ a: [1, null] });
    await type(page.it(), '{');
    expect(page.it().getAttribute('aria-invalid')).toBe('true');
  });

  it.each([
    ['#a1b2c3', true],
    ['rgba(1, 2, 3, 0.5)', true],
    ['', true],
    ['reddish', false],
  ])('of a colour typed as %j is itself: %j', async (text, valid) => {
    const page = await open({ kind: 'colorpicker' }, '#000000');
    await type(find(page.root, '#input-0-code'), text);
    expect(await page.sent()).toBe(valid ? text : 'nothing was sent');
  });

  it('of a date and time has seconds', async () => {
    const page = await open({ kind: 'datetime' }, '');
    await choose(page.it(), (input) => (input.value = '2026-01-02T03:04'));
    expect(await page.sent()).toBe('2026-01-02 03:04:00');
  });

  it('of a date without time is the date', async () => {
    const page = await open({ kind: 'datetime', include_time: false }, '2026-01-01');
    await choose(page.it(), (input) => (input.value = '2026-01-02'));
    expect(await page.sent()).toBe('2026-01-02');
  });

  it('of a relative date is left to the function', async () => {
    const page = await open({ kind: 'datetime' }, 'now');
    await type(page.it(), 'now - 5m');
    expect(await page.sent()).toBe('now - 5m');
  });
});

describe('Ctrl+Enter', () => {
  it('submits what is being typed in a combobox', async () => {
    const page = await open({ kind: 'dropdown', choices, allow_custom_value: true }, 'r');
    page.it().focus();
    await type(page.it(), 'Blue');
    await press('Enter', { ctrlKey: true });
    expect(page.host.callsOf('submit')).toEqual([[['Blue']]]);
  });

  it('submits what is being typed in a cell', async () => {
    const page = await open({ kind: 'dataframe' }, { headers: ['a'], data: [['x']], metadata: null });
    find(page.root, '[role=grid] [tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'y']) await press(key);
    await press('Enter', { ctrlKey: true });
    expect(page.host.callsOf('submit')).toEqual([[[{ headers: ['a'], data: [['y']], metadata: null }]]]);
  });
});

describe('rules', () => {
  it.each<[Component, string, string]>([
    [{ kind: 'textbox', max_length: 3 }, 'four', '4 characters, at most 3.'],
    [{ kind: 'textbox', type: 'email' }, 'me', 'Enter an e-mail address'],
    [{ kind: 'number', minimum: 2 }, '1', 'Enter 2 or more.'],
    [{ kind: 'number', maximum: 2 }, '3', 'Enter 2 or less.'],
    [{ kind: 'number', minimum: 1, maximum: 2 }, '3', 'Enter a number from 1 to 2.'],
    [{ kind: 'number', precision: 0 }, '1.5', 'Enter a whole number.'],
  ])('%j refuses %j', async (component, text, rule) => {
    const page = await open(component, null);
    await type(page.it(), text);
    expect(page.text()).toContain(rule);
    expect(await page.sent()).toBe('nothing was sent');
  });
});
