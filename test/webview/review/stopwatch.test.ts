import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedParts } from '../../../webview/review/reason';
import { Stopwatch } from '../../../webview/review/stopwatch';

describe('the time that a record is looked at', () => {
  it('counts while the page is seen and somebody is there', () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    watch.restart();
    now = 10_000;
    watch.pause();
    now = 500_000;
    watch.resume();
    now = 502_500;
    expect(watch.read()).toBe(12.5);
    now = 3_000_000;
    expect(watch.read()).toBe(72.5);
    watch.restart();
    expect(watch.read()).toBe(0);
  });

  it('is five minutes at most', () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    watch.restart();
    for (; now < 1_000_000; now += 30_000) watch.signOfLife();
    expect(watch.read()).toBe(300);
  });
});

describe('the marked parts of a text', () => {
  it('are the text, whatever the tokens are', () => {
    const token = fc.record({ start: fc.nat(40), end: fc.nat(40), contribution: fc.double({ noNaN: true }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(token), (text, tokens) => {
        const parts = markedParts(text, tokens);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        expect(parts.every(({ strength }) => strength >= 0 && strength <= 100)).toBe(true);
      }),
    );
  });
});
