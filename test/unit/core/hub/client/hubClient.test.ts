import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHubClient } from '../../../../../extension/core/hub/client/hubClient';
import type { HubError } from '../../../../../extension/core/hub/hubError';
import { silentLog } from '../../../../../extension/core/log';
import { testTokens } from '../../../../hub/accounts';
import { collect, connect, failureOf } from './connected';

const repo = 'ada/sms';
const account = /whoami/;
afterEach(() => vi.unstubAllGlobals());

describe('a client of a Hub', () => {
  it('tells whose token it has', async () => {
    await using on = await connect();
    expect(await on.client.whoAmI()).toEqual({
      name: 'ada',
      fullName: 'Ada Lovelace',
      role: 'write',
      tokenName: 'laptop',
      organizations: [
        { name: 'lab', role: 'admin' },
        { name: 'library', role: 'read' },
      ],
      scopes: undefined,
    });
    const [request] = on.hub.requests;
    expect(request?.headers).toMatchObject({ 'user-agent': 'flag-review/test', authorization: 'Bearer hf_AdaWrites' });
  });

  it('knows a repository at any revision, and none that its token may not see', async () => {
    await using on = await connect();
    const first = on.hub.repository(repo).at().oid;
    const second = await on.hub.repository(repo).commit({ 'a.csv': 'a\n' });
    const known = { id: repo, visibility: 'private' };
    expect(await on.client.repository(repo)).toEqual({ ...known, commit: second.oid });
    expect(await on.client.repository(repo, first)).toEqual({ ...known, commit: first });
    expect(await on.client.repository(repo, 'no/such branch')).toBeUndefined();
    expect(await on.client.repository('ada/other')).toBeUndefined();
    const anyone = createHubClient({ endpoint: on.hub.url, token: undefined, log: silentLog, userAgent: 'test' });
    expect(await anyone.repository(repo)).toBeUndefined();
    on.hub.addRepository('ada/open', 'public');
    expect(await anyone.repository('ada/open')).toMatchObject({ visibility: 'public' });
  });

  it('makes a repository once', async () => {
    await using on = await connect();
    expect(await on.client.createRepository('ada/new', 'private')).toBe(true);
    expect(await on.client.createRepository('ada/new', 'public')).toBe(false);
    expect(on.hub.repository('ada/new').visibility).toBe('private');
    expect(await failureOf(on.client.createRepository('library/new', 'private'))).toMatchObject({
      failure: 'forbidden',
      next: 'The token may lack write access to library/new: sign in with one that has it.',
    });
  });

  it('knows that it made a repository whose answer was lost', async () => {
    await using on = await connect();
    on.hub.fault({ path: /create/, applyThenCut: true });
    expect(await on.client.createRepository('ada/new', 'private')).toBe(true);
    on.hub.fault({ path: /create/, status: 409, body: { error: 'another conflicting operation is in progress' } });
    expect(await on.client.createRepository('ada/third', 'private')).toBe(true);
  });

  it('takes no repository of others for one that it made', async () => {
    await using on = await connect();
    on.hub.addRepository('ada/open', 'public');
    await on.hub.repository(repo).commit({ 'a.csv': 'a\n' });
    for (const other of ['ada/open', repo] as const) {
      on.hub.fault({ path: /create/, status: 500 });
      expect(await on.client.createRepository(other, 'private')).toBe(false);
    }
  });

  it('lists all files of all pages', async () => {
    await using on = await connect({}, { pageSize: 3 });
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`data/${at}/a.csv`, `${at}\n`]));
    await on.hub.repository(repo).commit({ ...files, 'a.png': 'not much of an image' });
    const listed = await collect(on.client.files(repo, 'main'));
    expect(listed.map(({ path }) => path).sort()).toEqual(on.hub.repository(repo).paths());
    const known = on.hub.repository(repo).at().files;
    for (const { path, oid, size, sha256 } of listed) expect({ oid, size, sha256 }).toEqual(partOf(known.get(path)));
    expect(await failureOf(collect(on.client.files(repo, 'nowhere')))).toMatchObject({ failure: 'missing' });
  });

  it('tells the history, newest first', async () => {
    await using on = await connect({}, { pageSize: 2 });
    for (const title of ['1', '2', '3', '4']) await on.hub.repository(repo).commit({ 'a.csv': title }, { title });
    const commits = await on.client.commits(repo, 'main', 4);
    expect(commits.map(({ title }) => title)).toEqual(['4', '3', '2', '1']);
    const { oid, message, date } = on.hub.repository(repo).at();
    expect(commits[0]).toEqual({ oid, title: '4', message, date });
  });

  it('tells what is wrong in a card', async () => {
    await using on = await connect();
    expect(await on.client.cardErrors('---\nlicense: mit\n---\n')).toEqual([]);
    expect(await on.client.cardErrors('---\na: [\n---\n')).toHaveLength(1);
  });

  it('takes the fetch that is there when it asks', async () => {
    const client = createHubClient({ endpoint: 'https://hub.example', token: 'hf_1', log: silentLog, userAgent: 'u' });
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(Response.json({ name: 'ada' }));
    });
    expect(await client.whoAmI()).toMatchObject({ name: 'ada', organizations: [], role: undefined });
    expect(asked).toEqual(['https://hub.example/api/whoami-v2']);
  });

  it('refuses what a token must not be sent to, and what is no token', () => {
    const make = (endpoint: string, token: string) =>
      createHubClient({ endpoint, token, log: silentLog, userAgent: 'test' });
    expect(make('http://localhost:1/', 'hf_1').endpoint).toBe('http://localhost:1');
    expect(() => make('http://hub.example', 'hf_1')).toThrow(/token/);
    expect(() => make('https://hub.example', 'hf_1\nhf_2')).toThrow(/^The token holds characters/);
  });
});

describe('a download', () => {
  const content = randomBytes(400_000);

  it('goes on where the answer broke off', async () => {
    await using on = await connect();
    await on.hub.repository(repo).commit({ 'a.bin': content, 'a.txt': content.toString('hex') });
    on.hub.fault({ path: /^\/ada\/sms\//, cutAnswerAfter: 100_000, times: 2 });
    on.hub.fault({ path: /a\.txt/, cutAnswerAfter: 200_000 });
    expect(await same(on.client.download(repo, 'main', 'a.bin', on.options), content)).toBe(true);
    expect(on.sent).toBe(content.length);
    expect(await same(on.client.download(repo, 'main', 'a.txt'), Buffer.from(content.toString('hex')))).toBe(true);
    const ranges = on.hub.requests.filter(({ headers }) => headers.range !== undefined);
    expect(ranges.length).toBeGreaterThanOrEqual(3);
  });

  it('starts at any byte', async () => {
    await using on = await connect();
    await on.hub.repository(repo).commit({ 'a.bin': content });
    const from = fc.oneof(fc.integer({ min: 0, max: content.length }), fc.constantFrom(0, 1, content.length));
    await fc.assert(
      fc.asyncProperty(from, async (start) => {
        const pieces = on.client.download(repo, 'main', 'a.bin', { from: start });
        expect(await same(pieces, content.subarray(start))).toBe(true);
      }),
      { numRuns: 20 },
    );
    const beyond = collect(on.client.download(repo, 'main', 'a.bin', { from: content.length + 2 }));
    expect(await failureOf(beyond)).toMatchObject({ failure: 'conflict' });
  });

  it('gives no token to the storage', async () => {
    await using on = await connect();
    await on.hub.repository(repo).commit({ 'a.bin': content });
    await collect(on.client.download(repo, 'main', 'a.bin'));
    const stored = on.hub.requests.filter(({ server }) => server === 'storage');
    expect(stored).toHaveLength(1);
    expect(stored[0]?.headers.authorization).toBeUndefined();
  });

  it('fails when the file became another one meanwhile', async () => {
    await using on = await connect();
    await on.hub.repository(repo).commit({ 'a.txt': content.toString('hex') });
    on.hub.fault({ path: /a\.txt/, cutAnswerAfter: 100_000 });
    on.hub.fault({
      path: /a\.txt/,
      meanwhile: async () => {
        await on.hub.repository(repo).commit({ 'a.txt': content.toString('hex').replaceAll('0', 'x') });
      },
    });
    expect(await failureOf(collect(on.client.download(repo, 'main', 'a.txt')))).toMatchObject({ failure: 'conflict' });
  });

  it('says what is not there', async () => {
    await using on = await connect();
    expect(await failureOf(collect(on.client.download(repo, 'main', 'none.csv')))).toMatchObject({
      failure: 'missing',
      what: expect.stringContaining('none.csv') as string,
    });
  });

  it('ends when it is cancelled', async () => {
    await using on = await connect();
    await on.hub.repository(repo).commit({ 'a.bin': content });
    on.hub.fault({ path: /^\/ada\/sms\//, throttle: 100_000 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const pieces = on.client.download(repo, 'main', 'a.bin', { signal: stop.signal });
    const read = async (): Promise<void> => {
      for await (const piece of pieces) if (piece.length > 0) stop.abort(reason);
    };
    expect(await failureOf(read())).toBe(reason);
  });
});

describe('a request that fails', () => {
  it.each([
    ['no such token', 401, 'unauthorized', /Sign in/],
    ['not allowed', 403, 'forbidden', /read access/],
    ['nothing there', 404, 'missing', /Check/],
    ['too large', 413, 'tooLarge', /smaller/],
    ['cannot be', 422, 'refused', /Correct that/],
  ])('is told with the words of the Hub at once: %s', async (error, status, failure, next) => {
    await using on = await connect();
    on.hub.fault({ path: account, status, body: { error } });
    const told = (await failureOf(on.client.whoAmI())) as HubError;
    expect(told).toMatchObject({ failure, answer: { status } });
    expect(told.what).toContain(error);
    expect(told.next).toMatch(next);
    expect(on.hub.requests).toHaveLength(1);
  });

  it('asks nobody without a token where one is needed', async () => {
    await using on = await connect({ token: undefined });
    expect(await failureOf(on.client.whoAmI())).toMatchObject({ failure: 'unauthorized', next: 'Sign in first.' });
    expect(await failureOf(on.client.createRepository(repo, 'private'))).toMatchObject({ failure: 'unauthorized' });
    expect(on.hub.requests).toEqual([]);
  });

  it('shows what only a header says, and never a page', async () => {
    await using on = await connect();
    on.hub.fault({ path: account, status: 403, headers: { 'x-error-message': 'Only for members' }, body: '<html>' });
    expect(String(await failureOf(on.client.whoAmI()))).toMatch(/does not allow it: Only for members\./);
    on.hub.fault({ path: account, status: 403, headers: { 'content-type': 'text/plain' }, body: 'Not today.' });
    expect(String(await failureOf(on.client.whoAmI()))).toContain('does not allow it: Not today. ');
    on.hub.fault({ path: account, status: 403, body: '<!doctype html><b>nginx</b>' });
    expect(String(await failureOf(on.client.whoAmI()))).not.toContain('nginx');
    on.hub.fault({ path: account, status: 200, body: '<html>Log in to the network</html>' });
    expect(await failureOf(on.client.whoAmI())).toMatchObject({
      what: 'The answer is not that of a Hub: it is a web page.',
    });
  });

  it('is not that of a Hub when its answer has another shape', async () => {
    await using on = await connect();
    const parentCommit = on.hub.repository(repo).at().oid;
    const operations = [{ kind: 'put', path: 'a.csv', content: { bytes: Buffer.from('a') } }] as const;
    const commit = { repo, branch: 'main', parentCommit, title: 'x', operations } as const;
    for (const body of [{}, [], { name: 1 }]) {
      on.hub.fault({ path: account, status: 200, body });
      on.hub.fault({ path: /\/revision\//, status: 200, body });
      on.hub.fault({ path: /\/preupload\//, status: 200, body });
      expect(await failureOf(on.client.whoAmI())).toMatchObject({ failure: 'unreachable' });
      expect(await failureOf(on.client.repository(repo))).toMatchObject({ failure: 'unreachable' });
      expect(await failureOf(on.client.commit(commit))).toMatchObject({ failure: 'unreachable' });
    }
    on.hub.fault({ path: /\/commit\//, status: 200, body: {} });
    expect(await failureOf(on.client.commit(commit))).toMatchObject({ failure: 'unreachable' });
    on.hub.fault({ path: /\/commits\//, status: 200, body: {} });
    expect(await failureOf(on.client.commits(repo, 'main', 1))).toMatchObject({
      what: 'The answer is not that of a Hub: it is of another shape.',
    });
    on.hub.fault({ path: /\/tree\//, status: 200, body: [{ type: 'file' }] });
    expect(await failureOf(on.client.files(repo, 'main')[Symbol.asyncIterator]().next())).toMatchObject({
      what: 'The answer is not that of a Hub: it lists files without names.',
    });
    const torn = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sha":' };
    on.hub.fault({ path: /\/revision\//, ...torn });
    expect(await failureOf(on.client.repository(repo))).toMatchObject({
      what: 'The answer is not that of a Hub: it is no JSON.',
    });
  });

  it('is tried again when that may help', async () => {
    await using on = await connect();
    on.hub.fault({ path: account, status: 500 });
    on.hub.fault({ path: account, status: 408 });
    on.hub.fault({ path: account, cutAnswerAfter: 10 });
    expect(await on.client.whoAmI(on.options)).toMatchObject({ name: 'ada' });
    expect(on.waits).toEqual([1000, 2000, 4000]);
    expect(on.messages).toHaveLength(3);
  });

  it('ends a circle of redirects', async () => {
    await using on = await connect();
    on.hub.fault({ path: account, redirectLoop: true, times: 99 });
    expect(await failureOf(on.client.whoAmI())).toMatchObject({ failure: 'unreachable' });
    expect(on.hub.requests).toHaveLength(6);
  });

  it('follows no redirect with content, and no token goes along to another host', async () => {
    await using on = await connect();
    const elsewhere = { status: 302, headers: { location: `${on.hub.storageUrl}/elsewhere?X-Amz-Signature=abcdef` } };
    on.hub.fault({ path: account, ...elsewhere });
    await failureOf(on.client.whoAmI());
    expect(on.hub.requests.at(-1)).toMatchObject({ server: 'storage', path: '/elsewhere' });
    expect(on.hub.requests.at(-1)?.headers.authorization).toBeUndefined();
    on.hub.fault({ path: /create/, ...elsewhere });
    const told = await failureOf(on.client.createRepository('ada/new', 'private'));
    expect(told).toMatchObject({ failure: 'refused', what: expect.stringContaining('/elsewhere') as string });
    expect(String(told)).not.toContain('abcdef');
  });

  it('names the host that cannot be reached', async () => {
    await using on = await connect();
    await on.hub.stop();
    const told = await failureOf(on.client.whoAmI());
    expect(told).toMatchObject({ failure: 'unreachable', answer: {} });
    expect(String(told)).toContain(`${new URL(on.hub.url).host} cannot be reached: nothing answers there.`);
  });

  it.each([
    ['ENOTFOUND', 'no such host is known here', 4],
    ['UND_ERR_CONNECT_TIMEOUT', 'it does not answer', 4],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not trusted (SELF_SIGNED_CERT_IN_CHAIN)', 0],
  ])('says why a host cannot be reached: %s', async (code, reason, waits) => {
    const cause = Object.assign(new Error('no'), { code });
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    await using on = await connect({ endpoint: 'https://hub.example', fetch });
    const told = await failureOf(on.client.whoAmI());
    expect(told).toMatchObject({ failure: 'unreachable', what: `hub.example cannot be reached: ${reason}.` });
    expect(on.waits).toHaveLength(waits);
  });

  it('is given up when nothing moves', async () => {
    await using on = await connect({ patience: { answer: 50, upload: 50 } });
    on.hub.fault({ path: account, delay: 60_000, times: 99 });
    expect(String(await failureOf(on.client.whoAmI()))).toContain('cannot be reached: nothing moved');
    expect(on.waits).toEqual([1000, 2000, 4000, 8000]);
  });
});

describe('a Hub that takes no more requests', () => {
  it.each([
    [{ ratelimit: '"api";r=0;t=2' }, 3000],
    [{ 'retry-after': '60' }, 60_000],
  ])('is waited for when it says a short time: %o', async (headers, wait) => {
    await using on = await connect();
    on.hub.fault({ path: account, status: 429, headers });
    await on.client.whoAmI(on.options);
    expect(on.waits).toEqual([wait]);
    expect(on.messages[0]).toMatch(new RegExp(`takes no more requests for ${wait / 1000} s`));
  });

  it('is told when it is long, or not known', async () => {
    await using on = await connect();
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
    try {
      on.hub.fault({ path: account, status: 429, headers: { ratelimit: '"api";r=0;t=4000' } });
      const told = await failureOf(on.client.whoAmI());
      expect(told).toMatchObject({ failure: 'rateLimited', answer: { status: 429, retryAt: 1_000_000 + 4_001_000 } });
      expect(String(told)).toContain('for 67 minutes');
      on.hub.fault({ path: account, status: 429, body: { error: 'at most 128 commits per hour' } });
      const hourly = await failureOf(on.client.whoAmI());
      expect(hourly).toMatchObject({ failure: 'rateLimited', answer: { status: 429 } });
      expect(String(hourly)).toContain('at most 128 commits per hour');
      expect(on.waits).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a token', () => {
  it('is in no error and no line of the log, whatever the server says', async () => {
    await using on = await connect();
    const address = `${on.hub.storageUrl}/x?X-Amz-Signature=SiGnAtUrE`;
    const body = { error: `Bad ${testTokens.write} at ${address}`, message: '' };
    const told: unknown[] = [];
    for (const status of [400, 401, 403, 404, 409, 412, 413, 422, 429, 500]) {
      on.hub.fault({ path: /./, status, body, times: 5, headers: { 'x-request-id': testTokens.write } });
      told.push(await failureOf(on.client.commits(repo, 'main', 1)));
      on.hub.clearFaults();
    }
    on.hub.fault({
      path: /\/objects\/batch/,
      status: 200,
      body: { objects: [{ oid: '', error: { code: 1, message: address } }] },
    });
    const operations = [{ kind: 'put', path: 'a.png', content: { bytes: Buffer.from('a') } }] as const;
    const parentCommit = on.hub.repository(repo).at().oid;
    told.push(await failureOf(on.client.commit({ repo, branch: 'main', parentCommit, title: 'x', operations })));
    await on.client.commit({ repo, branch: 'main', parentCommit, title: 'x', operations });
    expect(on.log.some((line) => line.startsWith(`PUT ${on.hub.storageUrl}/`))).toBe(true);
    expect(on.log.filter((line) => /\?(?!…)/.test(line))).toEqual([]);
    const texts = told.flatMap((error) => [String(error), (error as HubError).details, JSON.stringify(error)]);
    for (const text of [...texts, ...on.log, ...on.messages]) {
      expect(text).not.toContain(testTokens.write);
      expect(text).not.toContain('SiGnAtUrE');
    }
    expect(texts.join()).toContain('hf_…');
  });
});

function partOf(file: { oid: string; size: number; sha256: string | undefined } | undefined) {
  return file && { oid: file.oid, size: file.size, sha256: file.sha256 };
}

async function same(pieces: AsyncIterable<Uint8Array>, expected: Buffer): Promise<boolean> {
  return expected.equals(Buffer.concat(await collect(pieces)));
}
