import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { stage } from '../../../../../extension/core/hub/staging/stage';
import { rowsOf } from '../../dataset/rows';
import { rowsOfSplit, staging, typesOf } from '../staged';

const files = staging();

describe('a CSV as Parquet', () => {
  it('keeps texts that look like numbers or like nothing', async () => {
    const staged = await files.stage('a.csv', {
      'a.csv': 'id,code,note,n,f,b\n1,001,NA,5,0.5,true\n2,+7,-5x,,1,false\n-3,1e5,,7,2.25,\n',
    });
    expect(typesOf(staged)).toEqual({
      id: 'int64',
      code: 'string',
      note: 'string',
      n: 'int64',
      f: 'float64',
      b: 'bool',
    });
    expect(await rowsOfSplit(staged)).toEqual([
      [1, '001', 'NA', 5, 0.5, true],
      [2, '+7', '-5x', null, 1, false],
      [-3, '1e5', '', 7, 2.25, null],
    ]);
  });

  it('gives back every text as it was written, or the number that is written so', async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.double().map(String),
      fc.constantFrom('NA', 'null', '01', '-0', '1.50', '9223372036854775808', 'True', ''),
    );
    const columns = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(columns, async (rows) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const csv = ['a,b,c', ...rows.map((row) => row.map(quoted).join())].join('\n');
        const staged = await files.stage('a.csv', { 'a.csv': csv });
        const read = await rowsOfSplit(staged);
        const types = Object.values(typesOf(staged));
        for (const [at, row] of rows.entries()) {
          for (const [column, text] of row.entries()) {
            const value = read[at]?.[column];
            if (types[column] === 'string') expect(value).toBe(Buffer.from(text).toString());
            else if (text === '') expect(value).toBeNull();
            else if (types[column] === 'bool') expect(JSON.stringify(value)).toBe(text.toLowerCase());
            else expect([text, text.replace(/\.0$/, '')]).toContain(typeof value === 'number' ? String(value) : value);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('JSON Lines as Parquet', () => {
  it('keeps types, keys that come late, and what is nested', async () => {
    const staged = await files.stage('a.jsonl', {
      'a.jsonl': [
        '{"id": 1234567890123456789, "x": 1.0, "s": {"a": 1}, "mixed": 1, "l": [1, 2]}',
        '{"id": 5, "x": 2.5, "s": {"a": 2, "b": ["x", null]}, "mixed": {"a": 1.0}, "l": []}',
        '{"id": null, "mixed": "x", "late": true}',
      ].join('\n'),
    });
    expect(typesOf(staged)).toEqual({
      id: 'int64',
      x: 'float64',
      s: { a: 'int64', b: { list: 'string' } },
      mixed: 'json',
      l: { list: 'int64' },
      late: 'bool',
    });
    expect(await rowsOfSplit(staged)).toMatchObject([
      ['1234567890123456789', 1, { a: 1 }, 1, [1, 2], null],
      [5, 2.5, { a: 2, b: ['x', null] }, { a: 1 }, [], null],
      [null, null, null, 'x', null, true],
    ]);
  });

  it('keeps what is nested as deep as Python reads it', async () => {
    const nested = (levels: number): string => `{"a": ${'['.repeat(levels)}1${']'.repeat(levels)}}\n`;
    const staged = await files.stage('a.jsonl', { 'a.jsonl': nested(800) });
    expect(JSON.stringify(await rowsOfSplit(staged))).toContain('['.repeat(800) + '1');
    for (const levels of [1000, 50_000]) {
      const staging = files.stage('a.jsonl', { 'a.jsonl': `{"a": null}\n${nested(levels)}` });
      await expect(staging).rejects.toThrow('Line 2 of a.jsonl is nested more than 900 levels deep');
    }
  });

  it('gives back every value', async () => {
    const value = fc.jsonValue({ maxDepth: 2 }).filter((json) => !JSON.stringify(json).includes('{'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: value, b: fc.integer(), c: fc.string() }), { minLength: 1 }),
        async (rows) => {
          const jsonl = rows.map((row) => JSON.stringify(row)).join('\n');
          const source = join(await files.folder({ 'a.jsonl': jsonl }), 'a.jsonl');
          const staged = await files.stage('a.jsonl', { 'a.jsonl': jsonl });
          expect(await rowsOfSplit(staged)).toEqual(await rowsOf(await openTable(source)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('labels', () => {
  it('are numbers with sorted names; nobody’s label is null', async () => {
    const staged = await files.stage('a.csv', { 'a.csv': 't,l\na,spam\nb,\nc,ham\n' }, { labelColumn: 'l' });
    expect(typesOf(staged).l).toEqual(['ham', 'spam']);
    expect((await rowsOfSplit(staged)).map(([, label]) => label)).toEqual([1, null, 0]);
  });

  it('keep the order of a card, and are followed by new ones', async () => {
    const card = '---\ndataset_info:\n  features:\n  - name: l\n    dtype:\n      class_label:\n        names:\n';
    const readme = `${card}          '0': spam\n          '1': ham\n---\n`;
    const csv = 't,l\na,ham\nb,spam\nc,advert\n';
    const staged = await files.stage('a.csv', { 'a.csv': csv, 'README.md': readme }, { labelColumn: 'l' });
    expect(typesOf(staged).l).toEqual(['spam', 'ham', 'advert']);
    expect((await rowsOfSplit(staged)).map(([, label]) => label)).toEqual([1, 0, 2]);
  });

  it('become null beyond the classes of a card, with a warning', async () => {
    const card =
      '---\ndataset_info:\n  features:\n  - name: l\n    dtype:\n      class_label:\n        names: [spam, ham]\n---\n';
    const labels = { 'a.csv': 't,l\na,1\nb,7\n', 'README.md': card };
    const staged = await files.stage('a.csv', labels, { labelColumn: 'l' });
    expect((await rowsOfSplit(staged)).map(([, label]) => label)).toEqual([1, null]);
    expect(staged.warnings).toMatchObject([
      { kind: 'loader', message: expect.stringContaining('null: "7"') as string },
    ]);
  });

  it('stay numbers that do not count from 0', async () => {
    const staged = await files.stage('a.csv', { 'a.csv': 't,stars\na,1\nb,5\n' }, { labelColumn: 'stars' });
    expect(typesOf(staged).stars).toBe('int64');
  });
});

describe('splits', () => {
  it('are named by a column', async () => {
    const csv = 't,part\na,train\nb,test\nc,train\n';
    const staged = await files.stage('a.csv', { 'a.csv': csv }, { splitColumn: 'part' });
    expect(staged.configs[0]?.splits).toEqual([
      { name: 'train', paths: ['data/train-*'], rows: 2 },
      { name: 'test', paths: ['data/test-*'], rows: 1 },
    ]);
    expect(await rowsOfSplit(staged, 'test')).toEqual([['b', 'test']]);
  });

  it('need a column that is there', async () => {
    const csv = { 'a.csv': 't\na\n', 'b.jsonl': '{"t":"a"}' };
    await expect(files.stage('a.csv', csv, { splitColumn: 'x' })).rejects.toThrow('a.csv has no column "x".');
    await expect(files.stage('b.jsonl', csv, { splitColumn: 'x' })).rejects.toThrow('b.jsonl has no column "x".');
    const wanted = { splitColumn: 't', format: 'asIs' } as const;
    await expect(files.stage('a.csv', csv, wanted)).rejects.toThrow('pushed as Parquet');
  });

  it.each(['no-name', '', 'a b', '../x'])('are not called %j', async (name) => {
    const staging = files.stage('a.csv', { 'a.csv': `t,part\na,train\nb,"${name}"\n` }, { splitColumn: 'part' });
    await expect(staging).rejects.toThrow(`Record 1 has ${JSON.stringify(name)} in "part"`);
  });
});

it('is the same file of the same records', async () => {
  const csv = `t,l\n${Array.from({ length: 12_000 }, (_, row) => `text ${row},${row % 3}`).join('\n')}\n`;
  const [one, other] = [await files.stage('a.csv', { 'a.csv': csv }), await files.stage('b.csv', { 'b.csv': csv })];
  expect(one.files.map(({ sha256 }) => sha256)).toEqual(other.files.map(({ sha256 }) => sha256));
  const table = await openTable(one.files[0]?.file ?? '');
  expect(table.metadata?.get('huggingface')).toBe(
    '{"info":{"features":{"t":{"dtype":"string","_type":"Value"},"l":{"dtype":"int64","_type":"Value"}}}}',
  );
});

it('tells how far it is, and can be cancelled', async () => {
  const source = join(await files.folder({ 'a.csv': `t\n${'some text\n'.repeat(300_000)}` }), 'a.csv');
  const request = { source, format: 'parquet', labelColumn: undefined, splitColumn: undefined } as const;
  const shares: number[] = [];
  const out = await files.folder({});
  await stage(request, out, { onProgress: (done, size) => shares.push(done / size) });
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBe(1);
  const cancel = new AbortController();
  const onProgress = (): void => cancel.abort(new Error('enough'));
  await expect(stage(request, out, { signal: cancel.signal, onProgress })).rejects.toThrow('enough');
});

it('is refused when it changes meanwhile', async () => {
  const source = join(await files.folder({ 'a.csv': 't\na\n' }), 'a.csv');
  const request = { source, format: 'parquet', labelColumn: undefined, splitColumn: undefined } as const;
  const onProgress = (): void => appendFileSync(source, 'b\n');
  await expect(stage(request, await files.folder({}), { onProgress })).rejects.toThrow('changed while it was read');
});

it('has records', async () => {
  await expect(files.stage('a.csv', { 'a.csv': 't,l\n' })).rejects.toThrow('a.csv has no records.');
});
