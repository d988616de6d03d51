import { readFile } from 'node:fs/promises';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { rowsOf } from '../../dataset/rows';
import { rowsOfSplit, staging, typesOf } from '../staged';

const files = staging();

const columnData: ColumnSource[] = [
  { name: 'text', data: ['a', 'b', 'c'], type: 'STRING' },
  { name: 'part', data: ['train', 'test', 'train'], type: 'STRING' },
  { name: 'label', data: ['spam', null, 'ham'], type: 'STRING' },
  { name: 'when', data: [new Date(0), null, new Date(1e12)], type: 'TIMESTAMP' },
  { name: 'long', data: [2n ** 60n, 1n, null], type: 'INT64' },
];
const types = { text: 'string', part: 'string', when: 'timestamp[ms, tz=UTC]', long: 'int64' };
const parquet = Buffer.from(parquetWriteBuffer({ columnData }));

it('goes as it is, byte for byte', async () => {
  const staged = await files.stage('x.parquet', { 'x.parquet': parquet });
  expect(typesOf(staged)).toEqual({ ...types, label: 'string' });
  expect(staged.files.map(({ path }) => path)).toEqual(['data/train-00000-of-00001.parquet']);
  expect(await readFile(staged.files[0]?.file ?? '')).toEqual(parquet);
});

it('is written anew with classes and splits, other values as they were', async () => {
  const wanted = { labelColumn: 'label', splitColumn: 'part' };
  const staged = await files.stage('x.parquet', { 'x.parquet': parquet }, wanted);
  expect(typesOf(staged)).toEqual({ ...types, label: ['ham', 'spam'] });
  expect(await rowsOfSplit(staged)).toEqual([
    ['a', 'train', 1, '1970-01-01T00:00:00.000Z', String(2n ** 60n)],
    ['c', 'train', 0, '2001-09-09T01:46:40.000Z', null],
  ]);
  expect(await rowsOfSplit(staged, 'test')).toEqual([['b', 'test', null, null, 1]]);
});

it('comes back the same when our own Parquet is pushed again', async () => {
  const csv = 't,l\na,spam\nb,\n';
  const first = await files.stage('a.csv', { 'a.csv': csv }, { labelColumn: 'l' });
  const bytes = await readFile(first.files[0]?.file ?? '');
  const again = await files.stage('a.parquet', { 'a.parquet': bytes }, { labelColumn: 'l' });
  expect(again.files[0]?.sha256).toBe(first.files[0]?.sha256);
  expect(again.configs).toMatchObject([{ features: first.configs[0]?.features }]);
  expect(await rowsOf(await openTable(again.files[0]?.file ?? ''))).toEqual([
    ['a', 0],
    ['b', null],
  ]);
});
