import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { testFiles } from './folder';

const write = testFiles();

describe('openTable', () => {
  it.each([
    ['data.xlsx', 'PK', 'data.xlsx is no dataset.'],
    ['data.csv', '', 'data.csv is empty.'],
    ['data.csv', '\ufeff\r\n\r\n', 'data.csv has no header.'],
    ['data.csv', 'PK\u0003\u0004\u0000\u0000', 'data.csv is no text file.'],
    ['data.jsonl', '\n', 'data.jsonl has no records with keys.'],
    ['data.parquet', 'a,b\n', 'data.parquet is no Parquet file.'],
    ['data.parquet', 'PAR1 is how it begins only', 'data.parquet cannot be read as Parquet'],
    ['data.csv', 'PAR1PAR1', 'data.csv cannot be read as Parquet'],
  ])('refuses %s that contains %j', async (name, content, message) => {
    const opening = openTable(await write(name, content));
    await expect(opening).rejects.toMatchObject({ name: 'ExpectedError' });
    await expect(opening).rejects.toThrow(message);
  });

  it('refuses a folder and a file that is not there', async () => {
    const path = await write('data.csv', 'a,b\n');
    await expect(openTable(dirname(path))).rejects.toThrow('is a folder.');
    await expect(openTable(`${path}.csv`)).rejects.toThrow('There is no file');
  });
});
