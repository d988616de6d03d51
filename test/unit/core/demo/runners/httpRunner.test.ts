import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { fileData, isFileData } from '../../../../../extension/core/demo/fileData';
import { FunctionError } from '../../../../../extension/core/demo/runners/functionError';
import { ExpectedError } from '../../../../../extension/core/errors';
import { json, number, textbox, workbenches } from './workbench';

type Answer = (body: unknown, response: ServerResponse) => void;

const bench = workbenches();
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => answer(body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/predict`;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function answerWith(data: unknown): Answer {
  return (_, response) => void response.end(JSON.stringify({ data }));
}

async function failureOf(running: Promise<unknown>): Promise<ExpectedError> {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error;
  throw new Error('The run did not fail as expected.', { cause: error });
}

describe('a function behind an address', () => {
  it('is posted the inputs and answers the outputs', async () => {
    const seen: unknown[] = [];
    const url = await serve((body, response) => {
      seen.push(body);
      response.end('{"data": [8, {"x": [1, null]}]}');
    });
    const runner = (await bench()).runner({ type: 'http', url }, [number, number], [number, json]);
    expect(await runner.run([5, 2.5])).toEqual([8, { x: [1, null] }]);
    expect(seen).toEqual([{ data: [5, 2.5] }]);
  });

  it('is sent files by content, without their place on this disk, and answers them as data URIs', async () => {
    const opened = await bench();
    const path = await opened.write('a.png', 'pixels');
    const seen: unknown[] = [];
    const url = await serve((body, response) => {
      seen.push(body);
      response.end(
        JSON.stringify({ data: [`data:image/png;base64,${Buffer.from('\x89PNG…', 'latin1').toString('base64')}`] }),
      );
    });
    const runner = opened.runner({ type: 'http', url }, [{ kind: 'image' }], [{ kind: 'image' }]);
    const [output] = await runner.run([fileData(path, { mime_type: 'image/png' })]);
    expect(JSON.stringify(seen)).not.toContain(opened.folder);
    expect(JSON.stringify(seen)).toContain(`data:image/png;base64,${Buffer.from('pixels').toString('base64')}`);
    if (!isFileData(output)) throw new Error('The output is no file.');
    expect(output.path.startsWith(opened.folder)).toBe(true);
    expect(output.mime_type).toBe('image/png');
    expect((await readFile(output.path)).subarray(0, 4).toString('latin1')).toBe('\x89PNG');
  });

  it('is sent nothing without consent', async () => {
    let asked = '';
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.end();
    });
    const consent = (host: string): Promise<boolean> => {
      asked = host;
      return Promise.resolve(false);
    };
    const runner = (await bench()).runner({ type: 'http', url }, [], [number], { consent });
    expect((await failureOf(runner.run([]))).message).toContain('Nothing was sent');
    expect(asked).toBe(new URL(url).host);
    expect(requests).toBe(0);
  });

  it('may not hand the inputs on to another host', async () => {
    let requests = 0;
    const other = await serve((_, response) => {
      requests++;
      response.end('{"data": [1]}');
    });
    const url = await serve((_, response) => void response.writeHead(307, { location: other }).end());
    const runner = (await bench()).runner({ type: 'http', url }, [], [number]);
    expect((await failureOf(runner.run([]))).message).toContain(`redirects to ${other}`);
    expect(requests).toBe(0);
  });

  it.each([
    ['an error status', (_: unknown, response: ServerResponse) => void response.writeHead(500).end('why'), /500/],
    ['something else than JSON', (_: unknown, response: ServerResponse) => void response.end('<html>'), /not JSON/],
    ['no data', (_: unknown, response: ServerResponse) => void response.end('{}'), /without "data"/],
    ['too many values', answerWith([1, 2]), /2 values for 1 output/],
    ['text for a number', answerWith(['x']), /shows a number/],
  ])('that answers %s is told so', async (_, answer, message) => {
    const runner = (await bench()).runner({ type: 'http', url: await serve(answer) }, [], [number]);
    const failure = await failureOf(runner.run([]));
    expect(failure.message).toMatch(message);
    expect(failure).toBeInstanceOf(FunctionError);
  });

  it('cannot name a file of this disk as its output', async () => {
    const opened = await bench();
    const path = await opened.write('secret.png', 'secret');
    for (const answer of [path, fileData(path), `file://${path}`]) {
      const runner = opened.runner({ type: 'http', url: await serve(answerWith([answer])) }, [], [{ kind: 'image' }]);
      expect((await failureOf(runner.run([]))).message).toContain('names the file');
    }
  });

  it('is not sent a number that JSON lacks', async () => {
    let requests = 0;
    const url = await serve(() => requests++);
    const runner = (await bench()).runner({ type: 'http', url }, [number], [number]);
    expect((await failureOf(runner.run([NaN]))).message).toBe('NaN cannot be sent: JSON has no such number.');
    expect(requests).toBe(0);
  });

  it('that is not there is told so', async () => {
    const runner = (await bench()).runner({ type: 'http', url: 'http://127.0.0.1:1/' }, [], [textbox]);
    const failure = await failureOf(runner.run([]));
    expect(failure.message).toMatch(/127\.0\.0\.1:1 cannot be reached/);
    expect(failure).not.toBeInstanceOf(FunctionError);
  });

  it('that does not answer can be stopped', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const runner = (await bench()).runner({ type: 'http', url }, [], [textbox]);
    expect((await failureOf(runner.run([], { signal: stop.signal }))).message).toBe('The run was stopped.');
  });
});
