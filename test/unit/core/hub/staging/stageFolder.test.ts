import { describe, expect, it } from 'vitest';
import { staging } from '../staged';

const files = staging();

describe('a folder', () => {
  const tables = {
    'train.csv': 'a,b\n1,x\n',
    'test [1].csv': 'a,b\n2,y\n3,z\n',
    'validation.csv': 'a,b\n',
    'README.md': '# Mine\n',
    '.env': 'SECRET=1',
    'notes.txt': 'hello',
  };

  it('has splits by the names of its files; what is no table goes as it is', async () => {
    const staged = await files.stage('.', tables);
    expect(staged.configs).toMatchObject([
      {
        name: 'default',
        splits: [
          { name: 'test', paths: ['data/test-*'], rows: 2 },
          { name: 'train', paths: ['data/train-*'], rows: 1 },
        ],
      },
    ]);
    expect(staged.files.map(({ path }) => path)).toEqual([
      'data/test-00000-of-00001.parquet',
      'data/train-00000-of-00001.parquet',
      'notes.txt',
    ]);
    expect(staged).toMatchObject({ rows: 3, card: '# Mine\n' });
  });

  it('keeps its files as they are, and names them literally', async () => {
    const { configs, files: staged } = await files.stage('.', tables, { format: 'asIs' });
    expect(configs[0]?.splits.map(({ paths }) => paths)).toEqual([['test [[]1].csv'], ['train.csv']]);
    expect(configs[0]?.loader).toMatchObject({ keep_default_na: false });
    expect(staged.map(({ path }) => path)).toContain('test [1].csv');
  });

  it('has a configuration for each kind of records', async () => {
    const { configs } = await files.stage('.', { ...tables, 'reviews/train.jsonl': '{"text":"x"}' });
    expect(configs.map(({ name, splits }) => [name, splits.map((split) => split.paths)])).toEqual([
      ['default', [['data/test-*'], ['data/train-*']]],
      ['reviews', [['reviews/train-*']]],
    ]);
  });

  it('loads one format only as it is, and says so', async () => {
    const mixed = { ...tables, 'reviews/train.jsonl': '{"text":"x"}' };
    const { configs, warnings } = await files.stage('.', mixed, { format: 'asIs' });
    expect(configs.map(({ splits }) => splits.length)).toEqual([2]);
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'loader', paths: ['reviews/train.jsonl'] }));
  });

  it('keeps the layout of media that datasets knows', async () => {
    const media = { 'metadata.csv': 'file_name,text\nimages/a.png,hi\n', 'images/a.png': 'png' };
    const { configs } = await files.stage('.', media, { format: 'asIs' });
    expect(configs).toEqual([
      {
        name: 'default',
        splits: [{ name: 'train', paths: ['metadata.csv', '**/*.png'], rows: 1 }],
        features: [],
        loader: {},
      },
    ]);
  });

  it('does not send files twice that are inside of Parquet', async () => {
    const media = { 'a.csv': 'photo\nimages/a.png\n', 'images/a.png': 'png', 'images/b.png': 'png' };
    const staged = await files.stage('.', media);
    expect(staged.files.map(({ path }) => path)).toEqual(['data/train-00000-of-00001.parquet', 'images/b.png']);
  });

  it('has a column that is asked for', async () => {
    await expect(files.stage('.', tables, { labelColumn: 'label' })).rejects.toThrow('No table of the folder');
  });
});
