import { appendFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer, type ParquetWriteOptions } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { testFiles } from './folder';
import { rowsOf } from './rows';

const write = testFiles();

async function written(options: Omit<ParquetWriteOptions, 'writer'>, name = 'data.parquet'): Promise<string> {
  return write(name, Buffer.from(parquetWriteBuffer(options)));
}

const texts = Array.from({ length: 20_000 }, (_, row) => `text ${row} é`);
const labels = texts.map((_, row) => row % 3);
const columnData: ParquetWriteOptions['columnData'] = [
  { name: 'text', data: texts, type: 'STRING' },
  { name: 'label', data: labels, type: 'INT32' },
];

describe('a Parquet table', () => {
  it.each([
    ['UNCOMPRESSED', undefined],
    ['SNAPPY', undefined],
    ['GZIP', { GZIP: (bytes: Uint8Array) => gzipSync(bytes) }],
    ['BROTLI', { BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes) }],
  ] as const)('reads several row groups packed with %s', async (codec, compressors) => {
    const options = { columnData, codec, rowGroupSize: 9000, kvMetadata: [{ key: 'huggingface', value: '{}' }] };
    const table = await openTable(await written({ ...options, ...(compressors ? { compressors } : {}) }));
    expect(table).toMatchObject({ format: 'parquet', encoding: 'utf-8', columns: ['text', 'label'] });
    expect(table.metadata?.get('huggingface')).toBe('{}');
    const expected = texts.map((text, row) => [labels[row], text]);
    expect(await rowsOf(table, ['label', 'text'])).toEqual(expected);
    const index = await table.index();
    expect(index.rows).toBe(20_000);
    expect(await index.read(8998, 4)).toEqual(texts.slice(8998, 9002).map((text, row) => [text, labels[row + 8998]]));
    expect(await index.read(19_999, 10)).toEqual([[texts[19_999], labels[19_999]]]);
    expect(await index.read(20_000, 10)).toEqual([]);
  });

  it('gives every type as JSON, absent values as null', async () => {
    const time = new Date('2024-02-29T12:30:00.125Z');
    const nested = { boxes: [{ x: 1, name: 'a' }], empty: [], none: null };
    const path = await written({
      columnData: [
        { name: 'big', data: [2n ** 60n, 7n, null], type: 'INT64', nullable: true },
        { name: 'bytes', data: [Uint8Array.of(0, 255), Uint8Array.of(), null], type: 'BYTE_ARRAY', nullable: true },
        { name: 'double', data: [0.1, NaN, null], type: 'DOUBLE', nullable: true },
        { name: 'flag', data: [true, false, null], type: 'BOOLEAN', nullable: true },
        { name: 'json', data: [nested, [1, 'x'], null], type: 'JSON', nullable: true },
        { name: 'time', data: [time, time, null], type: 'TIMESTAMP', nullable: true },
      ],
    });
    const table = await openTable(path);
    const expected = [
      ['1152921504606846976', 'AP8=', 0.1, true, nested, '2024-02-29T12:30:00.125Z'],
      [7, '', NaN, false, [1, 'x'], '2024-02-29T12:30:00.125Z'],
      [null, null, null, null, null, null],
    ];
    expect(await rowsOf(table)).toEqual(expected);
    expect(await (await table.index()).read(0, 3)).toEqual(expected);
  });

  it('reads dates, and times finer than a millisecond, with every digit', async () => {
    const path = await written({
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
        { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', repetition_type: 'OPTIONAL' },
      ],
      columnData: [
        { name: 'day', data: [new Date('2024-02-29'), new Date('1969-12-31')] },
        { name: 'time', data: [1_709_210_000_123_456n, -1n] },
      ],
    });
    expect(await rowsOf(await openTable(path))).toEqual([
      ['2024-02-29', '2024-02-29T12:33:20.123456Z'],
      ['1969-12-31', '1969-12-31T23:59:59.999999Z'],
    ]);
  });

  it('gives nested columns as lists and objects', async () => {
    const path = await written({
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'labels', converted_type: 'LIST', num_children: 1, repetition_type: 'OPTIONAL' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', type: 'INT64', repetition_type: 'OPTIONAL' },
      ],
      columnData: [
        { name: 'image', data: [{ bytes: Uint8Array.of(1), path: 'a.png' }, null] },
        { name: 'labels', data: [[1n, 2n], []] },
      ],
    });
    const table = await openTable(path);
    expect(table.columns).toEqual(['image', 'labels']);
    expect(await rowsOf(table)).toEqual([
      [{ bytes: 'AQ==', path: 'a.png' }, [1, 2]],
      [null, []],
    ]);
  });

  it('is known by its first bytes, whatever its name is', async () => {
    expect((await openTable(await written({ columnData }, 'data.csv'))).format).toBe('parquet');
  });

  it('says how far it is, and stops when it is told to', async () => {
    const table = await openTable(await written({ columnData, rowGroupSize: 5000 }));
    const progress: number[] = [];
    await rowsOf(table, ['label'], { onProgress: (done, size) => progress.push(done / size) });
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe(1);
    const stop = new AbortController();
    const scanning = rowsOf(table, ['label'], { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(scanning).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses what was cut off, and what changed since it was indexed', async () => {
    const whole = Buffer.from(parquetWriteBuffer({ columnData }));
    const cut = openTable(await write('cut.parquet', whole.subarray(0, 500)));
    await expect(cut).rejects.toThrow('cut.parquet cannot be read as Parquet');
    const path = await write('data.parquet', whole);
    const index = await (await openTable(path)).index();
    await appendFile(path, 'PAR1');
    await expect(index.read(0, 1)).rejects.toThrow('data.parquet changed since it was read. Open it again.');
  });
});
