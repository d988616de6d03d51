import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommitRequest } from '../../../../../extension/core/hub/client/types';
import { testTokens } from '../../../../hub/accounts';
import { collect, commitOf, connect, failureOf, type Connected } from './connected';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'flag-review-client-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const repo = 'ada/sms';

const commits = /\/commit\/main/;
const storage = /^\/ada\/sms\/[0-9a-f]{64}/;
const png = randomBytes(300_000);

describe('a commit', () => {
  it('uploads what LFS lacks and commits the rest along, after the parent that was named', async () => {
    await using on = await connect();
    const file = join(folder, 'big.parquet');
    const content = randomBytes(700_000);
    await writeFile(file, content);
    const request = commitOf(on, { 'README.md': '# SMS\n', 'images/1.png': png, empty: '', 'empty.png': '' });
    const withFile = { kind: 'put', path: 'data/a.parquet', content: { file, size: content.length } } as const;
    const made = await on.client.commit({ ...request, operations: [...request.operations, withFile] }, on.options);

    const repository = on.hub.repository(repo);
    const head = repository.at();
    expect(made).toEqual({
      oid: head.oid,
      url: expect.stringContaining(head.oid) as string,
      pullRequestUrl: undefined,
    });
    expect(head.parents).toEqual([request.parentCommit]);
    expect(content.equals(await repository.read('data/a.parquet'))).toBe(true);
    expect(png.equals(await repository.read('images/1.png'))).toBe(true);
    expect(await repository.read('empty.png')).toHaveLength(0);
    expect(on.sent).toBe(6 + png.length + content.length);
    expect(
      on.hub.requests
        .filter(({ method }) => method === 'PUT')
        .map(({ received }) => received)
        .sort(),
    ).toEqual([png.length, content.length]);

    on.hub.requests.length = 0;
    on.sent = 0;
    await on.client.commit(commitOf(on, { 'images/2.png': png }), on.options);
    expect(on.hub.log.filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(on.sent).toBe(png.length);
  });

  it('keeps names of all kinds, deletes, and writes to branches of any name', async () => {
    await using on = await connect();
    const path = 'a#b?c%20d é/😀 x.png';
    const branch = 'dev/a b';
    await on.client.createBranch(repo, branch, on.hub.repository(repo).at().oid);
    await on.client.createBranch(repo, branch, on.hub.repository(repo).at().oid);
    const first = await on.client.commit(commitOf(on, { [path]: png, 'old.csv': 'a\n' }, { branch }));
    const gone = [{ kind: 'delete', path: 'old.csv' }] as const;
    await on.client.commit({ repo, branch, parentCommit: first.oid, title: 'Delete', operations: gone });

    expect(on.hub.repository(repo).paths(branch)).toEqual(['.gitattributes', path]);
    expect(on.hub.repository(repo).paths()).toEqual(['.gitattributes']);
    const files = await collect(on.client.files(repo, branch));
    expect(files.find((file) => file.path === path)?.size).toBe(png.length);
    expect(png.equals(Buffer.concat(await collect(on.client.download(repo, branch, path))))).toBe(true);
    const [newest] = await on.client.commits(repo, branch, 1);
    expect(newest?.title).toBe('Delete');
  });

  it('opens a pull request and leaves the branch alone', async () => {
    await using on = await connect({ token: testTokens.pullRequests });
    const { oid } = on.hub.repository(repo).at();
    const made = await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }, { pullRequest: true }));
    expect(made.pullRequestUrl).toBe(`${on.hub.url}/datasets/ada/sms/discussions/1`);
    expect(on.hub.repository(repo).at().oid).toBe(oid);
    expect(on.hub.repository(repo).paths('refs/pr/1')).toContain('a.csv');
  });

  it('writes nothing when the branch moved on', async () => {
    await using on = await connect();
    const request = commitOf(on, { 'a.csv': 'a\n' });
    const theirs = await on.hub.repository(repo).commit({ 'b.csv': 'b\n' });
    expect(await failureOf(on.client.commit(request))).toMatchObject({
      failure: 'conflict',
      answer: { status: 412 },
      message: expect.stringMatching(/^ada\/sms changed meanwhile: The branch was updated/) as string,
    });
    expect(on.hub.repository(repo).at().oid).toBe(theirs.oid);
    expect(on.waits).toEqual([]);
  });
});

describe('a commit whose answer is lost', () => {
  it.each([
    ['cut', { applyThenCut: true }],
    ['a page of a proxy', { status: 504, body: '<html>Gateway</html>' }],
  ])('is found in the history (%s)', async (_, fault) => {
    await using on = await connect();
    const request = commitOf(on, { 'a.csv': 'a\n', 'a.png': png });
    // The page comes while the Hub goes on.
    if ('status' in fault) {
      on.hub.fault({ ...fault, path: commits, meanwhile: () => asOurs(on, request) });
    } else on.hub.fault({ ...fault, path: commits });
    const made = await on.client.commit(request, on.options);

    const history = on.hub.repository(repo).history();
    expect(history).toHaveLength(2);
    expect(made.oid).toBe(history[0]?.oid);
    expect(made.url).toBe(`${on.hub.url}/datasets/ada/sms/commit/${made.oid}`);
    expect(on.sent).toBe(2 + png.length);
  });

  it('is found below commits that others made since', async () => {
    await using on = await connect();
    on.hub.fault({ path: commits, applyThenCut: true });
    on.hub.fault({
      path: /\/commits\/main/,
      meanwhile: async () => {
        await on.hub.repository(repo).commit({ 'b.csv': 'b\n' });
      },
    });
    const made = await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }));
    expect(
      on.hub
        .repository(repo)
        .history()
        .map(({ oid }) => oid)
        .indexOf(made.oid),
    ).toBe(1);
  });

  it('is sent again when it was not made', async () => {
    await using on = await connect();
    on.hub.fault({ path: commits, cutRequestAfter: 20, times: 2 });
    await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }), on.options);
    expect(on.hub.repository(repo).history()).toHaveLength(2);
    expect(on.waits).toEqual([1000, 2000]);
    expect(on.sent).toBe(2);
  });

  it('is found when it is made only after it was sent again', async () => {
    await using on = await connect();
    const request = commitOf(on, { 'a.csv': 'a\n' });
    on.hub.fault({ path: commits, status: 500 });
    on.hub.fault({ path: commits, meanwhile: () => asOurs(on, request) });
    const made = await on.client.commit(request);
    expect(on.hub.repository(repo).history()).toHaveLength(2);
    expect(made.oid).toBe(on.hub.repository(repo).at().oid);
  });

  it('is a conflict when somebody else was first, with the same title or another', async () => {
    for (const title of ['Add files', 'Theirs']) {
      await using on = await connect();
      const request = commitOf(on, { 'a.csv': 'a\n' });
      const theirs = async () => {
        await on.hub.repository(repo).commit({ 'a.csv': 'b\n' }, { title });
      };
      on.hub.fault({ path: commits, status: 502, meanwhile: theirs });
      expect(await failureOf(on.client.commit(request))).toMatchObject({ failure: 'conflict' });
      expect(on.hub.repository(repo).history()).toHaveLength(2);
    }
  });

  it('opens no second pull request', async () => {
    await using on = await connect();
    on.hub.fault({ path: commits, applyThenCut: true });
    const made = await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }, { pullRequest: true }));
    expect(made.pullRequestUrl).toBe(`${on.hub.url}/datasets/ada/sms/discussions/1`);
    expect([...on.hub.repository(repo).refs.keys()]).toEqual(['refs/heads/main', 'refs/pr/1']);
  });

  it('says so when the Hub cannot be asked', async () => {
    await using on = await connect();
    on.hub.fault({ path: commits, applyThenCut: true });
    on.hub.fault({ path: /\/commits\/main/, status: 503, times: 9 });
    const failure = await failureOf(on.client.commit(commitOf(on, { 'a.csv': 'a\n' })));
    expect(failure).toMatchObject({ failure: 'unreachable', next: 'Plan the push again: it shows what is left.' });
  });
});

/** The commit as the Hub makes it of a request whose answer never comes. */
async function asOurs({ hub }: Connected, request: CommitRequest): Promise<void> {
  const put = request.operations.flatMap((one) => (one.kind === 'put' && 'bytes' in one.content ? [one] : []));
  const files = put.map(({ path, content }) => [path, 'bytes' in content ? content.bytes : ''] as const);
  await hub.repository(repo).commit(Object.fromEntries(files), { title: request.title, author: 'ada' });
}

describe('a commit that is cancelled', () => {
  const reason = new Error('cancelled by a person');

  it('asks nothing when it was cancelled before', async () => {
    await using on = await connect();
    const signal = AbortSignal.abort(reason);
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), { signal }))).toBe(reason);
    expect(on.hub.requests).toEqual([]);
  });

  it('ends while a file is under way, and nothing is committed', async () => {
    await using on = await connect();
    const stop = new AbortController();
    on.hub.fault({ method: 'PUT', path: storage, delay: 60_000, times: 9 });
    const options = { signal: stop.signal, onBytes: () => stop.abort(reason) };
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), options))).toBe(reason);
    expect(on.hub.log.some((line) => line.includes('/commit/'))).toBe(false);
  });

  it('ends while it waits', async () => {
    const stop = new AbortController();
    await using on = await connect({
      wait: (_, signal) => {
        stop.abort(reason);
        return Promise.reject(signal?.reason as Error);
      },
    });
    on.hub.fault({ method: 'PUT', path: storage, status: 500, times: 9 });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), { signal: stop.signal }))).toBe(reason);
  });

  it('is reported when it was sent already', async () => {
    await using on = await connect();
    const stop = new AbortController();
    on.hub.fault({ path: commits, meanwhile: () => stop.abort(reason) });
    const made = await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }), { signal: stop.signal });
    expect(on.hub.repository(repo).at().oid).toBe(made.oid);
  });
});

describe('a commit that others stand in the way of', () => {
  it('waits for one that is under way', async () => {
    await using on = await connect();
    const body = { error: 'Cannot commit: another conflicting operation is in progress' };
    on.hub.fault({ path: commits, status: 409, body });
    await on.client.commit(commitOf(on, { 'a.csv': 'a\n' }), on.options);
    expect(on.hub.repository(repo).history()).toHaveLength(2);
    expect(on.messages).toHaveLength(1);
  });

  it('is told of every other 409 and 413 at once', async () => {
    await using on = await connect();
    on.hub.fault({ path: commits, status: 409, body: { error: 'No.' } });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.csv': 'a\n' })))).toMatchObject({ failure: 'conflict' });
    on.hub.fault({ path: commits, status: 413, body: { error: 'Too many' } });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.csv': 'a\n' })))).toMatchObject({ failure: 'tooLarge' });
    expect(on.waits).toEqual([]);
  });

  it('shows what LFS has against an object', async () => {
    await using on = await connect();
    const sent = { path: /objects\/batch/, status: 200, headers: { 'content-type': 'application/vnd.git-lfs+json' } };
    const error = { code: 422, message: 'Object is too large for your plan' };
    const oid = createHash('sha256').update(png).digest('hex');
    on.hub.fault({ ...sent, body: { transfer: 'basic', objects: [{ oid, size: png.length, error }] } });
    const failure = await failureOf(on.client.commit(commitOf(on, { 'a.png': png })));
    expect(failure).toMatchObject({ failure: 'refused', answer: { status: 422 } });
    expect(String(failure)).toContain('a.png: Object is too large for your plan');
  });
});
