import { decodeSpecialFloats, encodeSpecialFloats } from '../../extension/protocol/json';
import { RemoteError, Rpc, type Calls, type Handlers } from '../../extension/protocol/rpc';
import type { Failure } from '../../extension/protocol/envelope';

/** Connects a page with its host over the window's messages. */
export function connectHost<Page extends Calls<Page>, Host extends Calls<Host>>(
  handlers: Handlers<Page>,
  post: (message: unknown) => void,
): Rpc<Page, Host> {
  const rpc = new Rpc<Page, Host>(handlers, {
    post: (message) => post(encodeSpecialFloats(message)),
    describe: failureOf,
  });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => rpc.receive(decodeSpecialFloats(data)));
  return rpc;
}

/** What a person is told of anything that was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RemoteError) return error.failure;
  return { what: error instanceof Error ? error.message : String(error), next: '', details: '' };
}
