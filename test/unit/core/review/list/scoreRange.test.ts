import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScoreRange, scoreRangeText } from '../../../../../extension/core/review/list/scoreRange';

describe('a range of scores', () => {
  it.each([
    ['0–0.2', [0, 0.2]],
    ['0.1 - .5', [0.1, 0.5]],
    [' 0.1 0.5 ', [0.1, 0.5]],
    ['0.3', [0, 0.3]],
    ['1e-5–1e-3', [0.00001, 0.001]],
  ])('is read from %j', (text, range) => {
    expect(parseScoreRange(text)).toEqual(range);
  });

  it.each(['', 'a', '0.5–0.1', '0–2', '0 0.1 0.2', '-1–0', '0–', 'NaN'])('is none in %j', (text) => {
    expect(parseScoreRange(text)).toBeUndefined();
  });

  it('is the same after it was written', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, (a, b) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const;
        expect(parseScoreRange(scoreRangeText(range))?.map((end) => end + 0)).toEqual(range.map((end) => end + 0));
      }),
    );
  });
});
