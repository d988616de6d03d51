import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { ExpectedError, messageOf } from '../../errors';
import { isRecord } from '../../json';
import { filesIn, isFileData, type FileData } from '../fileData';
import { kindsWithFiles } from '../fileKinds';
import type { FunctionDescription, RunEvents, Runner, RunnerComponents } from '../runner';
import { convertValues } from './convertOutputs';
import { FunctionError } from './functionError';
import { MediaFolder, mimeTypeOf } from './mediaFolder';

/** A model on a loaded server answers within minutes, or not at all; 256 MB is also the longest line of a worker. */
const usualLimits = { seconds: 300, megabytes: 256 } as const;

export interface HttpServices {
  readonly mediaDir: string;
  /** Whether inputs may be sent to a host (`example.org`, `localhost:8000`). */
  readonly consent: (host: string) => Promise<boolean>;
  /** How long to wait for an answer, and the longest that is read. */
  readonly limits?: { readonly seconds: number; readonly megabytes: number };
}

/**
 * Posts `{"data": [payload, …]}` to an address and reads `{"data": [payload, …]}`, the convention of Gradio's API. Files
 * travel as data URIs both ways.
 */
export class HttpRunner implements Runner {
  private readonly closing = new AbortController();
  private readonly limits: NonNullable<HttpServices['limits']>;

  constructor(
    private readonly url: string,
    private readonly components: RunnerComponents,
    private readonly services: HttpServices,
  ) {
    this.limits = services.limits ?? usualLimits;
  }

  describe(): Promise<FunctionDescription> {
    const next = 'Write a demo definition with inputs and outputs.';
    return Promise.reject(new ExpectedError(`${this.url} does not tell which parameters it has.`, next));
  }

  async run(inputs: readonly unknown[], events: RunEvents = {}): Promise<readonly unknown[]> {
    const { host } = new URL(this.url);
    if (!(await this.services.consent(host)))
      throw new ExpectedError(`Nothing was sent: you did not agree to ${host}.`);
    const data = await Promise.all(inputs.map(withFileContents));
    const stop = AbortSignal.any([this.closing.signal, ...(events.signal ? [events.signal] : [])]);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(this.limits.seconds * 1000)]);
    events.onStatus?.(`Waiting for ${host}…`);
    try {
      return await this.outputsOf(await this.post(data, signal), host);
    } catch (error) {
      if (stop.aborted) throw new ExpectedError('The run was stopped.');
      if (signal.aborted) throw new ExpectedError(`${host} did not answer within ${this.limits.seconds} seconds.`);
      throw error;
    }
  }

  dispose(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  private async post(data: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    const { host } = new URL(this.url);
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ data }, refuseSpecialFloats),
      // Consent was given to one host; a redirect could name another.
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ExpectedError(`${host} cannot be reached: ${causeOf(error)}.`, 'Check that the server is running.');
    });
    if (response.status >= 300 && response.status < 400) {
      const target = response.headers.get('location') ?? 'another address';
      throw new ExpectedError(`${host} redirects to ${target}.`, 'Write the final address in fn.');
    }
    const text = await limitedText(response, host, this.limits.megabytes).catch((error: unknown) => {
      if (signal.aborted || error instanceof ExpectedError) throw error;
      throw new ExpectedError(`The answer of ${host} broke off: ${causeOf(error)}.`, 'Submit again.');
    });
    if (!response.ok) throw new FunctionError(`${host} answered ${statusOf(response)}.`, '', text.slice(0, 8_000));
    return parsed(text, host);
  }

  private async outputsOf(answer: unknown, host: string): Promise<readonly unknown[]> {
    const data = isRecord(answer) ? answer.data : undefined;
    const { outputs } = this.components;
    const expected = 'It must answer {"data": […]} with one value per output.';
    if (!Array.isArray(data)) throw new FunctionError(`${host} answered JSON without "data".`, expected);
    if (data.length !== outputs.length)
      throw new FunctionError(`${host} answered ${data.length} values for ${outputs.length} outputs.`, expected);
    const media = new MediaFolder(this.services.mediaDir, refuseAddresses);
    const payloads = await convertValues(data, outputs, media).catch((error: unknown) => {
      if (error instanceof ExpectedError) throw new FunctionError(error.what, error.next, error.details);
      throw error;
    });
    const [smuggled] = filesIn(payloads.filter((_, index) => !kindsWithFiles.has(outputs[index]?.kind ?? 'json')));
    if (smuggled) throw new FunctionError(...namesFile(smuggled.path));
    return payloads;
  }
}

/** A path that a server names is a path of its disk; read from ours, it would put any file of ours into a flag log. */
function refuseAddresses(path: string): Promise<never> {
  return Promise.reject(new ExpectedError(...namesFile(path)));
}

function namesFile(path: string): [what: string, next: string] {
  const next = 'Answer files as data URIs: data:image/png;base64,…';
  return [`the answer names the file "${path.slice(0, 300)}".`, next];
}

async function withFileContents(value: unknown): Promise<unknown> {
  if (isFileData(value)) return dataUriOf(value);
  if (Array.isArray(value)) return Promise.all(value.map(withFileContents));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withFileContents(item)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** As Gradio 2 and 3 send files; the server has no use for a path on this disk, and no business knowing it. */
async function dataUriOf({ path, mime_type }: FileData): Promise<string> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new ExpectedError(`${basename(path)} cannot be read: ${messageOf(error)}.`);
  });
  return `data:${mime_type ?? mimeTypeOf(path) ?? 'application/octet-stream'};base64,${content.toString('base64')}`;
}

/** JSON would turn these numbers into null without a word. */
function refuseSpecialFloats(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new ExpectedError(`${value} cannot be sent: JSON has no such number.`);
}

async function limitedText(response: Response, host: string, megabytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> = response.body ?? Readable.from([]);
  for await (const chunk of body) {
    length += chunk.length;
    if (length > megabytes * 1024 * 1024)
      throw new FunctionError(`The answer of ${host} is larger than ${megabytes} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FunctionError(`${host} answered something that is not JSON.`, '', text.slice(0, 8_000));
  }
}

function statusOf({ status, statusText }: Response): string {
  return statusText ? `${status} ${statusText}` : String(status);
}

/** `fetch` says only "fetch failed"; the reason is in the cause. */
function causeOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
