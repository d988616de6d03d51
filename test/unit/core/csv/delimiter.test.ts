import { describe, expect, it } from 'vitest';
import { guessDelimiter } from '../../../../extension/core/csv/delimiter';

describe('guessDelimiter', () => {
  it('guesses by the header alone, outside quotes', () => {
    expect(guessDelimiter('"a,b,c";d\n1,2,3,4')).toBe(';');
    expect(guessDelimiter('a|b|c\n')).toBe('|');
    expect(guessDelimiter('one\n')).toBe(',');
  });
});
