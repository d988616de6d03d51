import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteBuffer, type ParquetWriteOptions } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { planApply } from '../../../../../extension/core/review/apply/plan';
import { runApply } from '../../../../../extension/core/review/apply/run';
import { planUndo } from '../../../../../extension/core/review/apply/undo';
import { testFiles } from '../../dataset/folder';
import { decisionsOn } from './decisions';

const write = testFiles();
const rows = 2500;
const time = new Date('2024-02-29T12:30:00.125Z');
const numbers = Array.from({ length: rows }, (_, row) => row);
const columnData: ParquetWriteOptions['columnData'] = [
  { name: 'text', data: numbers.map((row) => `text ${row} é`), type: 'STRING' },
  { name: 'label', data: numbers.map((row) => (row % 2 ? 'ham' : 'spam')), type: 'STRING' },
  { name: 'big', data: numbers.map((row) => 2n ** 60n + BigInt(row)), type: 'INT64' },
  { name: 'bytes', data: numbers.map((row) => (row % 3 ? Uint8Array.of(row, 255) : null)), type: 'BYTE_ARRAY' },
  { name: 'time', data: numbers.map(() => time), type: 'TIMESTAMP' },
  { name: 'class', data: numbers.map((row) => row % 4), type: 'INT32', nullable: false },
  { name: 'json', data: numbers.map((row) => ({ row })), type: 'JSON' },
];
const kvMetadata = [
  { key: 'huggingface', value: '{"info": {}}' },
  { key: 'ARROW:schema', value: 'abc=' },
];

async function written(): Promise<string> {
  const options = {
    columnData,
    kvMetadata,
    codec: 'GZIP',
    compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes) },
  } as const;
  return write('data.parquet', Buffer.from(parquetWriteBuffer({ ...options, rowGroupSize: 1000 })));
}

async function read(path: string) {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { footer: parquetMetadata(file), records: await parquetReadObjects({ file, compressors }) };
}

describe('applying to Parquet', () => {
  it('writes a new file beside it, with the same columns, types, metadata and row groups', async () => {
    const path = await written();
    const bytes = await readFile(path);
    const entries = await decisionsOn(path, [
      { row: 1, decision: 'change', label: 'spam' },
      { row: 1500, decision: 'change', label: 'eggs' },
      { row: 999, decision: 'discard' },
    ]);
    const plan = await planApply({ dataset: path, entries, discard: 'remove' });
    await runApply(plan);
    expect(plan.output).toBe(join(dirname(path), 'data.corrected.parquet'));
    expect((await readFile(path)).equals(bytes)).toBe(true);
    const [before, after] = [await read(path), await read(plan.output)];
    const expected = before.records.map((record, row) => ({
      ...record,
      label:
        new Map([
          [1, 'spam'],
          [1500, 'eggs'],
        ]).get(row) ?? (record.label as string),
    }));
    expect(after.records).toEqual(expected.filter((_, row) => row !== 999));
    expect(after.footer.schema).toEqual(before.footer.schema);
    expect(after.footer.key_value_metadata).toEqual(before.footer.key_value_metadata);
    expect(after.footer.row_groups.map((group) => Number(group.num_rows))).toEqual([999, 1000, 500]);
    expect(after.footer.row_groups[0]?.columns[0]?.meta_data?.codec).toBe('GZIP');
    expect(await readdir(dirname(path))).toEqual(['data.corrected.parquet', 'data.parquet']);
    await expect(planUndo(path)).rejects.toThrow(
      'There is nothing to undo in data.parquet: Parquet is corrected in a new file.',
    );
  });

  it('marks discarded records in a column, and takes a free name', async () => {
    const path = await written();
    const entries = await decisionsOn(path, [{ row: 999, decision: 'discard' }]);
    await runApply(await planApply({ dataset: path, entries, discard: 'column' }));
    const plan = await planApply({ dataset: path, entries, discard: 'column' });
    await runApply(plan);
    expect(plan.output).toMatch(/data\.corrected-2\.parquet$/);
    const { footer, records } = await read(plan.output);
    expect(records.map(({ discarded }) => discarded as boolean)).toEqual(numbers.map((row) => row === 999));
    expect(footer.key_value_metadata?.map(({ key }) => key)).toEqual(['huggingface']);
  });

  it('writes class indices, and refuses what a column cannot hold', async () => {
    const path = await written();
    const entries = await decisionsOn(path, [{ row: 5, decision: 'change', label: 3 }], { column: 'class' });
    const plan = await planApply({ dataset: path, entries, discard: 'remove' });
    await runApply(plan);
    expect((await read(plan.output)).records[5]?.class).toBe(3);
    const wrong = await decisionsOn(path, [{ row: 5, decision: 'change', label: 'three' }], { column: 'class' });
    await expect(planApply({ dataset: path, entries: wrong, discard: 'remove' })).rejects.toThrow(
      'The column "class" of INT32 cannot hold the label "three". Nothing was written.',
    );
    expect(await readdir(dirname(path))).toEqual(['data.corrected.parquet', 'data.parquet']);
  });
});
