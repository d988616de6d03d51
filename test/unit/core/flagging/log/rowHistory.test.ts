import { describe, expect, it } from 'vitest';
import { RowHistory } from '../../../../../extension/core/flagging/log/rowHistory';

describe('a row that was seen in an older version', () => {
  it('is the same until it is touched itself, or rows before it come or go', () => {
    const history = new RowHistory(1);
    history.add({ version: 2, first: 5, last: 5, shifts: false });
    history.add({ version: 3, first: 9, last: 9, shifts: true });
    expect([0, 4, 5, 6, 8, 9, 10].map((row) => history.isSame(row, 1))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(history.isSame(5, 2)).toBe(true);
    expect(history.isSame(10, 3)).toBe(true);
  });

  it('is not the same when the version is older than what is known', () => {
    const history = new RowHistory(4);
    expect(history.isSame(0, 3)).toBe(false);
    for (let version = 5; version < 1100; version++) history.add({ version, first: 7, last: 7, shifts: false });
    expect(history.isSame(0, 4)).toBe(false);
    expect(history.isSame(0, 1000)).toBe(true);
    history.reset(1200);
    expect(history.isSame(0, 1100)).toBe(false);
    expect(history.isSame(0, 1200)).toBe(true);
  });
});
