import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../extension/core/json';
import { hashedColumns, hashOfRecord } from '../../../../extension/core/review/recordHash';

const firstDigits = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);

describe('the hash of a record', () => {
  it('is that of its text, as anybody can compute it', () => {
    const ofText = hashedColumns(['id', 'text', 'label'], 'text', 'label');
    expect(ofText.columns).toEqual(['text']);
    expect(hashOfRecord(ofText, ['hello'])).toBe('2cf24dba5fb0a30e');
    expect(hashOfRecord(ofText, ['zażółć 🦆'])).toBe(firstDigits('zażółć 🦆'));
    expect(hashOfRecord(ofText, [null])).toBe(firstDigits(''));
    expect(hashOfRecord(ofText, [12])).toBe(firstDigits('12'));
  });

  it('is that of all cells but the label where there is no text column', () => {
    const ofAll = hashedColumns(['b', 'label', 'a'], null, 'label');
    expect(ofAll.columns).toEqual(['b', 'a']);
    expect(hashOfRecord(ofAll, [1, { y: [true, null], x: 'é' }])).toBe(
      firstDigits('{"a":{"x":"é","y":[true,null]},"b":1}'),
    );
    expect(hashOfRecord(ofAll, [NaN])).toBe(firstDigits('{"a":null,"b":NaN}'));
  });

  it('stays the same when columns or keys change places', () => {
    const cells = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(cells, (record) => {
        const names = Object.keys(record);
        const turned = names.toReversed();
        const hash = (columns: readonly string[]): string =>
          hashOfRecord(
            hashedColumns(columns, null, ''),
            hashedColumns(columns, null, '').columns.map((name) => (record[name] ?? null) as Json),
          );
        expect(hash(turned)).toBe(hash(names));
      }),
    );
  });
});
