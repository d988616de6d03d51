import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePlan, planLines } from '../../../../../extension/core/hub/plan/describePlan';
import { loadDatasetCode } from '../../../../../extension/core/hub/plan/loadCode';
import { planPush } from '../../../../../extension/core/hub/plan/planPush';
import {
  isUpToDate,
  type PushPlan,
  type PushRequest,
  type RemoteFile,
  type RemoteState,
} from '../../../../../extension/core/hub/plan/types';
import { idsOf } from '../../../../../extension/core/hub/staging/stageFile';
import type { Staged, StagedFile } from '../../../../../extension/core/hub/staging/types';

const request: PushRequest = {
  source: '/data/sms.csv',
  repo: 'ada/sms',
  visibility: 'private',
  branch: undefined,
  pullRequest: false,
  format: 'parquet',
  splitColumn: undefined,
  labelColumn: 'label',
  withReview: false,
  title: undefined,
  card: undefined,
  cardFields: {},
};

const nothing: RemoteState = {
  endpoint: 'https://huggingface.co',
  exists: false,
  visibility: undefined,
  branchExists: false,
  commit: undefined,
  files: new Map(),
  card: undefined,
};

function remote(contents: Readonly<Record<string, string>>, change: Partial<RemoteState> = {}): RemoteState {
  return {
    ...nothing,
    exists: true,
    branchExists: true,
    visibility: 'private',
    commit: 'c'.repeat(40),
    files: new Map(Object.entries(contents).map(([path, text]) => [path, remoteFile(path, text)])),
    card: contents['README.md'],
    ...change,
  };
}

/** As the Hub keeps them: Parquet is in LFS, so its blob is a pointer. */
function remoteFile(path: string, text: string): RemoteFile {
  const { size, oid, sha256 } = stagedFile(path, text);
  return path.endsWith('.parquet') ? { size, oid: 'b'.repeat(40), sha256 } : { size, oid, sha256: undefined };
}

function stagedFile(path: string, text: string): StagedFile {
  return { path, file: `/staging/${path}`, modified: 0, ...idsOf(Buffer.from(text)) };
}

function staged(contents: Readonly<Record<string, string>>, change: Partial<Staged> = {}): Staged {
  return {
    files: Object.entries(contents).map(([path, text]) => stagedFile(path, text)),
    configs: [
      {
        name: 'default',
        splits: [{ name: 'train', paths: ['data/train-*'], rows: 3 }],
        features: [['label', { kind: 'classLabel', names: ['ham', 'spam'] }]],
        loader: {},
      },
    ],
    rows: 3,
    warnings: [],
    corrections: undefined,
    ...change,
  };
}

/** The contents of the repository after a plan was carried out. */
function carriedOut(
  plan: PushPlan,
  before: Readonly<Record<string, string>>,
  contents: Readonly<Record<string, string>>,
) {
  const after = new Map(Object.entries(before));
  for (const { path, change, staged } of plan.files) {
    if (change === 'delete') after.delete(path);
    else if (change !== 'leave') after.set(path, staged ? (contents[path] ?? '') : plan.card);
  }
  return Object.fromEntries(after);
}

const changesOf = ({ files }: PushPlan) => Object.fromEntries(files.map(({ path, change }) => [path, change]));
const messages = ({ warnings }: PushPlan) => warnings.map(({ message }) => message).join('\n');
const shard = 'data/train-00000-of-00001.parquet';

describe('a first push', () => {
  const plan = planPush(request, staged({ [shard]: 'abc' }), nothing);

  it('makes the repository and adds the files and a card', () => {
    expect(plan).toMatchObject({
      creates: true,
      visibility: 'private',
      branch: 'main',
      createsBranch: false,
      others: 0,
    });
    expect(plan.parentCommit).toBeUndefined();
    expect(changesOf(plan)).toEqual({ 'README.md': 'add', [shard]: 'add' });
    expect(plan.bytes).toBe(3 + Buffer.byteLength(plan.card));
    expect(plan.title).toBe(`Add ${shard} (3 rows)`);
    expect(isUpToDate(plan)).toBe(false);
  });

  it('says all of it', () => {
    const lines = planLines(plan);
    expect(lines.slice(0, 10)).toEqual([
      'Push:',
      '  Repository  ada/sms (new, private)',
      '  Branch      main',
      '  Rows        3 in 1 split',
      `  Upload      2 files, ${Buffer.byteLength(plan.card)} bytes`.replace(/\d+ bytes$/, `${plan.bytes} bytes`),
      `  Title       Add ${shard} (3 rows)`,
      '',
      'Loads as:',
      '  default: train (3 rows)',
      '    label  ClassLabel(ham, spam)',
    ]);
    expect(lines).toContain(`  add  ${shard}  3 bytes`);
    for (const line of plan.card.trimEnd().split('\n')) expect(lines).toContain(line === '' ? '' : `  ${line}`);
  });

  it('chooses size and task for the card unless a person did', () => {
    const text = ['text', { kind: 'value', dtype: 'string' }] as const;
    const [config] = plan.configs;
    const rich = staged(
      { a: '' },
      { rows: 10_000, configs: config ? [{ ...config, features: [text, ...config.features] }] : [] },
    );
    const { card } = planPush(request, rich, nothing);
    expect(card).toContain('task_categories:\n- text-classification\n');
    expect(card).toContain('size_categories:\n- 10K<n<100K\n');
    const cardFields = { size_categories: 'n<1K', tags: 'sms, spam', pretty_name: 'SMS', license: ' ' };
    const chosen = planPush({ ...request, cardFields }, rich, nothing).card;
    expect(chosen).toContain('size_categories:\n- n<1K\n');
    expect(chosen).toContain('tags:\n- sms\n- spam\npretty_name: SMS\n');
    expect(chosen).toContain('\n# SMS\n');
    expect(chosen).not.toContain('license');
  });
});

describe('a later push', () => {
  const first = planPush(request, staged({ [shard]: 'abc' }), nothing);
  const before = { '.gitattributes': 'x', 'README.md': first.card, [shard]: 'abc' };

  it('of the same changes nothing', () => {
    const plan = planPush(request, staged({ [shard]: 'abc' }), remote(before));
    expect(isUpToDate(plan)).toBe(true);
    expect(changesOf(plan)).toEqual({ 'README.md': 'leave', [shard]: 'leave' });
    expect(plan).toMatchObject({ bytes: 0, others: 1, parentCommit: 'c'.repeat(40) });
    expect(planLines(plan)).toContain('  Upload        nothing, up to date');
    expect(planLines(plan).join()).not.toContain('Title');
  });

  it('deletes shards that are no longer there, and nothing of others', () => {
    const more = {
      ...before,
      'data/train-00000-of-00002.parquet': '1',
      'data/train-00001-of-00002.parquet': '2',
      'data/train-notes.parquet': 'mine',
      'data/test-00000-of-00001.parquet': 'other split',
      'raw/data.csv': 'raw',
    };
    const plan = planPush(request, staged({ [shard]: 'abcd' }), remote(more));
    expect(changesOf(plan)).toEqual({
      'README.md': 'leave',
      [shard]: 'change',
      'data/train-00000-of-00002.parquet': 'delete',
      'data/train-00001-of-00002.parquet': 'delete',
    });
    expect(plan.title).toBe('Change 1 file, delete 2 files (3 rows)');
    expect(messages(plan)).toContain('will be loaded with it: "data/train-notes.parquet".');
  });

  it('keeps the visibility that the repository has, and says so', () => {
    const plan = planPush(request, staged({ a: '1' }), remote(before, { visibility: 'public' }));
    expect(plan.visibility).toBe('public');
    expect(messages(plan)).toContain('The repository is public and stays so');
  });

  it('makes a branch that is not there', () => {
    const asked = { ...request, branch: 'dev/a b', pullRequest: true };
    const plan = planPush(asked, staged({ a: '1' }), remote(before, { branchExists: false }));
    expect(plan).toMatchObject({ createsBranch: true, pullRequest: true, parentCommit: 'c'.repeat(40) });
    expect(describePlan(plan)[0]?.lines).toContain('Branch        pull request to dev/a b (new, from main)');
    expect(planPush(asked, staged({ a: '1' }), remote(before)).createsBranch).toBe(false);
  });

  it('takes the README.md of the folder, and says when that replaces another text', () => {
    const own = '---\nlicense: mit\n---\n# Ours\n';
    const data = staged({ a: '1' }, { card: own });
    const plan = planPush(request, data, remote(before));
    expect(plan.card).toContain('# Ours\n');
    expect(messages(plan)).toContain('README.md of the repository has other text');
    expect(messages(planPush(request, data, remote({ ...before, 'README.md': plan.card })))).toBe('');
    const broken = remote({ ...before, 'README.md': '---\na: "\n---\n' });
    expect(messages(planPush(request, data, broken))).toContain('README.md of the repository has other text');
    expect(() => planPush(request, staged({ a: '1' }), broken)).toThrow(/line 2/);
  });

  it('warns of names that differ from those in the repository by their case only', () => {
    const plan = planPush(request, staged({ 'DATA.csv': '1' }), remote({ 'data.csv': '1' }));
    expect(plan.warnings.map(({ kind, paths }) => [kind, paths])).toEqual([
      ['caseCollision', ['DATA.csv', 'data.csv']],
    ]);
  });
});

describe('refused', () => {
  it.each([
    ['no files', staged({}), nothing, 'no file to push'],
    ['no rows', staged({ a: '1' }, { rows: 0 }), nothing, 'no rows'],
    ['a path that leads out', staged({ 'a/../../b': '1' }), nothing, 'leads out of its folder'],
    ['a file that is a folder there', staged({ data: '1' }), remote({ 'data/x': '1' }), 'a file and a folder'],
    ['a folder that is a file there', staged({ 'data/x/y': '1' }), remote({ 'data/x': '1' }), 'a file and a folder'],
    [
      'a file twice',
      { ...staged({ a: '1' }), files: [stagedFile('a', '1'), stagedFile('a', '2')] },
      nothing,
      'Two files',
    ],
  ])('%s', (_, data, state, message) => {
    expect(() => planPush(request, data, state)).toThrow(message);
  });
});

it('a pull request that is not there cannot be pushed to', () => {
  const asked = { ...request, branch: 'refs/pr/7' };
  const state = remote({}, { branchExists: false });
  expect(() => planPush(asked, staged({ a: '1' }), state)).toThrow('ada/sms has no refs/pr/7');
});

describe('long lists', () => {
  it('are folded with their number and size', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`images/${String(at).padStart(2, '0')}.png`, 'x']),
    );
    const lines = planLines(planPush(request, staged(many), nothing));
    expect(lines.find((line) => line.includes('more files'))).toMatch(/^ {2}add {2}and 11 more files {2}11 bytes$/);
    expect(lines.filter((line) => line.startsWith('  add')).length).toBe(21);
  });

  it('of names that move the cursor are harmless', () => {
    const [config] = staged({}).configs;
    const features = [['\u001b[2J', { kind: 'classLabel', names: ['\u202ex'] }]] as const;
    const plan = planPush(request, staged({ a: '1' }, { configs: config ? [{ ...config, features }] : [] }), nothing);
    const text = planLines(plan).join('\n');
    expect(text).toContain('\\u001b[2J');
    expect(['\u001b', '\u202e'].some((character) => text.includes(character))).toBe(false);
  });
});

it('the code that loads a plan names the configuration where it is not the default', () => {
  const plan = planPush({ ...request, visibility: 'public' }, staged({ a: '1' }), nothing);
  const configs = plan.configs.map((config) => ({ ...config, name: 'raw' }));
  expect(loadDatasetCode(plan)).toBe('from datasets import load_dataset\n\ndataset = load_dataset("ada/sms")');
  expect(loadDatasetCode({ ...plan, configs, branch: 'dev' })).toContain(
    'load_dataset("ada/sms", "raw", revision="dev")',
  );
});

const path = fc.constantFrom(
  ...['a.csv', 'b.jsonl', 'images/1.png', 'notes.txt', '.gitattributes'],
  ...['data/train-00000-of-00001.parquet', 'data/train-00000-of-00002.parquet', 'data/train-00001-of-00002.parquet'],
  ...['data/test-00000-of-00001.parquet', 'other/train-00000-of-00001.parquet'],
);
const contents = fc.dictionary(path, fc.constantFrom('1', '2', '3'), { minKeys: 1 });

describe('over random repositories', () => {
  it('a plan leaves what was staged, the card, and the files of others; after it nothing is left to do', () => {
    fc.assert(
      fc.property(contents, fc.dictionary(path, fc.constantFrom('1', '2')), fc.boolean(), (ours, theirs, hasCard) => {
        const before = hasCard ? { ...theirs, 'README.md': '# Hello\n' } : theirs;
        const plan = planPush(request, staged(ours), remote(before));
        const after = carriedOut(plan, before, ours);
        const isStale = (name: string) => name.startsWith('data/train-') && !(name in ours);
        const foreign = Object.fromEntries(Object.entries(theirs).filter(([name]) => !isStale(name)));
        expect(after).toEqual({ ...foreign, ...ours, 'README.md': plan.card });
        expect(plan.others + plan.files.filter(({ change }) => change !== 'delete').length).toBe(
          Object.keys(after).length,
        );
        expect(isUpToDate(planPush(request, staged(ours), remote(after)))).toBe(true);
      }),
    );
  });
});
