import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineAdjacent } from '../../../webview/ui/outputs/highlight';
import { HighlightedTextOutput } from '../../../webview/ui/outputs/HighlightedTextOutput';
import { find, mount, perform, press, texts } from './mount';

const sentence = [
  { token: 'Ada', class_or_confidence: 'PER' },
  { token: ' in ', class_or_confidence: null },
  { token: 'London', class_or_confidence: 'LOC' },
  { token: '!', class_or_confidence: null },
];
const scored = [
  { token: 'very ', class_or_confidence: 0 },
  { token: 'good', class_or_confidence: 0.98765 },
  { token: ' and ', class_or_confidence: null },
  { token: 'bad', class_or_confidence: -1 },
];

describe('categories', () => {
  it('are named in the legend and beside each span', () => {
    const root = mount(<HighlightedTextOutput tokens={sentence} component={{ kind: 'highlightedtext' }} />);
    expect(texts(root, '.legend li')).toEqual(['PER', 'LOC']);
    expect(texts(root, '.category-name')).toEqual(['PER', 'LOC']);
    expect(find(root, '.highlighted-text').textContent).toBe('AdaPER in LondonLOC!');
  });

  it('take their colours from the definition, else from the theme', () => {
    const component = { kind: 'highlightedtext', color_map: { PER: '#ff0000' }, show_legend: false } as const;
    const root = mount(<HighlightedTextOutput tokens={sentence} component={component} />);
    const colours = [...root.querySelectorAll<HTMLElement>('mark')].map(({ style }) =>
      style.getPropertyValue('--mark'),
    );
    expect(colours).toEqual(['#ff0000', 'var(--vscode-charts-orange, currentColor)']);
    expect(root.querySelector('.legend')).toBeNull();
  });

  it('keep a colour_map from reaching beyond a colour', () => {
    const component = {
      kind: 'highlightedtext',
      color_map: { PER: 'red; background: url(https://evil.example)' },
    } as const;
    const root = mount(<HighlightedTextOutput tokens={sentence} component={component} />);
    expect(find(root, 'mark').style.background).toBe('');
  });
});

describe('scores', () => {
  it('are told by number, sign and shade', () => {
    const root = mount(<HighlightedTextOutput tokens={scored} component={{ kind: 'highlightedtext' }} />);
    expect(texts(root, '.score-value')).toEqual(['0', '+0.988', '-1']);
    expect(texts(root, 'mark.negative')).toEqual(['bad-1']);
  });

  it('are one tab stop, with the arrow keys between them', async () => {
    const root = mount(<HighlightedTextOutput tokens={scored} component={{ kind: 'highlightedtext' }} />);
    const stop = find(root, '[tabindex="0"]');
    expect(stop.textContent).toContain('very');
    await perform(() => stop.focus());
    await press('ArrowRight');
    await press('ArrowRight');
    await press('ArrowRight');
    expect(document.activeElement?.textContent).toContain('bad');
    expect([...root.querySelectorAll('[tabindex="0"]')]).toEqual([document.activeElement]);
  });
});

describe('combineAdjacent', () => {
  const token = fc.record({
    token: fc.string(),
    class_or_confidence: fc.constantFrom('A', 'B', null),
  });

  it('keeps the text and leaves no equal neighbours', () => {
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        const combined = combineAdjacent(tokens);
        const text = (list: typeof combined) => list.map((item) => item.token).join('');
        expect(text(combined)).toBe(text(tokens));
        const marks = combined.map((item) => item.class_or_confidence);
        expect(marks.some((mark, index) => index > 0 && mark === marks[index - 1])).toBe(false);
      }),
    );
  });
});
