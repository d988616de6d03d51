import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasMixedLineEnds, restoreLineEnds } from '../../../../../extension/core/flagging/log/lineEnds';

const unified = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

const text = fc
  .array(fc.tuple(fc.constantFrom('', 'a', 'b', '"x', 'y",1'), fc.constantFrom('\n', '\r\n', '\r')))
  .map((lines) => lines.flat().join(''));

describe('line ends of several kinds', () => {
  it('are found', () => {
    expect(hasMixedLineEnds('a\r\n"b\nc"\r\n')).toBe(true);
    expect(hasMixedLineEnds('a\r\nb\r\n')).toBe(false);
    expect(hasMixedLineEnds('a')).toBe(false);
  });

  it('come back as they were when nothing else changed', () => {
    fc.assert(
      fc.property(text, (before) => {
        expect(restoreLineEnds(before, unified(before))).toBe(before);
      }),
    );
  });

  it('are all that may change', () => {
    fc.assert(
      fc.property(text, text, (before, saved) => {
        expect(unified(restoreLineEnds(before, unified(saved)))).toBe(unified(saved));
      }),
    );
  });

  it('stay in every line around an edited, a removed and an added one', () => {
    const before = 'h\r\n1,"a\nb"\r\n2,c\r\n3,"d\n\ne"\r\n4,f\r\n5,"g\nh"\r\n';
    const saved = unified(before).replace('2,c', '2,C').replace('4,f\r\n', '').concat('6,i\r\n');
    expect(restoreLineEnds(before, saved)).toBe('h\r\n1,"a\nb"\r\n2,C\r\n3,"d\n\ne"\r\n5,"g\nh"\r\n6,i\r\n');
  });

  it('leave a missing final line end missing', () => {
    expect(restoreLineEnds('a\nb\r\nc\r\n', 'a\r\nb\r\nc')).toBe('a\nb\r\nc');
    expect(restoreLineEnds('a\nb\r\nc', 'a\r\nb\r\nc\r\n')).toBe('a\nb\r\nc\r\n');
  });
});
