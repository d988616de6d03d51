import { readFile } from 'node:fs/promises';
import { ExpectedError, messageOf } from '../../errors';
import { isRecord } from '../../json';
import { filesIn, isFileData } from '../fileData';
import type { FunctionDescription, RunEvents, Runner, RunnerComponents } from '../runner';
import { convertValues } from './convertOutputs';
import { MediaFolder, mimeTypeOf } from './mediaFolder';

/** Models on a free host may take minutes to wake. */
const timeoutMs = 5 * 60 * 1000;
/** Bytes of an answer; one that is larger is refused. */
const largestAnswer = 64 * 1024 * 1024;
const redirects = 5;

export interface HttpServices {
  readonly mediaDir: string;
  /** Whether inputs may be sent to this host. */
  readonly consent: (host: string) => Promise<boolean>;
  readonly timeoutMs?: number;
}

/**
 * Posts `{"data": […]}` and reads `{"data": […]}`, as apps of Gradio 2 and 3 and many small services speak. Files travel
 * as base64 `data:` addresses both ways. Nothing is sent before the person agreed to the host.
 */
export class HttpRunner implements Runner {
  private readonly closing = new AbortController();

  constructor(
    private readonly url: string,
    private readonly components: RunnerComponents,
    private readonly services: HttpServices,
  ) {}

  describe(): Promise<FunctionDescription> {
    return Promise.reject(
      new ExpectedError('A web address does not tell its inputs and outputs.', 'List them in the demo definition.'),
    );
  }

  async run(inputs: readonly unknown[], { signal, onStatus }: RunEvents = {}): Promise<readonly unknown[]> {
    const url = new URL(this.url);
    if (!(await this.services.consent(url.host)))
      throw new ExpectedError(`Nothing was sent: ${url.host} is not allowed to receive the inputs.`);
    const data = await Promise.all(inputs.map(withDataUris));
    onStatus?.(`Waiting for ${url.host}…`);
    const limit = this.services.timeoutMs ?? timeoutMs;
    const timeout = AbortSignal.timeout(limit);
    const ends = [timeout, this.closing.signal, ...(signal ? [signal] : [])];
    try {
      const response = await this.post(url, JSON.stringify({ data }), AbortSignal.any(ends));
      const outputs = dataOf(await textOf(response, url), response, url);
      return await this.convert(outputs, url);
    } catch (error) {
      if (signal?.aborted) throw new ExpectedError('The run was stopped.');
      if (this.closing.signal.aborted) throw new ExpectedError('The demo was closed.');
      if (timeout.aborted) throw new ExpectedError(`${url.host} did not answer within ${limit / 1000} seconds.`);
      throw error;
    }
  }

  dispose(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  /** Follows redirects within the host the person agreed to; with another one the inputs would leave unasked. */
  private async post(url: URL, body: string, signal: AbortSignal): Promise<Response> {
    let target = url;
    for (let step = 0; step <= redirects; step++) {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const request = { method: 'POST', headers, body, signal, redirect: 'manual' } as const;
      const response = await fetch(target, request).catch((error: unknown) => {
        throw signal.aborted ? error : new ExpectedError(`${url.host} cannot be reached: ${reasonOf(error)}.`);
      });
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return response;
      await response.body?.cancel();
      target = new URL(location, target);
      if (target.origin !== url.origin)
        throw new ExpectedError(
          `${url.host} redirects to ${target.origin}, which was not agreed to.`,
          'Put the new address into the definition if you trust it.',
        );
    }
    throw new ExpectedError(`${url.host} redirects without end.`);
  }

  private convert(outputs: readonly unknown[], url: URL): Promise<unknown[]> {
    const { outputs: components } = this.components;
    if (outputs.length !== components.length)
      throw new ExpectedError(`${url.host} answered with ${outputs.length} values for ${components.length} outputs.`);
    const { mediaDir } = this.services;
    if (filesIn(outputs).length > 0) throw pathRefused(url.host);
    const media = new MediaFolder(mediaDir, () => Promise.reject(pathRefused(url.host)));
    return convertValues(outputs, components, media);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return messageOf(cause) || 'no connection';
}

/** A path of another machine means nothing here; one of this machine is nothing that a service may ask for. */
function pathRefused(host: string): ExpectedError {
  return new ExpectedError(`${host} answered with a path instead of a file.`, 'It must send files as data: addresses.');
}

/** Gradio 3 sends a file as its content; nested ones as well. */
async function withDataUris(value: unknown): Promise<unknown> {
  if (isFileData(value)) {
    const { path, mime_type } = value;
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new ExpectedError(`The file ${path} cannot be read: ${messageOf(error)}.`);
    });
    return `data:${mime_type ?? mimeTypeOf(path) ?? 'application/octet-stream'};base64,${bytes.toString('base64')}`;
  }
  if (Array.isArray(value)) return Promise.all(value.map(withDataUris));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withDataUris(item)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function textOf(response: Response, { host }: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > largestAnswer) throw new ExpectedError(`${host} answered with more than 64 MB.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function dataOf(text: string, response: Response, { host }: URL): readonly unknown[] {
  const excerpt = text.trim().slice(0, 2000);
  if (!response.ok) {
    const status = [response.status, response.statusText].join(' ').trim();
    throw new ExpectedError(`${host} answered ${status}.`, 'Check the address and the inputs.', excerpt);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new ExpectedError(`${host} answered with text that is not JSON.`, 'Check the address.', excerpt);
  }
  if (isRecord(answer) && Array.isArray(answer.data)) return answer.data;
  throw new ExpectedError(`${host} did not answer with {"data": […]}.`, 'Check the address.', excerpt);
}
