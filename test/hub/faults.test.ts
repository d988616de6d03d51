import { randomBytes } from 'node:crypto';
import { downloadFile, uploadFiles, whoAmI } from '@huggingface/hub';
import { describe, expect, it } from 'vitest';
import { testTokens } from './accounts';
import { access, file, repo, start, statusOf } from './harness';
import type { TestHub } from './hub';

const image = randomBytes(300_000);
const push = (hub: TestHub): Promise<number | undefined> =>
  statusOf(uploadFiles({ ...access(hub), files: [file('a.png', image)], useXet: false }));

describe('a fault', () => {
  it('answers as often as it was asked for, after as many requests as pass', async () => {
    const hub = await start();
    const headers = { RateLimit: '"api";r=0;t=2' };
    hub.fault({ method: 'GET', path: /whoami/, after: 1, times: 2, status: 429, headers, body: { error: 'Too many' } });
    const statuses: (number | undefined)[] = [];
    for (let call = 0; call < 4; call++) statuses.push(await statusOf(whoAmI(access(hub))));
    expect(statuses).toEqual([undefined, 429, 429, undefined]);
    hub.fault({ path: /whoami/, times: Infinity, status: 503, body: '<html>' });
    expect(await statusOf(whoAmI(access(hub)))).toBe(503);
    hub.clearFaults();
    expect(await statusOf(whoAmI(access(hub)))).toBeUndefined();
  });

  it('carries a commit out and cuts the answer', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    hub.fault({ method: 'POST', path: /\/commit\//, applyThenCut: true });
    expect(await push(hub)).toBe(0);
    expect(repository.history()).toHaveLength(2);
    expect(hub.requests.at(-1)?.status).toBeUndefined();
  });

  it('cuts a commit that then is not made', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    hub.fault({ method: 'POST', path: /\/commit\//, cutRequestAfter: 10 });
    expect(await push(hub)).toBe(0);
    expect(repository.history()).toHaveLength(1);
    expect(await push(hub)).toBeUndefined();
  });

  it('cuts an upload, of which nothing is kept', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    hub.fault({ method: 'PUT', path: /\/ada\/sms\//, cutRequestAfter: 100_000 });
    expect(await push(hub)).toBe(0);
    expect(repository.paths()).toEqual(['.gitattributes']);
    expect(await push(hub)).toBeUndefined();
    expect((await repository.read('a.png')).equals(image)).toBe(true);
    expect(hub.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  it('cuts a download', async () => {
    const hub = await start();
    await hub.addRepository(repo.name).commit({ 'a.png': image });
    hub.fault({ method: 'GET', path: /^\/ada\/sms\//, after: 1, cutAnswerAfter: 1000 });
    const blob = await downloadFile({ ...access(hub), path: 'a.png' });
    await expect(blob?.arrayBuffer()).rejects.toThrow('terminated');
    expect(image.equals((await blob?.bytes()) ?? Buffer.of())).toBe(true);
  });

  it('sends a client in circles', async () => {
    const hub = await start();
    hub.fault({ path: /whoami/, redirectLoop: true });
    expect(await statusOf(whoAmI(access(hub)))).toBe(0);
    expect(hub.requests.length).toBeGreaterThan(10);
  });

  it('slows an upload down, and lets something else happen before a commit', async () => {
    const hub = await start();
    const repository = hub.addRepository(repo.name);
    hub.fault({ method: 'PUT', path: /./, throttle: 1_000_000 });
    const commitMeanwhile = async (): Promise<void> => {
      await repository.commit({ b: 'b' });
    };
    hub.fault({ path: /\/commit\//, delay: 20, meanwhile: commitMeanwhile });
    const started = performance.now();
    expect(await push(hub)).toBeUndefined();
    expect(performance.now() - started).toBeGreaterThan(290);
    expect(repository.history().map(({ author }) => author)).toEqual(['ada', 'bob', 'ada']);
  });

  it('that is none leaves the connection good for the next request', async () => {
    const hub = await start();
    hub.addRepository(repo.name);
    const body = JSON.stringify({ files: [], padding: 'x'.repeat(1_000_000) });
    for (const token of ['hf_unknown', testTokens.read, testTokens.write]) {
      const headers = { authorization: `Bearer ${token}` };
      await fetch(`${hub.url}/api/datasets/ada/sms/preupload/main`, { method: 'POST', headers, body });
    }
    // What a refused request still sends may arrive after its answer.
    await expect
      .poll(() => hub.requests.map(({ status, received }) => [status, received]))
      .toEqual([401, 403, 200].map((status) => [status, body.length]));
  });
});

describe('the storage', () => {
  it('takes only what was announced, at signed addresses, without a token', async () => {
    const hub = await start();
    const { id, objects } = hub.addRepository(repo.name);
    const oid = 'a'.repeat(64);
    const answer = await fetch(`${hub.url}/datasets/${id}.git/info/lfs/objects/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testTokens.write}` },
      body: JSON.stringify({ operation: 'upload', transfers: ['basic'], objects: [{ oid, size: 3 }] }),
    });
    const batch = (await answer.json()) as { objects: { actions: { upload: { href: string } } }[] };
    const href = batch.objects[0]?.actions.upload.href ?? '';
    const put = async (url: string, init: RequestInit = {}): Promise<string> => {
      const stored = await fetch(url, { method: 'PUT', body: 'abc', ...init });
      return `${stored.status} ${/<Code>(.*?)</.exec(await stored.text())?.[1] ?? ''}`;
    };
    expect(new URL(href).hostname).toBe('localhost');
    expect(await put(href)).toBe('400 BadDigest');
    expect(await put(href.replace(/Signature=..../, 'Signature=none'))).toBe('403 SignatureDoesNotMatch');
    expect(await put(href, { headers: { authorization: `Bearer ${testTokens.write}` } })).toBe('400 InvalidArgument');
    const chunked = { body: new Blob(['abc']).stream(), duplex: 'half' };
    expect(await put(href, chunked)).toBe('501 NotImplemented');
    expect(objects.has(oid)).toBe(false);
  });
});

describe('the rate limits', () => {
  it('are told with every answer, and kept', async () => {
    const hub = await start({ quotas: { api: 2 } });
    const ask = async (): Promise<[number, string | null]> => {
      const { status, headers } = await fetch(`${hub.url}/api/whoami-v2`);
      return [status, headers.get('ratelimit')];
    };
    expect(await ask()).toEqual([401, '"api";r=1;t=300']);
    expect(await ask()).toEqual([401, '"api";r=0;t=300']);
    expect(await ask()).toEqual([429, '"api";r=0;t=300']);
    const page = await fetch(`${hub.url}/datasets`);
    expect(page.headers.get('ratelimit')).toContain('"pages"');
  });
});
