import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { rowsOfSplit, staging, typesOf } from '../staged';

const files = staging();
const red = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);
const embedded = { bytes: red.toString('base64'), path: '0.png' };

describe('a dataset with a column of images', () => {
  const csv = 'text,photo\na,photos/0.png\nb,\nc,photos/1.png\n';

  it('has their bytes in Parquet, and null for those that are missing', async () => {
    const staged = await files.stage('a.csv', { 'a.csv': csv, 'photos/0.png': red });
    expect(typesOf(staged)).toEqual({ text: 'string', photo: 'image' });
    expect((await rowsOfSplit(staged)).map(([, photo]) => photo)).toMatchObject([embedded, {}, {}]);
    expect(staged.warnings).toMatchObject([{ kind: 'missingMedia', paths: ['photos/1.png'] }]);
  });

  it('stays one of texts when no file is found, as outside of its folder', async () => {
    const outside = 'text,photo\na,../b/0.png\nb,/etc/passwd.png\n';
    const staged = await files.stage('d/a.csv', { 'd/a.csv': outside, 'b/0.png': red });
    expect(typesOf(staged)).toEqual({ text: 'string', photo: 'string' });
  });

  it('takes FileData, and lists of files', async () => {
    const file = { path: 'photos/0.png', meta: { _type: 'gradio.FileData' } };
    const line = JSON.stringify({ one: file, several: [file, 'photos/0.png'] });
    const staged = await files.stage('a.jsonl', { 'a.jsonl': line, 'photos/0.png': red });
    expect(typesOf(staged)).toEqual({ one: 'image', several: { list: 'image' } });
    expect(await rowsOfSplit(staged)).toEqual([[embedded, [embedded, embedded]]]);
  });

  it('is told that its files do not go along as they are', async () => {
    const staged = await files.stage('a.csv', { 'a.csv': csv, 'photos/0.png': red }, { format: 'asIs' });
    expect(typesOf(staged).photo).toBe('string');
    expect(staged.warnings.map(({ kind }) => kind)).toEqual(['missingMedia']);
  });
});

describe('a flagging directory', () => {
  const log =
    'text,image,number,flag,timestamp\r\n' +
    "'-5x,image/0.png,-5,wrong,2024-01-01 10:00:00.123456\r\n" +
    'NA,image/1.png,7,right,2024-01-01 10:00:00.123457\r\n' +
    "'=1+1,,1.5,wrong,2024-01-01 10:00:01.123457\r\n" +
    '001,../secret.png,2,wrong,2024-01-01 10:00:01.123457\r\n';
  const directory = { 'flagged/logs.csv': log, 'flagged/image/0.png': red, 'secret.png': red };

  it('is Parquet without guards, with the images of the log alone', async () => {
    const staged = await files.stage('flagged', directory, { labelColumn: 'flag' });
    expect(typesOf(staged)).toEqual({
      text: 'string',
      image: 'image',
      number: 'float64',
      flag: ['right', 'wrong'],
      timestamp: 'string',
    });
    const rows = await rowsOfSplit(staged);
    expect(rows.map(([text]) => text)).toEqual(['-5x', 'NA', '=1+1', '001']);
    expect(rows[0]?.slice(1)).toEqual([embedded, -5, 1, '2024-01-01 10:00:00.123456']);
    expect(staged.warnings).toMatchObject([{ kind: 'missingMedia', paths: ['image/1.png', '../secret.png'] }]);
  });

  it('is metadata.jsonl with files named after their content', async () => {
    const again = { ...directory, 'flagged/image/1.png': red };
    const staged = await files.stage('flagged', again, { format: 'asIs' });
    const [metadata, ...images] = staged.files;
    expect(metadata?.path).toBe('metadata.jsonl');
    expect(images.map(({ path }) => path)).toEqual([expect.stringMatching(/^images\/(..)\/\1\w{14}\.png$/)]);
    const lines = (await readFile(metadata?.file ?? '', 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { text: '-5x', image_file_name: images[0]?.path, number: -5, flag: 'wrong' },
      { text: 'NA', image_file_name: images[0]?.path, number: 7 },
      { text: '=1+1', image_file_name: null },
      { text: '001', image_file_name: null },
    ]);
    expect(staged.configs[0]?.splits[0]?.paths).toEqual(['metadata.jsonl', 'images/**']);
  });

  it('is read in the same way as a file, and inside of a folder', async () => {
    const alone = await files.stage('flagged/logs.csv', directory);
    const among = await files.stage('.', { ...directory, 'notes.txt': 'hello' });
    expect(await rowsOfSplit(alone)).toEqual(await rowsOfSplit(among));
    expect((await rowsOfSplit(alone))[0]?.slice(0, 2)).toEqual(['-5x', embedded]);
    expect(among.files.map(({ path }) => path)).toEqual([
      'data/train-00000-of-00001.parquet',
      'notes.txt',
      'secret.png',
    ]);
  });

  it('needs no files', async () => {
    const staged = await files.stage(
      '.',
      { 'logs.csv': 'text,flag,timestamp\r\nhi,,2024-01-01 10:00:00.123456\r\n' },
      { format: 'asIs' },
    );
    expect(staged.files.map(({ path }) => path)).toEqual(['data/train.jsonl']);
  });
});
