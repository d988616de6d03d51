// @vitest-environment jsdom
// DOMPurify supports jsdom and browsers; other imitations of the DOM give it wrong answers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Component } from '../../../extension/core/demo/components';
import { OutputView } from '../../../webview/ui/outputs/OutputView';
import { components, file } from './kinds';
import { button, find, mount, perform, texts } from './mount';

const context = { openLink: () => undefined, saveFile: () => undefined };

function show(component: Component, value: unknown, saveFile: (path: string) => void = () => undefined): HTMLElement {
  return mount(<OutputView component={component} value={value} context={{ ...context, saveFile }} />);
}

describe('any output', () => {
  it('says calmly that there is nothing yet, and draws no state', () => {
    for (const component of components) {
      const text = show(component, null).textContent;
      expect(text, component.kind).toBe(component.kind === 'state' ? '' : 'Nothing here yet.');
    }
  });

  it('survives every value, and shows what it does not understand as it came', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...components), value, (component, payload) => {
        const root = show(component, payload);
        expect(root.firstElementChild !== null).toBe(component.kind !== 'state');
        root.remove();
      }),
      { numRuns: 300 },
    );
  });

  it('survives values that are almost right', () => {
    const field = fc.oneof(fc.constant(file('a.png')), fc.jsonValue({ maxDepth: 1 }), fc.constant(undefined));
    const almost = fc.record(
      {
        ...{ label: field, confidences: field, image: field, annotations: field, video: field, caption: field },
        ...{ type: field, plot: field, headers: field, data: field, token: field, class_or_confidence: field },
        ...{ path: fc.string(), url: field, size: field, orig_name: field },
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...components), fc.oneof(almost, fc.array(almost)), (component, payload) => {
        const root = show(component, payload);
        expect(root.querySelectorAll('script, iframe, [onerror]').length).toBe(0);
        root.remove();
      }),
      { numRuns: 300 },
    );
  });

  it('says so when a value has the wrong shape', () => {
    const root = show({ kind: 'number' }, { hello: 'world' });
    expect(root.textContent).toContain('not a number value');
    expect(root.textContent).toContain('hello: "world"');
  });

  it('never takes text for markup, except where markup is meant and cleaned', () => {
    const attack = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const payloads: Readonly<Record<string, unknown>> = {
      checkboxgroup: [attack],
      label: { label: attack, confidences: [{ label: attack, confidence: 1 }] },
      highlightedtext: [{ token: attack, class_or_confidence: attack }],
      dataframe: { headers: [attack], data: [[attack]], metadata: null },
      json: { [attack]: attack },
      plot: { type: attack, plot: attack },
    };
    for (const component of components) {
      const root = show(component, payloads[component.kind] ?? attack);
      expect(root.querySelectorAll('script, [onerror], img[src="x"]').length, component.kind).toBe(0);
    }
  });
});

describe('simple values', () => {
  it('shows numbers as JavaScript writes them, and those that are none', () => {
    const shown = [-2.5, 0.1 + 0.2, 1e21, NaN, Infinity, -Infinity].map(
      (value) => find(show({ kind: 'number' }, value), '.output-number').textContent,
    );
    expect(shown).toEqual(['-2.5', '0.30000000000000004', '1e+21', 'NaN', '∞', '−∞']);
  });

  it('shows choices by their labels and others as they are', () => {
    const choices = [
      ['Red', 'r'],
      ['One', 1],
    ] as const;
    expect(show({ kind: 'radio', choices }, 'r').textContent).toBe('Red');
    expect(show({ kind: 'dropdown', choices, multiselect: true }, ['r', 'own']).textContent).toBe('Redown');
    expect(show({ kind: 'dropdown', choices, multiselect: true }, []).textContent).toBe('None chosen.');
    expect(texts(show({ kind: 'checkboxgroup', choices }, [1, 'x']), 'li')).toEqual(['☐Red', '☑One', '☑x']);
  });

  it('copies text whole', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
    });
    const text = 'two\nlines  and \u202E marks';
    const root = show({ kind: 'textbox' }, text);
    await perform(() => button(root, 'Copy').click());
    expect(copied).toEqual([text]);
    expect(root.textContent).toContain('Copied');
  });

  it('says when the clipboard refuses', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('no')) },
    });
    const root = show({ kind: 'code' }, 'x = 1');
    await perform(() => button(root, 'Copy').click());
    expect(root.textContent).toContain('Copying failed');
  });
});

describe('label', () => {
  const confidences = [
    { label: 'dog', confidence: 0.2 },
    { label: 'cat', confidence: 0.7512 },
    { label: 'none', confidence: null },
    { label: 'odd', confidence: NaN },
    { label: 'bird', confidence: 0.2 },
  ];

  it('puts the top class in a heading and the classes below, the most confident first', () => {
    const root = show({ kind: 'label' }, { label: 'cat', confidences });
    expect(find(root, 'h3').textContent).toBe('cat');
    expect(texts(root, 'li')).toEqual(['cat75.1%', 'dog20%', 'bird20%', 'noneno confidence', 'oddNaN']);
    expect(root.querySelector('progress')?.getAttribute('aria-label')).toBe('cat: 75.1%');
  });

  it('shows as many classes as asked for', () => {
    expect(texts(show({ kind: 'label', num_top_classes: 2 }, { label: 'cat', confidences }), 'li')).toHaveLength(2);
    expect(texts(show({ kind: 'label' }, { label: 'cat', confidences: null }), 'li')).toEqual([]);
  });
});

describe('files', () => {
  it('saves by the path of the host and never by the address of the page', async () => {
    const saved: string[] = [];
    const files = [file('a.pdf'), file('b.pdf', { url: null, size: null })];
    const root = show({ kind: 'file' }, files, (path) => saved.push(path));
    expect(texts(root, 'li')).toEqual(['a.pdf1.23 KBSave…', 'b.pdfSave…']);
    await perform(() => button(root, 'Save b.pdf…').click());
    expect(saved).toEqual(['token/b.pdf']);
  });

  it('says that a picture or sound cannot be shown, and still offers to save it', async () => {
    for (const kind of ['image', 'audio', 'video'] as const) {
      const root = show({ kind }, file('x.bin'));
      const element = find(root, 'img, audio, video');
      await perform(() => void element.dispatchEvent(new Event('error')));
      expect(root.textContent).toMatch(/x\.bin cannot be (shown|played) here/);
      expect(button(root, 'Save x.bin…')).toBeTruthy();
    }
  });

  it('gives a picture its label as alternative text, and its own size on demand', async () => {
    const root = show({ kind: 'image', label: 'Segmented' }, file('x.png'));
    const image = find(root, 'img', HTMLImageElement);
    expect(image.alt).toBe('Segmented');
    await perform(() => void image.dispatchEvent(new Event('load')));
    await perform(() => button(root, 'Actual size').click());
    expect(button(root, 'Actual size').getAttribute('aria-pressed')).toBe('true');
    expect(find(root, '.output-picture').getAttribute('aria-label')).toBe('Segmented');
  });

  it('shows a plot that is a picture, and explains one that is data', () => {
    const picture = show({ kind: 'plot', label: 'Fit' }, { type: 'matplotlib', plot: 'data:image/png;base64,AAAA' });
    expect(find(picture, 'img', HTMLImageElement).alt).toBe('Fit');
    const data = show({ kind: 'plot' }, { type: 'plotly', plot: '{"data":[]}' });
    expect(data.textContent).toContain('image exporter');
    expect(data.textContent).toContain('data: []');
  });
});

describe('annotatedimage', () => {
  it('switches masks by the legend', async () => {
    const root = show(
      { kind: 'annotatedimage', color_map: { cat: '#ff0000' } },
      { image: file('base.png'), annotations: ['cat', 'dog'].map((label) => ({ image: file(`${label}.png`), label })) },
    );
    const masks = () => [...root.querySelectorAll<HTMLImageElement>('.mask')].map(({ src }) => src.split('/').at(-1));
    expect(find(root, '.annotated > img', HTMLImageElement).alt).toBe('Image, cat, dog');
    const cat = find(root, '.legend button', HTMLButtonElement);
    await perform(() => cat.click());
    expect(masks()).toEqual(['dog.png']);
    expect(cat.getAttribute('aria-pressed')).toBe('false');
    await perform(() => cat.click());
    expect(masks()).toEqual(['cat.png', 'dog.png']);
  });

  it('brings forward the mask whose switch has the focus', async () => {
    const annotations = ['cat', 'dog'].map((label) => ({ image: file(`${label}.png`), label }));
    const root = show({ kind: 'annotatedimage' }, { image: file('base.png'), annotations });
    await perform(() => find(root, '.legend button').focus());
    expect([...root.querySelectorAll('.mask')].map(({ className }) => className)).toEqual([
      'mask strong',
      'mask faint',
    ]);
  });
});
