import { isExpected } from '../../errors';
import { isRecord } from '../../json';
import type { Log } from '../../log';
import { HubError } from '../hubError';
import { redact } from '../redact';
import type { RepositoryId } from '../repository';
import { CountedContent } from './content';
import { networkFailure, notFromHub, refusalOf, type Subject } from './failures';
import type { HubOptions } from './types';
import { Silence, Watch } from './watch';

/** What every request needs. */
export interface Connection {
  readonly endpoint: URL;
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly log: Log;
  /** Looked up at each request: VS Code puts its own in place, which knows the proxy and the certificates. */
  readonly fetch: () => typeof fetch;
  /** How long nothing may move, ms: until an answer begins or goes on, and while content goes out. */
  readonly patience: { readonly answer: number; readonly upload: number };
}

/** What a request is part of. */
export interface Call extends HubOptions {
  readonly repo?: RepositoryId;
  /** The file that it is about, in the repository. */
  readonly file?: string;
  /** Whether the answer is waited for once all of the body is out, cancelled or not. */
  readonly heldOnceSent?: boolean;
  /** Whether the caller judges what other hosts than the Hub answer to a GET: so xet asks them what they have. */
  readonly judgesOthers?: boolean;
  /** A status that is no failure here. */
  readonly expects?: number;
}

const mostRedirects = 5;

/**
 * One try of one request. A body that is a Blob is streamed and counted; `onBytes` takes it back when the try fails.
 *
 * `redirect: 'error'` is what keeps `fetch` from holding all of such a body in memory, ready to send it again
 * (nodejs/undici#4058).
 */
export class Attempt {
  private readonly watch: Watch;
  private readonly content: CountedContent | undefined;
  private readonly method: string;
  private readonly start: URL;
  private sent = 0;
  /** Where it is now: redirects lead on. */
  private url: URL;

  constructor(
    private readonly connection: Connection,
    address: string | URL,
    private readonly init: RequestInit,
    private readonly call: Call,
  ) {
    const { patience } = connection;
    const body: unknown = init.body;
    this.start = new URL(address);
    this.url = this.start;
    this.method = init.method ?? 'GET';
    this.watch = new Watch(body instanceof Blob ? patience.upload : patience.answer, callersOf(init, call));
    this.content = body instanceof Blob ? new CountedContent(body, (bytes) => this.count(bytes, body.size)) : undefined;
  }

  /** A success, read whole. */
  async whole(): Promise<Response> {
    try {
      const response = await this.answer();
      const { status, headers } = response;
      const isPage = /text\/html/i.test(headers.get('content-type') ?? '');
      if (isPage && !this.content) throw notFromHub(this.subject.hub, 'it is a web page');
      const body = await this.bytesOf(response);
      return new Response(body.length > 0 ? body : null, { status, headers });
    } finally {
      this.stop();
    }
  }

  /** A success, its body still to come; `stop` when it is read. */
  async answer(): Promise<Response> {
    const response = await this.follow();
    const { status, headers } = response;
    this.log(`answered ${status}`);
    if (response.ok || status === this.call.expects) return response;
    if (this.call.judgesOthers && this.method === 'GET' && !this.isOfHub) return response;
    const text = (await this.bytesOf(response)).toString();
    throw this.failed(refusalOf({ status, headers, text }, this.subject, Date.now()));
  }

  /** The body of an answer, piece by piece. */
  async *pieces(response: Response): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of response.body ?? []) {
        this.watch.moved();
        yield piece;
      }
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** The end of it, for whatever reason. */
  stop(): void {
    this.watch.stop();
  }

  private async bytesOf(response: Response): Promise<Buffer<ArrayBuffer>> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(response)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  private async follow(): Promise<Response> {
    for (let redirects = 0; ; redirects++) {
      const response = await this.request();
      this.watch.moved();
      const location = isRedirect(response) ? response.headers.get('location') : null;
      if (location === null) return response;
      await response.body?.cancel();
      if (!URL.canParse(location, this.url.href)) throw notFromHub(this.subject.hub, 'it leads nowhere');
      const to = new URL(location, this.url);
      if (this.method !== 'GET' && this.method !== 'HEAD') throw movedTo(to, this.subject);
      if (redirects === mostRedirects) throw notFromHub(this.subject.hub, 'it leads elsewhere every time');
      this.url = to;
    }
  }

  private async request(): Promise<Response> {
    const redirect = this.content ? 'error' : 'manual';
    const body = this.content ? { body: this.content } : {};
    const init = { ...this.init, ...body, headers: this.headers(), redirect, signal: this.watch.signal } as const;
    try {
      this.watch.signal.throwIfAborted();
      return await this.connection.fetch()(this.url.href, init);
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** The token goes to the Hub alone, wherever an answer sends us; what was made out for one host stays with it. */
  private headers(): Headers {
    const { token, userAgent } = this.connection;
    const headers = new Headers(this.init.headers);
    headers.set('user-agent', userAgent);
    if (this.url.origin !== this.start.origin) headers.delete('authorization');
    if (token !== undefined && this.isOfHub && !headers.has('authorization')) {
      headers.set('authorization', `Bearer ${token}`);
    }
    return headers;
  }

  private get isOfHub(): boolean {
    return this.url.origin === this.connection.endpoint.origin;
  }

  private count(bytes: number, size: number): void {
    this.watch.moved();
    this.sent += bytes;
    if (this.call.heldOnceSent && this.sent >= size) this.watch.release();
    this.call.onBytes?.(bytes);
  }

  /** What to throw for what was caught. */
  private failed(error: unknown): unknown {
    if (this.sent > 0) this.call.onBytes?.(-this.sent);
    this.sent = 0;
    const { signal } = this.watch;
    const isSilent = signal.reason instanceof Silence;
    if (signal.aborted && !isSilent) return signal.reason;
    const cause: unknown = this.content?.failure ?? (isSilent ? signal.reason : error);
    if (isExpected(cause)) return cause;
    const failure = networkFailure(cause, this.subject);
    this.log(failure.what);
    return failure;
  }

  private get subject(): Subject {
    const { endpoint, token } = this.connection;
    const { progressHint } = this.init as { readonly progressHint?: unknown };
    const path = isRecord(progressHint) && typeof progressHint.path === 'string' ? progressHint.path : undefined;
    return {
      hub: endpoint.host,
      host: this.url.host,
      method: this.method,
      address: redact(this.url.origin + this.url.pathname),
      signedIn: token !== undefined,
      repo: this.call.repo,
      file: this.call.file ?? path,
    };
  }

  private log(outcome: string): void {
    const { method, address } = this.subject;
    this.connection.log.debug(`${method} ${address}: ${outcome}`);
  }
}

function callersOf({ signal }: RequestInit, call: Call): readonly AbortSignal[] {
  return [call.signal, signal].filter((caller) => caller instanceof AbortSignal);
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

function movedTo({ origin, pathname }: URL, { hub, repo, method, address }: Subject): HubError {
  const what = `${hub} sends ${repo ?? 'the request'} on to ${redact(origin + pathname)}.`;
  return new HubError('refused', what, 'If the repository has a new name, use that.', `${method} ${address}`);
}
