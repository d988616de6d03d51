import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { testFiles } from './folder';
import { rowsOf } from './rows';

const write = testFiles();

describe('a table of JSON Lines', () => {
  it('has what was written, by scanning and by its index', async () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', '__proto__'), fc.jsonValue(), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        async (objects, end) => {
          const text = objects.map((each) => JSON.stringify(each)).join(end);
          // Longer integers become texts.
          fc.pre(!/[:[,]-?\d{16}/.test(text));
          const table = await openTable(await write('data.jsonl', text));
          expect(table.columns).toEqual([...new Set(objects.flatMap((each) => Object.keys(each)))]);
          const expected = text
            .split(/[\r\n]+/)
            .map((line) => new Map(Object.entries(JSON.parse(line) as object)))
            .map((record) => table.columns.map((name): unknown => record.get(name) ?? null));
          expect(await rowsOf(table)).toEqual(expected);
          expect(await (await table.index()).read(0, objects.length)).toEqual(expected);
        },
      ),
    );
  });

  it('keeps types, NaN, and every digit of long integers', async () => {
    const lines = [
      '{"id": 12345678901234567890, "p": NaN, "q": 0.1234567890123456}',
      '{"tags": ["a"], "id": 7, "p": true}',
    ];
    const table = await openTable(await write('data.ndjson', lines.join('\n')));
    expect(table.columns).toEqual(['id', 'p', 'q', 'tags']);
    expect(await rowsOf(table)).toEqual([
      ['12345678901234567890', NaN, 0.1234567890123456, null],
      [7, true, null, ['a']],
    ]);
  });

  it('names its columns by the first thousand records', async () => {
    const lines = Array.from({ length: 30_000 }, (_, row) => JSON.stringify({ row, [`key${row}`]: 'x'.repeat(100) }));
    const table = await openTable(await write('data.jsonl', lines.join('\n')));
    expect(table.columns).toHaveLength(1001);
    const rows = await rowsOf(table, ['row', 'key999']);
    expect(rows).toHaveLength(30_000);
    expect([rows[999], rows[29_999]]).toEqual([
      [999, 'x'.repeat(100)],
      [29_999, null],
    ]);
  });

  it.each([
    ['{"a": 1}\n\n{"a": 2\n', 'Line 3 of data.jsonl is no JSON. Every line has to be one complete object.'],
    [
      '{"a": 1}\n[1, 2]\n',
      'Line 2 of data.jsonl is no object. Write one object per line, from column names to values.',
    ],
    ['\ufeff"text"\n', 'Line 1 of data.jsonl is no object. Write one object per line, from column names to values.'],
  ])('names the line that is wrong in %j', async (content, message) => {
    const opening = openTable(await write('data.jsonl', content));
    await expect(opening).rejects.toMatchObject({ name: 'ExpectedError', message });
  });
});
