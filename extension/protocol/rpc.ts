/**
 * Calls between the extension host and a page. An interface of functions is the protocol; each side gives its own half
 * and talks to the other through a typed stand-in. Every call is answered, rejected, or ended when its side closes.
 */
import { isEnvelope, type Envelope, type Failure } from './envelope';

type Fn = (...args: never[]) => unknown;

/** What one side offers: functions whose arguments and results survive `postMessage`. */
export type Calls<T> = { [K in keyof T]: Fn };

/** The other side as it looks from here: every call is asynchronous. */
export type Remote<T extends Calls<T>> = {
  readonly [K in keyof T]: (...args: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>;
};

/** This side's half: a check of the arguments, which come from a page and are not to be trusted, and the function. */
export type Handlers<T extends Calls<T>> = {
  readonly [K in keyof T]: {
    readonly accepts: (args: readonly unknown[]) => boolean;
    readonly handle: (...args: Parameters<T[K]>) => ReturnType<T[K]> | Promise<Awaited<ReturnType<T[K]>>>;
  };
};

export interface RpcOptions {
  readonly post: (message: Envelope) => void;
  /** Turns what a handler threw into what the other side may show. */
  readonly describe: (error: unknown) => Failure;
}

/** A failure that happened on the other side. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';

  constructor(readonly failure: Failure) {
    super(failure.next ? `${failure.what} ${failure.next}` : failure.what);
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One end of a connection; `Local` is what it answers, `Other` what it may call. */
export class Rpc<Local extends Calls<Local>, Other extends Calls<Other>> {
  private nextId = 1;
  private closed = false;
  private readonly pending = new Map<number, Pending>();
  readonly remote: Remote<Other>;

  constructor(
    private readonly handlers: Handlers<Local>,
    private readonly options: RpcOptions,
  ) {
    this.remote = new Proxy({} as Remote<Other>, {
      get: (_, method) => (typeof method === 'string' && method !== 'then' ? this.caller(method) : undefined),
    });
  }

  /** Takes a message of the other side; anything that is no envelope is ignored. */
  receive(message: unknown): void {
    if (!isEnvelope(message)) return;
    if (message.type === 'call') void this.answer(message.id, message.method, message.args);
    else this.settle(message);
  }

  /** Rejects all calls under way; further ones are rejected at once. */
  close(reason: string): void {
    this.closed = true;
    const failure = { what: reason, next: '', details: '' };
    for (const { reject } of this.pending.values()) reject(new RemoteError(failure));
    this.pending.clear();
  }

  private caller(method: string): (...args: readonly unknown[]) => Promise<unknown> {
    return (...args) =>
      new Promise((resolve, reject) => {
        if (this.closed) {
          reject(new RemoteError({ what: 'The page is closed.', next: '', details: '' }));
          return;
        }
        const id = this.nextId++;
        this.pending.set(id, { resolve, reject });
        this.options.post({ type: 'call', id, method, args });
      });
  }

  private settle(reply: Exclude<Envelope, { type: 'call' }>): void {
    const waiting = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (reply.type === 'result') waiting?.resolve(reply.value);
    else waiting?.reject(new RemoteError(reply.failure));
  }

  private async answer(id: number, method: string, args: readonly unknown[]): Promise<void> {
    let reply: Envelope;
    try {
      reply = { type: 'result', id, value: await this.invoke(method, args) };
    } catch (error) {
      reply = { type: 'failure', id, failure: this.options.describe(error) };
    }
    if (!this.closed) this.options.post(reply);
  }

  private invoke(method: string, args: readonly unknown[]): unknown {
    const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method as keyof Local] : undefined;
    if (!handler?.accepts(args)) throw new TypeError(`A message "${method}" with unexpected content was refused.`);
    return handler.handle(...(args as Parameters<Local[keyof Local]>));
  }
}
