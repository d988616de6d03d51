import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitOf, connect, failureOf } from './connected';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'flag-review-client-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const repo = 'ada/sms';
const storage = /^\/ada\/sms\/[0-9a-f]{64}/;
const png = randomBytes(300_000);

describe('an upload', () => {
  it('is tried again, and takes back what did not arrive', async () => {
    await using on = await connect();
    on.hub.fault({ method: 'PUT', path: storage, status: 500 });
    on.hub.fault({ method: 'PUT', path: storage, cutRequestAfter: 100_000 });
    await on.client.commit(commitOf(on, { 'a.png': png }), on.options);
    expect(on.hub.log.filter((line) => line.startsWith('PUT'))).toHaveLength(3);
    expect(png.equals(await on.hub.repository(repo).read('a.png'))).toBe(true);
    expect(on.sent).toBe(png.length);
    expect(on.waits).toEqual([1000, 2000]);
    expect(on.messages[0]).toMatch(/answered 500 while a\.png was on its way\. Trying again in 1 s\.$/);
  });

  it('is given up after five tries; nothing is committed and nothing counted', async () => {
    await using on = await connect();
    on.hub.fault({ method: 'PUT', path: storage, status: 503, body: '<html>No</html>', times: 9 });
    const failure = await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), on.options));
    expect(failure).toMatchObject({ failure: 'unreachable', answer: { status: 503 } });
    expect(String(failure)).toContain('a.png');
    expect(String(failure)).not.toContain('html');
    expect(on.waits).toEqual([1000, 2000, 4000, 8000]);
    expect(on.sent).toBe(0);
    expect(on.hub.repository(repo).history()).toHaveLength(1);
  });

  it('in parts arrives whole, each part tried on its own', async () => {
    await using on = await connect({}, { partBytes: 100_000, multipartFrom: 100_000 });
    on.hub.fault({ method: 'PUT', path: storage, after: 1, cutRequestAfter: 10 });
    await on.client.commit(commitOf(on, { 'a.png': png }), on.options);
    expect(png.equals(await on.hub.repository(repo).read('a.png'))).toBe(true);
    expect(on.sent).toBe(png.length);
  });

  it('is not followed elsewhere, for which fetch would keep all of it in memory', async () => {
    const redirects: unknown[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (init?.method === 'PUT') redirects.push(init.redirect);
      return globalThis.fetch(input, init);
    };
    await using on = await connect({ fetch }, { partBytes: 100_000, multipartFrom: 100_000 });
    await on.client.commit(commitOf(on, { 'a.png': png, 'b.png': randomBytes(10) }));
    expect(redirects).toEqual(['error', 'error', 'error', 'error']);
  });

  it('asks the Hub again for an address that is no longer good, and sends nothing twice', async () => {
    await using on = await connect();
    const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.png`, randomBytes(50_000)]));
    on.hub.fault({ path: /\/objects\/batch/, after: 1, status: 503 });
    const expire = (): void => on.hub.expireAddresses();
    on.hub.fault({ method: 'PUT', path: storage, after: 2, meanwhile: expire });
    await on.client.commit(commitOf(on, files), on.options);
    for (const [path, content] of Object.entries(files)) {
      expect(content.equals(await on.hub.repository(repo).read(path))).toBe(true);
    }
    const puts = on.hub.requests.filter(({ method }) => method === 'PUT');
    const arrived = puts.filter(({ status }) => status === 200);
    expect(puts.some(({ status }) => status === 403)).toBe(true);
    expect(new Set(arrived.map(({ path }) => path)).size).toBe(4);
    expect(arrived).toHaveLength(4);
    expect(on.sent).toBe(200_000);
  });

  it('is refused in the end where no address is ever good, and nothing is committed', async () => {
    await using on = await connect();
    const expired = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
    on.hub.fault({ method: 'PUT', path: storage, status: 403, body: expired, times: 99 });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), on.options))).toMatchObject({
      failure: 'refused',
      what: expect.stringContaining('Request has expired') as string,
      next: 'Push again: what is stored is not sent again.',
    });
    expect(on.hub.log.filter((line) => line.startsWith('PUT'))).toHaveLength(4);
    expect(on.hub.repository(repo).history()).toHaveLength(1);
    expect(on.sent).toBe(0);
  });

  it('in parts whose addresses are no longer good says that it can be pushed again', async () => {
    await using on = await connect({}, { partBytes: 100_000, multipartFrom: 100_000 });
    on.hub.fault({ method: 'PUT', path: storage, after: 2, meanwhile: () => on.hub.expireAddresses() });
    const failure = await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), on.options));
    expect(failure).toMatchObject({ failure: 'refused', next: 'Push again: what is stored is not sent again.' });
  });

  it('goes by xet only where that is turned on', async () => {
    for (const useXet of [false, true]) {
      await using on = await connect({ useXet });
      await on.client.commit(commitOf(on, { 'a.png': png }));
      expect(on.hub.offers).toEqual([['basic', 'multipart', ...(useXet ? ['xet'] : [])]]);
    }
  });

  it('names a file that changed or vanished since it was planned', async () => {
    await using on = await connect();
    const file = join(folder, 'changing.parquet');
    await writeFile(file, randomBytes(1000));
    const put = (size: number) =>
      on.client.commit({
        ...commitOf(on, {}),
        operations: [{ kind: 'put', path: 'a.parquet', content: { file, size } }],
      });
    for (const size of [999, 1001, 100_000]) {
      expect(await failureOf(put(size))).toMatchObject({
        name: 'ExpectedError',
        what: expect.stringContaining(file) as string,
      });
    }
    on.hub.fault({ method: 'PUT', path: storage, meanwhile: () => writeFile(file, randomBytes(1000)), delay: 1 });
    const refused = { status: 400, body: '<Error><Code>BadDigest</Code></Error>' };
    on.hub.fault({ method: 'PUT', path: storage, ...refused });
    await rm(file);
    expect(await failureOf(put(1000))).toMatchObject({
      name: 'ExpectedError',
      what: expect.stringContaining(file) as string,
    });
    expect(on.hub.repository(repo).history()).toHaveLength(1);
  });

  it('names the storage that refuses it, or sends it elsewhere', async () => {
    await using on = await connect();
    const xml = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    on.hub.fault({ method: 'PUT', path: storage, status: 403, body: xml });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png })))).toMatchObject({
      failure: 'refused',
      what: expect.stringMatching(/^localhost:\d+, the storage of .+, refuses a\.png \(403\): Access Denied/) as string,
    });
    on.hub.fault({ method: 'PUT', path: storage, status: 307, headers: { location: on.hub.url } });
    expect(await failureOf(on.client.commit(commitOf(on, { 'a.png': png }), on.options))).toMatchObject({
      failure: 'unreachable',
      what: expect.stringContaining('while a.png was on its way: it sends what is uploaded elsewhere.') as string,
    });
    expect(on.waits).toEqual([]);
    expect(on.sent).toBe(0);
  });

  it('names a file whose bytes the storage refuses', async () => {
    await using on = await connect();
    const refused = { status: 400, body: '<Error><Code>BadDigest</Code></Error>', times: 9 };
    on.hub.fault({ method: 'PUT', path: storage, ...refused });
    const failure = await failureOf(on.client.commit(commitOf(on, { 'a.png': png })));
    expect(failure).toMatchObject({ what: 'a.png has changed since the push was planned.' });
    expect(on.waits).toEqual([]);
  });

  it('counts every byte once, whatever goes wrong in between', async () => {
    const fault = fc.constantFrom(
      { status: 500 },
      { status: 503 },
      { cutRequestAfter: 70_000 },
      { cutRequestAfter: 1 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 4 }),
        fc.integer({ min: 1, max: 400_000 }),
        async (faults, size) => {
          await using on = await connect();
          for (const one of faults) on.hub.fault({ method: 'PUT', path: storage, ...one });
          await on.client.commit(commitOf(on, { 'a.png': randomBytes(size), 'b.csv': 'b\n' }), on.options);
          expect(on.sent).toBe(size + 2);
        },
      ),
      { numRuns: 15 },
    );
  });
});
