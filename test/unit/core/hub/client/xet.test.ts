import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connect } from './connected';

const repo = 'ada/sms';
const xetToken = 'of-the-storage';

/** A storage that speaks xet and knows no chunk yet; it keeps nothing. */
async function startStorage(): Promise<AsyncDisposable & { url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    request.on('end', () => {
      const isQuestion = request.method === 'GET';
      response.writeHead(isQuestion ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isQuestion ? { error: 'unknown' } : { was_inserted: true, result: 1 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url: `http://localhost:${port}`,
    requests,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return stop();
    },
  };
}

describe('an upload by xet', () => {
  it('gives the storage its own token and the content, and the Hub the commit', async () => {
    await using storage = await startStorage();
    await using on = await connect({ useXet: true });
    const content = randomBytes(200_000);
    const oid = createHash('sha256').update(content).digest('hex');
    await on.hub.repository(repo).objects.add(content);
    const header = {
      'X-Xet-Cas-Url': storage.url,
      'X-Xet-Access-Token': xetToken,
      'X-Xet-Token-Expiration': String(Math.floor(Date.now() / 1000) + 3600),
      'X-Xet-Session-Id': 'session',
    };
    const upload = { href: `${on.hub.url}/api/datasets/${repo}/xet-write-token/main`, header };
    const objects = [{ oid, size: content.length, actions: { upload } }];
    const headers = { 'content-type': 'application/vnd.git-lfs+json' };
    on.hub.fault({ path: /\/objects\/batch/, status: 200, headers, body: { transfer: 'xet', objects } });

    const operations = [{ kind: 'put', path: 'a.png', content: { bytes: content } }] as const;
    const parentCommit = on.hub.repository(repo).at().oid;
    const request = { repo, branch: 'main', parentCommit, title: 'By xet', operations } as const;
    const { oid: made } = await on.client.commit(request, on.options);

    expect(on.hub.repository(repo).at()).toMatchObject({ oid: made, title: 'By xet' });
    expect(content.equals(await on.hub.repository(repo).read('a.png'))).toBe(true);
    expect(on.sent).toBe(content.length);
    const posted = storage.requests.filter(({ method }) => method === 'POST').map(({ url }) => url?.split('/')[2]);
    expect(posted).toEqual(['xorbs', 'shards']);
    for (const { headers: sent } of storage.requests) expect(sent.authorization).toBe(`Bearer ${xetToken}`);
  });
});
