import {
  checkRepoAccess,
  commit,
  createBranch,
  createRepo,
  deleteRepo,
  downloadFile,
  listCommits,
  listFiles,
  pathsInfo,
  uploadFiles,
  whoAmI,
} from '@huggingface/hub';
import { describe, expect, it } from 'vitest';
import { testTokens } from './accounts';
import { access, file, repo, start, statusOf } from './harness';

const png = Buffer.from('89504e470d0a1a0a', 'hex');

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('a push with the client of Hugging Face', () => {
  it('stores regular files and LFS files as one commit', async () => {
    const hub = await start();
    await createRepo({ ...access(hub), visibility: 'private' });
    const files = [
      file('README.md', '# SMS\n'),
      file('data.csv', 'a\n1\n'),
      file('images/1.png', png),
      file('empty', ''),
    ];
    const made = await uploadFiles({ ...access(hub), files, useXet: false, commitTitle: 'First' });

    const repository = hub.repository(repo.name);
    expect(repository.visibility).toBe('private');
    expect(repository.paths()).toEqual(['.gitattributes', 'README.md', 'data.csv', 'empty', 'images/1.png']);
    expect(await repository.read('images/1.png')).toEqual(png);
    expect(repository.history().map(({ title }) => title)).toEqual(['First', 'initial commit']);
    expect(repository.at().oid).toBe(made?.commit.oid);
    expect(repository.at().parents).toEqual([repository.history()[1]?.oid]);
    expect(hub.log.map((line) => line.replace(/[0-9a-f]{64}/, '<sha256>'))).toEqual([
      'POST /api/repos/create 200',
      'POST /api/datasets/ada/sms/preupload/main 200',
      'POST /datasets/ada/sms.git/info/lfs/objects/batch 200',
      'PUT /ada/sms/<sha256> 200',
      'POST /api/datasets/ada/sms/commit/main 200',
    ]);
    await deleteRepo(access(hub));
    expect(hub.repositories.size).toBe(0);
  });

  it('takes a large file in parts, and none that it has', async () => {
    const hub = await start({ multipartFrom: 1_000_000, partBytes: 300_000 });
    hub.addRepository(repo.name);
    const large = Buffer.alloc(1_000_001, 'large ');
    await uploadFiles({ ...access(hub), files: [file('a.bin', large)], useXet: false });
    expect(hub.requests.filter(({ server }) => server === 'storage').map(({ received }) => received)).toEqual(
      expect.arrayContaining([300_000, 100_001]),
    );
    expect((await hub.repository(repo.name).read('a.bin')).equals(large)).toBe(true);

    hub.requests.length = 0;
    await uploadFiles({ ...access(hub), files: [file('b.bin', large)], useXet: false });
    expect(hub.requests.filter(({ server }) => server === 'storage')).toEqual([]);
    expect(hub.repository(repo.name).paths()).toContain('b.bin');
  });

  it('changes nothing when the branch moved, unless it is a pull request', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    const parentCommit = repository.at().oid;
    const theirs = await repository.commit({ 'theirs.txt': 'theirs' });
    const operations = [{ operation: 'addOrUpdate', ...file('ours.txt', 'ours') } as const];
    const request = { ...access(hub), title: 'Ours', operations, parentCommit, useXet: false };
    expect(await statusOf(commit(request))).toBe(412);
    expect(repository.at()).toBe(theirs);

    const proposed = await commit({ ...request, isPullRequest: true });
    expect(proposed?.pullRequestUrl).toBe(`${hub.url}/datasets/ada/sms/discussions/1`);
    expect(repository.at()).toBe(theirs);
    expect(repository.paths('refs/pr/1')).toEqual(['.gitattributes', 'ours.txt']);
  });

  it('deletes files, and refuses what cannot be', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    await repository.commit({ 'old.txt': 'old', 'a/b.txt': 'b' });
    const change = (operations: Parameters<typeof commit>[0]['operations'], title = 'Change'): Promise<unknown> =>
      commit({ ...access(hub), title, operations, useXet: false });
    await change([{ operation: 'delete', path: 'old.txt' }]);
    expect(repository.paths()).toEqual(['.gitattributes', 'a/b.txt']);
    expect(await statusOf(change([{ operation: 'delete', path: 'old.txt' }]))).toBe(404);
    expect(await statusOf(change([{ operation: 'addOrUpdate', ...file('a', 'file') }]))).toBe(400);
    expect(await statusOf(change([{ operation: 'addOrUpdate', ...file('../a', 'file') }]))).toBe(400);
    expect(await statusOf(change([{ operation: 'addOrUpdate', ...file('README.md', '---\na: [\n---\n') }]))).toBe(400);
    expect(await statusOf(change([], ''))).toBe(400);
    expect(repository.history()).toHaveLength(3);
  });

  it('is refused when it is too large', async () => {
    const hub = await start({ maxCommitBytes: 1000 });
    hub.addRepository(repo.name);
    const push = (size: number): Promise<number | undefined> =>
      statusOf(uploadFiles({ ...access(hub), files: [file('a.txt', 'x'.repeat(size))], useXet: false }));
    expect([await push(1000), await push(100)]).toEqual([413, undefined]);
  });

  it('is refused while another commit is under way', async () => {
    const hub = await start({ commitTakes: 200 });
    hub.addRepository(repo.name);
    const push = (name: string): Promise<number | undefined> =>
      statusOf(uploadFiles({ ...access(hub), files: [file(name, name)], useXet: false }));
    expect((await Promise.all([push('a.txt'), push('b.txt')])).sort()).toEqual([409, undefined]);
  });
});

describe('who may do what', () => {
  it.each([
    ['write', { name: 'ada/new' }, undefined],
    ['write', { name: 'lab/new' }, undefined],
    ['write', { name: 'library/new' }, 403],
    ['write', { name: 'bob/new' }, 403],
    ['read', { name: 'ada/new' }, 403],
    ['fineGrained', { name: 'lab/new' }, undefined],
    ['fineGrained', { name: 'ada/new' }, 403],
    ['write', { name: 'ada/a--b' }, 400],
    ['write', { name: 'ada/there' }, 409],
  ] as const)('a %s token makes %o: %s', async (token, { name }, status) => {
    const hub = await start();
    hub.addRepository('ada/there');
    const made = createRepo({ ...access(hub, testTokens[token]), repo: { type: 'dataset', name } });
    expect(await statusOf(made)).toBe(status);
  });

  it('a private repository is missing for others', async () => {
    const hub = await start();
    hub.addRepository(repo.name);
    expect(await statusOf(checkRepoAccess(access(hub)))).toBeUndefined();
    expect(await statusOf(checkRepoAccess(access(hub, testTokens.bob)))).toBe(404);
    expect(await statusOf(checkRepoAccess({ repo, hubUrl: hub.url }))).toBe(401);
    expect(await statusOf(checkRepoAccess(access(hub, 'hf_unknown')))).toBe(401);
  });

  it('a public one can be read by all, and be proposed to', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name, 'public');
    expect(await statusOf(checkRepoAccess({ repo, hubUrl: hub.url }))).toBeUndefined();
    const bob = { ...access(hub, testTokens.bob), files: [file('a.png', png)], useXet: false };
    expect(await statusOf(uploadFiles(bob))).toBe(403);
    await uploadFiles({ ...bob, isPullRequest: true });
    expect(repository.paths('refs/pr/1')).toContain('a.png');
  });

  it('a token that a test adds is known until it is revoked', async () => {
    const hub = await start();
    hub.addUser({ name: 'eve', fullName: 'Eve', organizations: {} });
    hub.addToken({ token: 'hf_Eve', user: 'eve', role: 'read' });
    expect(await whoAmI(access(hub, 'hf_Eve'))).toMatchObject({ name: 'eve', auth: { accessToken: { role: 'read' } } });
    hub.revoke('hf_Eve');
    expect(await statusOf(whoAmI(access(hub, 'hf_Eve')))).toBe(401);
  });

  it('whoami names the organisations and the role', async () => {
    const hub = await start();
    const account = await whoAmI(access(hub));
    expect(account).toMatchObject({ type: 'user', name: 'ada', auth: { accessToken: { role: 'write' } } });
    expect(account.type === 'user' && account.orgs.map(({ name }) => name)).toEqual(['lab', 'library']);
  });
});

describe('what is in a repository', () => {
  it('is listed in pages', async () => {
    const hub = await start({ pageSize: 3 });
    const repository = hub.addRepository(repo.name);
    const names = Array.from({ length: 7 }, (_, index) => `data/${index}.txt`);
    await repository.commit(Object.fromEntries(names.map((name) => [name, name])));
    const all = await collect(listFiles({ ...access(hub), recursive: true, expand: true }));
    expect(all.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'file .gitattributes',
      'directory data',
      ...names.map((name) => `file ${name}`),
    ]);
    expect(all.at(-1)?.lastCommit?.title).toBe('Change by somebody else');
    const found = await pathsInfo({ ...access(hub), paths: ['data/1.txt', 'data', 'nowhere'] });
    expect(found.map(({ path }) => path)).toEqual(['data/1.txt', 'data']);
    expect(await statusOf(collect(listFiles({ ...access(hub), path: 'nowhere' })))).toBe(404);
    for (let round = 0; round < 4; round++) await repository.commit({ round: `${round}` });
    expect(await collect(listCommits({ ...access(hub), batchSize: 2 }))).toHaveLength(6);
  });

  it('is downloaded, from the storage where it is in LFS', async () => {
    const hub = await start();
    await hub.addRepository(repo.name).commit({ 'a.txt': 'some text', 'a.png': png });
    const text = await downloadFile({ ...access(hub), path: 'a.txt' });
    expect(await text?.text()).toBe('some text');
    const image = await downloadFile({ ...access(hub), path: 'a.png' });
    expect(await image?.bytes()).toEqual(new Uint8Array(png));
    expect(await downloadFile({ ...access(hub), path: 'nowhere' })).toBeNull();
    const part = await fetch(`${hub.url}/datasets/ada/sms/resolve/main/a.txt`, {
      headers: { authorization: `Bearer ${testTokens.read}`, range: 'bytes=5-' },
    });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 5-8/9', 'text']);
  });

  it('has branches', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    const branch = 'dev/a b';
    await createBranch({ ...access(hub), branch });
    expect(await statusOf(createBranch({ ...access(hub), branch }))).toBe(409);
    await uploadFiles({ ...access(hub), branch, files: [file('a#b?c%20d é.txt', 'odd')], useXet: false });
    expect(repository.paths()).toEqual(['.gitattributes']);
    expect(repository.paths(branch)).toEqual(['.gitattributes', 'a#b?c%20d é.txt']);
  });
});
