import { setTimeout as sleep } from 'node:timers/promises';
import { jsonOrUndefined } from '../../json';
import { Attempt, type Call, type Connection } from './attempt';
import { durationText, notFromHub, PassingFailure } from './failures';

/** Of one request; 1, 2, 4 and 8 s lie between them. */
const mostTries = 5;

/** Waits; rejects with the reason of the signal. */
export type Wait = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

/** Makes requests until they succeed, or fail for good. */
export class Transport {
  constructor(
    readonly connection: Connection,
    private readonly wait: Wait = waitFor,
  ) {}

  /** A `fetch` for one call of the client. It never answers anything but a success. */
  fetchFor(call: Call): typeof fetch {
    return (input, init = {}) => this.send(addressOf(input), init, call);
  }

  /** Tries again what may be sent twice: all but commits and what makes a repository. */
  async send(address: string, init: RequestInit, call: Call): Promise<Response> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.once(address, init, call);
      } catch (error) {
        await this.pause(error, tries, call, init.signal);
      }
    }
  }

  /** One try. The answer is a success, read whole. */
  once(address: string, init: RequestInit, call: Call): Promise<Response> {
    return new Attempt(this.connection, address, init, call).whole();
  }

  /** Waits before the next try. @throws the failure itself when there must be none */
  async pause(failure: unknown, tries: number, call: Call, signal?: AbortSignal | null): Promise<void> {
    if (!(failure instanceof PassingFailure) || tries >= mostTries) throw failure;
    const wait = failure.wait ?? 1000 * 2 ** (tries - 1);
    this.connection.log.info(`${failure.what} Next try in ${durationText(wait)}.`);
    call.onWait?.(`${failure.what} Trying again in ${durationText(wait)}.`);
    const callers = [call.signal, signal].filter((caller) => caller instanceof AbortSignal);
    await this.wait(wait, AbortSignal.any(callers));
  }

  /** Asks an address of the Hub, such as `/api/whoami-v2`, and reads the JSON that it answers. */
  async json(path: string, call: Call, body?: unknown): Promise<unknown> {
    return this.parsed(await this.send(this.address(path), jsonInit(body), call));
  }

  /** Of something on the Hub. */
  address(path: string): string {
    return this.connection.endpoint.href.replace(/\/+$/, '') + path;
  }

  /** Such as `huggingface.co`. */
  get hub(): string {
    return this.connection.endpoint.host;
  }

  /** The JSON of an answer. */
  async parsed(response: Response): Promise<unknown> {
    const value = jsonOrUndefined(await response.text());
    if (value === undefined) throw notFromHub(this.hub, 'it is not JSON');
    return value;
  }
}

/** A POST of JSON, or a GET. */
export function jsonInit(body: unknown): RequestInit {
  if (body === undefined) return {};
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What a `fetch` is asked for. */
export function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
