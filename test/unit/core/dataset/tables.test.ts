import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import type { Table } from '../../../../extension/core/dataset/table';
import type { Json } from '../../../../extension/core/json';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flag-review-tables-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tableOf(name: string, content: string | Uint8Array): Promise<Table> {
  const path = join(folder, name);
  await writeFile(path, content);
  return openTable(path);
}

async function scanned(table: Table, columns = table.columns): Promise<Json[][]> {
  const records: Json[][] = [];
  for await (const { from, count, cells } of table.scan(columns)) {
    expect(from).toBe(records.length);
    for (let row = 0; row < count; row++) records.push(cells.map((column) => column[row] ?? null));
  }
  return records;
}

async function indexed(table: Table): Promise<Json[][]> {
  const index = await table.index();
  const { rows } = index;
  const records: Json[][] = [];
  while (records.length < rows) records.push(...(await index.read(records.length, 7)).map((record) => [...record]));
  expect(await index.read(rows, 5)).toEqual([]);
  return records;
}

const utf16 = (text: string, bigEndian = false): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

describe('a CSV table', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '北', '🙂', ',', '"', '\n', '\r\n', ' ', "'"),
    maxLength: 8,
  });
  const encodings = {
    'utf-8': (text: string) => Buffer.from(text),
    mark: (text: string) => Buffer.from(`\ufeff${text}`),
    'utf-16le': utf16,
    'utf-16be': (text: string) => utf16(text, true),
  };

  it('reads what csv-parse reads, in every encoding and with every line end, in order and out of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(...(Object.keys(encodings) as (keyof typeof encodings)[])),
        fc.boolean(),
        async (records, lineEnd, encoding, isTerminated) => {
          const quoted = [['text', 'label'], ...records].map((cells) =>
            cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
          );
          const text = quoted.join(lineEnd) + (isTerminated ? lineEnd : '');
          const table = await tableOf('random.csv', encodings[encoding](text));
          const [columns, ...expected] = parse(text, { relaxColumnCount: true });
          expect(table.columns).toEqual(columns);
          expect(await scanned(table)).toEqual(expected);
          expect(await indexed(table)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('skips empty lines, ends short records in nulls, tells equal names apart', async () => {
    const table = await tableOf('a.csv', '\n\ntext,label,text\n\na,b,c\n\r\n\r\nd\n\n\ne,f\n\n');
    expect(table.columns).toEqual(['text', 'label', 'text (2)']);
    const expected = [
      ['a', 'b', 'c'],
      ['d', null, null],
      ['e', 'f', null],
    ];
    expect(await scanned(table)).toEqual(expected);
    expect(await indexed(table)).toEqual(expected);
    expect(await scanned(table, ['text (2)', 'label'])).toEqual([
      ['c', 'b'],
      [null, null],
      [null, 'f'],
    ]);
  });

  it('reads records that are longer than a piece of the file', async () => {
    const long = 'x"\n,é'.repeat(700_000);
    const table = await tableOf('long.csv', `text,label\n"${long.replaceAll('"', '""')}",a\nshort,b\n`);
    expect(await scanned(table)).toEqual([
      [long, 'a'],
      ['short', 'b'],
    ]);
  });

  it('finds its delimiter and its encoding', async () => {
    const table = await tableOf('a.csv', Buffer.from('text;label\ncaf\xe9, s\xfc\xdf;x\n', 'latin1'));
    expect(table.encoding).toBe('windows-1252');
    expect(await scanned(table)).toEqual([['café, süß', 'x']]);
    expect(await scanned(await tableOf('a.tsv', 'text\tlabel\na,b\tc;d\n'))).toEqual([['a,b', 'c;d']]);
  });

  it.each([
    [
      'too many cells',
      'text,label\na,b\n\n"c\nd",e,f\n',
      /Line 4 of bad.csv has 3 cells, but the header names 2 columns/,
    ],
    ['an open quote', 'text,label\na,b\nc,"d\ne,f\n', /The record in line 3 of bad.csv has a/],
  ])('refuses %s, with the line', async (_, content, message) => {
    const table = await tableOf('bad.csv', content);
    await expect(scanned(table)).rejects.toThrow(message);
  });

  it.each([
    ['empty.csv', '', /empty.csv is empty/],
    ['blank.csv', '\n\n', /no header/],
    ['a.xlsx', 'PK', /a.xlsx is no dataset/],
  ])('%s is refused', async (name, content, message) => {
    await expect(tableOf(name, content)).rejects.toThrow(message);
  });

  it('is refused where there is none, and names the columns there are', async () => {
    await expect(openTable(join(folder, 'nowhere.csv'))).rejects.toThrow(/There is no file/);
    await expect(openTable(folder)).rejects.toThrow(/is a folder/);
    await expect(scanned(await tableOf('a.csv', 'text,label\na,b\n'), ['txt'])).rejects.toThrow(
      /no column "txt".*text.*label/,
    );
  });

  it('stops when it is told to, and says how far it is', async () => {
    const table = await tableOf('much.csv', `text,label\n${'some text,label\n'.repeat(300_000)}`);
    const stop = new AbortController();
    const done: number[] = [];
    const reading = (async () => {
      for await (const { from } of table.scan(['text'], { signal: stop.signal, onProgress: (at) => done.push(at) }))
        if (from > 0) stop.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(done.length).toBeGreaterThan(0);
    await expect(table.index({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  });

  it('is not read on when the file changed', async () => {
    const table = await tableOf('changing.csv', 'text,label\na,b\n');
    const index = await table.index();
    await writeFile(table.path, 'text,label\nother,record\n');
    await expect(index.read(0, 1)).rejects.toThrow(/changed since it was read/);
  });
});

describe('a JSON Lines table', () => {
  it('has the keys of its objects as columns and keeps the types of values', async () => {
    const lines = [
      '{"text": "a", "label": 1}',
      '',
      '{"label": null, "score": NaN, "tags": ["x", {"y": 2}]}',
      '{"text": "\\ud83d\\ude42"}',
    ];
    const table = await tableOf('a.jsonl', lines.join('\r\n'));
    expect(table.columns).toEqual(['text', 'label', 'score', 'tags']);
    const expected = [
      ['a', 1, null, null],
      [null, null, NaN, ['x', { y: 2 }]],
      ['🙂', null, null, null],
    ];
    expect(await scanned(table)).toEqual(expected);
    expect(await indexed(table)).toEqual(expected);
  });

  it.each([
    ['{"a": 1}\n[2]\n', /Line 2 of bad.jsonl is no object/],
    ['{"a": 1}\n\n{"a": \n', /Line 3/],
    ['[]', /Line 1/],
  ])('refuses %j', async (content, message) => {
    await expect(tableOf('bad.jsonl', content)).rejects.toThrow(message);
  });
});

describe('a Parquet table', () => {
  const write = async (columnData: Parameters<typeof parquetWrite>[0]['columnData'], rowGroupSize = 2) => {
    const writer = new ByteWriter();
    await parquetWrite({ writer, columnData, rowGroupSize });
    return new Uint8Array(writer.getBuffer());
  };

  it('is read by row groups, only the columns that are asked for', async () => {
    const table = await tableOf(
      'a.parquet',
      await write([
        { name: 'text', data: ['a', 'é', '', 'd', 'e'], type: 'STRING' },
        { name: 'label', data: [0n, 1n, 2n ** 60n, 3n, 4n], type: 'INT64' },
        { name: 'score', data: [0.5, 1, NaN, -1, 0.25], type: 'DOUBLE' },
        { name: 'tags', data: [['x'], [], ['y', 'z'], [], ['w']], type: 'JSON' },
      ]),
    );
    expect(table.columns).toEqual(['text', 'label', 'score', 'tags']);
    const expected = [
      ['a', 0, 0.5, ['x']],
      ['é', 1, 1, []],
      ['', String(2n ** 60n), NaN, ['y', 'z']],
      ['d', 3, -1, []],
      ['e', 4, 0.25, ['w']],
    ];
    expect(await scanned(table)).toEqual(expected);
    expect(await indexed(table)).toEqual(expected);
    expect(await scanned(table, ['score', 'text'])).toEqual(expected.map(([text, , score]) => [score, text]));
  });

  it('is known by its beginning, whatever its name', async () => {
    const table = await tableOf('data.csv', await write([{ name: 'text', data: ['a'], type: 'STRING' }]));
    expect(table.format).toBe('parquet');
  });

  it('is refused when it is cut', async () => {
    const whole = await write([{ name: 'text', data: ['a', 'b'], type: 'STRING' }]);
    await expect(tableOf('cut.parquet', whole.subarray(0, whole.length - 9))).rejects.toThrow(
      /cannot be read as Parquet/,
    );
  });
});
