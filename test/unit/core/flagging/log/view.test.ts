import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCell, isWhole, matchingRows, QueryCache } from '../../../../../extension/core/flagging/log/view';
import type { LogQuery } from '../../../../../extension/protocol/log';

const all: LogQuery = { search: '', filters: [], sort: null };
const log = (rows: readonly (readonly string[])[]) => ({ count: rows.length, cells: (row: number) => rows[row] ?? [] });
const sorted = (cells: readonly string[], descending = false) =>
  matchingRows(log(cells.map((cell) => [cell])), { ...all, sort: { column: 0, descending } }).map((row) => cells[row]);

describe('a view of the rows', () => {
  const people = log([
    ['Ada', '10', 'wrong'],
    ['Björn', '9', 'other'],
    ['ADAM', '2'],
    ['Eve', '', 'wrong, too'],
  ]);

  it('has every row of the file, in its order, when nothing is asked', () => {
    expect(matchingRows(people, all)).toEqual([0, 1, 2, 3]);
    expect(isWhole(all)).toBe(true);
    expect(isWhole({ ...all, filters: [{ column: 1, contains: '' }] })).toBe(true);
    expect(isWhole({ ...all, search: 'a' })).toBe(false);
  });

  it('finds a text anywhere in a row, whatever the case', () => {
    expect(matchingRows(people, { ...all, search: 'ada' })).toEqual([0, 2]);
    expect(matchingRows(people, { ...all, search: 'BJÖRN' })).toEqual([1]);
  });

  it('filters by several columns at once; a ragged row has no cell there', () => {
    const filters = [
      { column: 0, contains: 'a' },
      { column: 2, contains: 'wrong' },
    ];
    expect(matchingRows(people, { ...all, filters })).toEqual([0]);
  });

  it('sorts numbers by value, texts behind them, and what is empty last in both directions', () => {
    expect(sorted(['row10', '', '10', "'-3", 'row9', '9', '1e1'])).toEqual([
      "'-3",
      '9',
      '10',
      '1e1',
      'row9',
      'row10',
      '',
    ]);
    expect(sorted(['b', '', '2', '10'], true)).toEqual(['b', '10', '2', '']);
  });

  it('keeps rows that compare alike in the order of the file', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'A', '1', '')), fc.boolean(), (cells, descending) => {
        const rows = matchingRows(log(cells.map((cell) => [cell])), { ...all, sort: { column: 0, descending } });
        expect([...rows].sort((a, b) => a - b)).toEqual([...cells.keys()]);
        rows.slice(1).forEach((row, index) => {
          const before = rows[index] ?? 0;
          if (cells[row]?.toLowerCase() === cells[before]?.toLowerCase()) expect(row).toBeGreaterThan(before);
        });
      }),
    );
  });

  it('is computed once for a version and a query', () => {
    let reads = 0;
    const counted = { count: 3, cells: () => [`${reads++}`] };
    const cache = new QueryCache();
    const query = { ...all, search: 'x' };
    cache.rows(counted, 1, query);
    cache.rows(counted, 1, { ...query });
    expect(reads).toBe(3);
    cache.rows(counted, 2, query);
    expect(reads).toBe(6);
  });
});

describe('finding in a view', () => {
  const cells = log([
    ['x', 'hit'],
    ['hit', 'hit'],
    ['y', 'z'],
  ]);
  const rows = [2, 1, 0];
  const from = (position: number, column: number) => ({ position, column });

  it('goes on in the order of the view and around its end', () => {
    expect(findCell(cells, rows, 'HIT', from(0, 0), false)).toEqual({ position: 1, row: 1, column: 0 });
    expect(findCell(cells, rows, 'hit', from(1, 0), false)).toEqual({ position: 1, row: 1, column: 1 });
    expect(findCell(cells, rows, 'hit', from(2, 1), false)).toEqual({ position: 1, row: 1, column: 0 });
  });

  it('goes backwards', () => {
    expect(findCell(cells, rows, 'hit', from(1, 0), true)).toEqual({ position: 2, row: 0, column: 1 });
    expect(findCell(cells, rows, 'hit', from(1, 1), true)).toEqual({ position: 1, row: 1, column: 0 });
  });

  it('comes back to the only cell, and says when there is none', () => {
    expect(findCell(cells, rows, 'z', from(0, 1), false)).toEqual({ position: 0, row: 2, column: 1 });
    expect(findCell(cells, rows, 'nowhere', from(0, 0), false)).toBeNull();
    expect(findCell(cells, [], 'x', from(0, 0), false)).toBeNull();
  });
});
