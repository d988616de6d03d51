import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenTable } from '../../../../extension/core/labels/tokenTable';

it('numbers words as a Map does, whatever they are made of', () => {
  const word = fc.oneof(
    fc.string({ minLength: 1, maxLength: 4 }),
    fc.string({ unit: fc.constantFrom('a', 'b', '北', '🙂'), minLength: 1, maxLength: 3 }),
    fc.nat({ max: 5000 }).map((number) => `w${number}`),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3000, size: 'max' }), (words) => {
      const table = new TokenTable();
      const numbers = new Map<string, number>();
      for (const one of words) {
        const text = `<${one}>`;
        if (!numbers.has(one)) numbers.set(one, numbers.size);
        expect(table.idOf(text, 1, text.length - 1)).toBe(numbers.get(one));
      }
      expect(table.words()).toEqual([...numbers.keys()]);
    }),
    { numRuns: 30 },
  );
});
