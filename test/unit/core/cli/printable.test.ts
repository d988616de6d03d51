import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../../../extension/core/cli/printable';

describe('text for a terminal', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['a\0b\u009b', 'a\\u0000b\\u009b'],
    ['paid\rlost', 'paid\\u000dlost'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['one\r\n\ttwo\n', 'one\r\n\ttwo\n'],
    ['שלום 👩‍🔬', 'שלום 👩‍🔬'],
  ])('%j becomes %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('holds nothing that acts on the terminal, and keeps plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text).replaceAll('\r\n', '\n')).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => printable(text) === text));
  });
});
