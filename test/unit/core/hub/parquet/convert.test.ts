import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadataAsync } from 'hyparquet';
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import { afterEach, describe, expect, it } from 'vitest';
import { openTable } from '../../../../../extension/core/dataset/openTable';
import { convertRecords, type Converted } from '../../../../../extension/core/hub/parquet/convert';
import { tableRecords } from '../../../../../extension/core/hub/parquet/recordSource';
import { textLimits } from '../../../../../extension/core/hub/parquet/shardWriter';
import { surveyRecords } from '../../../../../extension/core/hub/parquet/survey';
import { rowsOf } from '../../dataset/rows';
import { staging } from '../staged';

const files = staging();
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

const resolve = (): Promise<{ problem: string }> => Promise.resolve({ problem: 'There are no files here.' });
const roles = { labelColumn: undefined, splitColumn: undefined };

async function converted(
  csv: string,
  limits: { rows: number; groupBytes: number; shardBytes: number },
): Promise<Converted & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'convert-'));
  folders.push(folder);
  const source = tableRecords(await openTable(join(await files.folder({ 'a.csv': csv }), 'a.csv')));
  const parts = [{ split: 'train', source }];
  const survey = await surveyRecords(parts, roles, undefined, resolve);
  const target = { folder, prefix: 'data', splitColumn: undefined, resolve, limits };
  return { ...(await convertRecords(parts, survey, target)), folder };
}

describe('conversion to Parquet', () => {
  const csv = `id,text\n${Array.from({ length: 95 }, (_, id) => `${id},text ${id}`).join('\n')}\n`;

  it('has row groups and shards that are not too large, and numbers the shards', async () => {
    const { paths, splits, folder } = await converted(csv, { rows: 10, groupBytes: 1e6, shardBytes: 600 });
    expect(splits).toEqual([{ name: 'train', paths: ['data/train-*'], rows: 95 }]);
    expect(paths.length).toBeGreaterThan(1);
    expect(paths[1]).toBe(`data/train-00001-of-${String(paths.length).padStart(5, '0')}.parquet`);
    const rows: unknown[][] = [];
    for (const path of paths) {
      const file = join(folder, path);
      const { row_groups: groups } = await parquetMetadataAsync(await asyncBufferFromFile(file));
      expect(groups.every((group) => group.num_rows <= 10n)).toBe(true);
      rows.push(...(await rowsOf(await openTable(file))));
    }
    expect(rows).toEqual(Array.from({ length: 95 }, (_, id) => [id, `text ${id}`]));
  });

  it.each([
    ['that come again', (row: number) => row % 5],
    ['that are all others', (row: number) => row],
  ])('keeps short and long texts %s', async (_, number) => {
    const texts = Array.from({ length: 2000 }, (__, row) => `${number(row)}${'ü🙂x'.repeat((number(row) * 7) % 23)}`);
    const { paths, folder } = await converted(`text\n${texts.map((text) => `t${text}`).join('\n')}\n`, textLimits);
    const rows = await rowsOf(await openTable(join(folder, paths[0] ?? '')));
    expect(rows).toEqual(texts.map((text) => [`t${text}`]));
  });

  it('closes a row group when its values are many bytes', async () => {
    const { paths, folder } = await converted(csv, { rows: 1000, groupBytes: 100, shardBytes: 1e9 });
    const file = await asyncBufferFromFile(join(folder, paths[0] ?? ''));
    expect((await parquetMetadataAsync(file)).row_groups.length).toBeGreaterThan(10);
  });
});
