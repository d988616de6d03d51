import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFiltered, readQuery } from '../../../../../extension/core/review/list/storedQuery';

describe('a stored query', () => {
  it('is read as it was written', () => {
    const query = {
      given: 'ham',
      suggested: 'spam',
      status: 'pending',
      scores: [0, 0.5],
      text: 'free',
      sort: 'row',
    } as const;
    expect(readQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
  });

  it('is never more than a query, whatever is stored', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const query = readQuery(stored);
        expect(readQuery(query)).toEqual(query);
      }),
    );
    expect(readQuery({ status: 'nonsense', scores: [1, 0], sort: 7, text: '' })).toEqual({});
  });

  it('filters by any part but the order', () => {
    expect(isFiltered(readQuery({ sort: 'row' }))).toBe(false);
    expect(isFiltered(readQuery({ status: 'keep' }))).toBe(true);
  });
});
