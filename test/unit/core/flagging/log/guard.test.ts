import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, unguarded } from '../../../../../extension/core/flagging/log/guard';

describe('the guard against formulas', () => {
  it('is what the log’s era writes', () => {
    expect(guarded('=1+1', 'text', { era: 'E' })).toBe("'=1+1");
    expect(guarded('=1+1', 'text', { era: 'A' })).toBe('=1+1');
    expect(guarded('\rx', 'text', { era: 'guide' })).toBe("'\rx");
    expect(guarded('[-1]', 'json', { era: 'F2' })).toBe('[-1]');
    expect(guarded('=1+1', 'text', { era: 'unknown' })).toBe('=1+1');
  });

  it('is not put before a number of a column of numbers', () => {
    expect(guarded('-2.5', 'number', { era: 'guide' })).toBe('-2.5');
    expect(guarded('-2.5', 'text', { era: 'guide' })).toBe("'-2.5");
    expect(guarded('-2.5*cmd', 'number', { era: 'guide' })).toBe("'-2.5*cmd");
  });

  it('is taken off where it stands only as a guard', () => {
    expect(unguarded("'=1+1", { era: 'E' })).toBe('=1+1');
    expect(unguarded("'tis", { era: 'E' })).toBe("'tis");
    expect(unguarded("'=1+1", { era: 'unknown' })).toBe("'=1+1");
  });

  it('comes back when a text is edited and nothing is changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', "'", ',', '-', 'a', '\n') }), (text) => {
        const cell = guarded(text, 'text', { era: 'E' });
        expect(guarded(unguarded(cell, { era: 'E' }), 'text', { era: 'E' })).toBe(cell);
      }),
    );
  });
});
