import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHubClient } from '../../../../../extension/core/hub/client/hubClient';
import type { HubClient } from '../../../../../extension/core/hub/client/types';
import { chooseSplits, planPull } from '../../../../../extension/core/hub/pull/planPull';
import { readPullRecord } from '../../../../../extension/core/hub/pull/pullRecord';
import { findRemoteDataset } from '../../../../../extension/core/hub/pull/remoteDataset';
import { runPull } from '../../../../../extension/core/hub/pull/runPull';
import { findUpdate } from '../../../../../extension/core/hub/pull/update';
import { silentLog } from '../../../../../extension/core/log';
import { testTokens } from '../../../../hub/accounts';
import { startHub, type TestHub } from '../../../../hub/hub';

const repo = 'ada/sms';
const card = `---
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train*
  - split: test
    path: ["data/test.csv"]
- config_name: raw
  data_files: raw/**/*.jsonl
---
# SMS
`;
const files = {
  'README.md': card,
  'data/train-1.csv': 'text,label\nhello,ham\n',
  'data/train-2.csv': 'text,label\nwin,spam\n',
  'data/test.csv': 'text,label\nbye,ham\n',
  'raw/a/b.jsonl': '{"text": "x"}\n',
  'notes.txt': 'not a table',
};

let hub: TestHub;
let folder: string;
let client: HubClient;

beforeEach(async () => {
  hub = await startHub();
  folder = await mkdtemp(join(tmpdir(), 'flag-review-pull-'));
  const options = { endpoint: hub.url, token: testTokens.write, log: silentLog, userAgent: 'test/1' };
  client = createHubClient({ ...options, wait: () => Promise.resolve() });
  return async () => {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  };
});

async function pull(config?: string, split?: string): Promise<void> {
  const dataset = await findRemoteDataset(client, repo, 'main');
  await runPull(planPull(hub.url, dataset, chooseSplits(dataset, config, split), folder), client);
}

const textOf = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

describe('the splits of a dataset on the Hub', () => {
  it('are those of its card', async () => {
    await hub.addRepository(repo).commit(files);
    const { splits, from } = await findRemoteDataset(client, repo, 'main');
    expect(from).toBe('repository');
    expect(splits.map(({ config, split, files: own }) => [config, split, own.map(({ path }) => path)])).toEqual([
      ['default', 'train', ['data/train-1.csv', 'data/train-2.csv']],
      ['default', 'test', ['data/test.csv']],
      ['raw', 'train', ['raw/a/b.jsonl']],
    ]);
  });

  it.each([
    [
      ['train.csv', 'test.csv', 'other.csv'],
      ['test', 'train'],
    ],
    [['data/a.jsonl', 'b.jsonl'], ['train']],
  ])('are told by the names of files %j without a card', async (names, splits) => {
    await hub.addRepository(repo).commit(Object.fromEntries(names.map((name) => [name, 'x'])));
    const found = await findRemoteDataset(client, repo, 'main');
    expect(found.splits.map(({ split }) => split)).toEqual(splits);
  });

  it('are those that the Hub converted where there are no tables', async () => {
    const repository = hub.addRepository(repo);
    const head = await repository.commit({ 'a.png': 'picture' });
    repository.append('refs/convert/parquet', { ...head, files: new Map() });
    await repository.commit({ 'default/train/0000.parquet': 'PAR1' }, { branch: 'refs/convert/parquet' });
    const { from, splits } = await findRemoteDataset(client, repo, 'main');
    expect([from, splits.map(({ config, split }) => `${config}/${split}`)]).toEqual(['converted', ['default/train']]);
  });

  it('are named where another one is asked for', async () => {
    await hub.addRepository(repo).commit(files);
    await expect(pull('default', 'dev')).rejects.toThrow(/It has default\/train, default\/test, raw\/train/);
  });

  it('are none of a repository that nobody may see', async () => {
    await expect(pull()).rejects.toMatchObject({ failure: 'missing' });
  });
});

describe('pulling', () => {
  it('writes the files of a split under their own paths, with the card', async () => {
    await hub.addRepository(repo).commit(files);
    await pull('default', 'train');
    expect(await textOf('data/train-2.csv')).toBe(files['data/train-2.csv']);
    expect(await textOf('README.md')).toBe(card);
    expect(existsSync(join(folder, 'data/test.csv'))).toBe(false);
    expect(await readPullRecord(folder)).toMatchObject({ repo, commit: hub.repository(repo).at().oid });
  });

  it('goes on where it stopped', async () => {
    const large = 'x,y\n'.repeat(100_000);
    await hub.addRepository(repo).commit({ 'train.csv': large });
    const route = /resolve.*train\.csv/;
    hub.fault({ method: 'GET', path: route, cutAnswerAfter: 150_000, times: 1 });
    for (let left = 5; left > 0; left--) hub.fault({ method: 'GET', path: route, status: 503, times: 1 });
    await expect(pull()).rejects.toMatchObject({ failure: 'unreachable' });
    expect(existsSync(join(folder, 'train.csv'))).toBe(false);
    hub.clearFaults();
    hub.requests.length = 0;
    await pull();
    expect(await textOf('train.csv')).toBe(large);
    const ranges = hub.requests.filter(({ path }) => route.test(path)).map(({ headers }) => headers.range);
    expect(ranges.some((range) => /^bytes=[1-9]/.test(range ?? ''))).toBe(true);
  });

  it('downloads nothing that is there', async () => {
    await hub.addRepository(repo).commit(files);
    await pull();
    hub.requests.length = 0;
    await pull();
    expect(hub.log.filter((line) => /resolve.*csv/.test(line))).toEqual([]);
  });

  it('is done by two at once, one after the other', async () => {
    await hub.addRepository(repo).commit(files);
    await Promise.all([pull(), pull()]);
    expect(await textOf('data/test.csv')).toBe(files['data/test.csv']);
    expect(hub.log.filter((line) => line.includes('test.csv'))).toHaveLength(1);
  });

  it('ends a file that has no end', async () => {
    await hub.addRepository(repo).commit(files);
    const endless: HubClient = Object.create(client, {
      download: {
        value: async function* () {
          for (let pieces = 0; pieces < 1000; pieces++) yield await Promise.resolve(Buffer.alloc(1000));
          throw new Error('It was read on and on.');
        },
      },
    }) as HubClient;
    const dataset = await findRemoteDataset(client, repo, 'main');
    const plan = planPull(hub.url, dataset, chooseSplits(dataset, 'default', 'test'), folder);
    await expect(runPull(plan, endless)).rejects.toThrow('arrived damaged');
    expect(existsSync(join(folder, 'data', 'test.csv'))).toBe(false);
  });

  it('says in words that the folder cannot be written', async () => {
    await hub.addRepository(repo).commit(files);
    await writeFile(join(folder, 'file'), '');
    folder = join(folder, 'file');
    await expect(pull()).rejects.toThrow(/cannot be used: a (?:part of the path is a file|file of that name)/);
    folder = join(folder, '..');
  });

  it('takes the place of no other file', async () => {
    await hub.addRepository(repo).commit(files);
    await writeFile(join(folder, 'README.md'), 'my own');
    await expect(pull()).rejects.toThrow(/there already/);
    expect(await textOf('README.md')).toBe('my own');
  });

  it.each(['../outside.csv', 'data/../../outside.csv', '.vscode/settings.csv', 'a\\b.csv', 'con.csv', 'a:b.csv'])(
    'writes no %s',
    async (path) => {
      await hub.addRepository(repo).commit({ [path]: 'x' });
      await expect(pull()).rejects.toThrow(/unsafe name/);
    },
  );
});

describe('updating what was pulled', () => {
  beforeEach(async () => {
    await hub.addRepository(repo).commit(files);
    await pull('default');
  });

  it('changes nothing while the Hub has nothing new', async () => {
    expect((await findUpdate(client, folder)).files).toEqual([]);
  });

  it('tells what changed, and keeps what was changed here', async () => {
    await writeFile(join(folder, 'data/test.csv'), 'text,label\nbye,spam\n');
    await writeFile(join(folder, 'README.md'), 'my own card');
    await hub.repository(repo).commit({
      'data/train-1.csv': 'text,label\nhello,spam\n',
      'data/train-2.csv': undefined,
      'data/train-3.csv': 'text,label\nnew,ham\n',
      'data/test.csv': 'text,label\nbye,other\n',
    });
    const update = await findUpdate(client, folder);
    expect(Object.fromEntries(update.files.map((file) => [file.path, file.update]))).toEqual({
      'data/train-1.csv': 'changed',
      'data/train-2.csv': 'removed',
      'data/train-3.csv': 'added',
      'data/test.csv': 'both',
    });
    await runPull(update.plan, client);
    expect(await textOf('data/train-1.csv')).toContain('spam');
    expect(await textOf('data/train-3.csv')).toContain('new');
    expect(await textOf('data/test.csv')).toBe('text,label\nbye,spam\n');
    expect(await textOf('README.md')).toBe('my own card');
    const later = await findUpdate(client, folder);
    expect(later.files.map((file) => file.update).sort()).toEqual(['both', 'removed']);
  });

  it('is for folders that were pulled from this Hub', async () => {
    const other = createHubClient({
      endpoint: 'https://hub.example.com',
      token: undefined,
      log: silentLog,
      userAgent: 'test/1',
    });
    await expect(findUpdate(other, folder)).rejects.toThrow(/was pulled from/);
    await expect(findUpdate(client, join(folder, 'data'))).rejects.toThrow(/not pulled/);
  });
});
