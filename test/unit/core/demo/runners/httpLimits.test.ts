import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { HttpRunner, type HttpServices } from '../../../../../extension/core/demo/runners/httpRunner';
import { json } from './workbench';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A runner for one JSON output of a server on this machine. */
async function runnerOf(listener: RequestListener, limits: NonNullable<HttpServices['limits']>): Promise<HttpRunner> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const services = { mediaDir: '/nowhere', consent: () => Promise.resolve(true), limits };
  return new HttpRunner(`http://127.0.0.1:${port}/`, { inputs: [], outputs: [json] }, services);
}

const generous = { seconds: 60, megabytes: 1 };

describe('an answer over HTTP', () => {
  it('that is too large is given up before its end', async () => {
    let closed: Promise<unknown> | undefined;
    const endless: RequestListener = (_, response) => {
      closed = once(response, 'close');
      const more = (): boolean => response.write('x'.repeat(65_536));
      response.on('drain', more);
      more();
    };
    const runner = await runnerOf(endless, generous);
    await expect(runner.run([])).rejects.toThrow('is larger than 1 MB');
    await closed;
  });

  it('that does not come is not waited for without end', async () => {
    const runner = await runnerOf(() => undefined, { ...generous, seconds: 0.05 });
    await expect(runner.run([])).rejects.toThrow('did not answer within 0.05 seconds');
  });

  it('that breaks off is no bug of ours', async () => {
    const runner = await runnerOf((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"data":', () => response.destroy());
    }, generous);
    await expect(runner.run([])).rejects.toThrow(/broke off/);
  });

  it.each([
    ['an object', (file: unknown) => ({ deep: [file] })],
    ['JSON text', (file: unknown) => JSON.stringify(file)],
  ])('cannot hide a file of this disk in %s', async (_, hide) => {
    const data = [hide(fileData('/etc/hostname'))];
    const runner = await runnerOf((_request, response) => response.end(JSON.stringify({ data })), generous);
    await expect(runner.run([])).rejects.toThrow('names the file "/etc/hostname"');
  });
});
