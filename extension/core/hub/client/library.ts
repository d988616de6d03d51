import { HubApiError, InvalidApiResponseFormatError } from '@huggingface/hub';
import { isExpected } from '../../errors';
import { HubError } from '../hubError';
import { redact } from '../redact';
import { notFromHub } from './failures';
import type { Transport } from './transport';

/**
 * What to throw for what `@huggingface/hub` threw. It takes the shape of answers on trust, so one of another shape becomes
 * a TypeError in it.
 */
export function libraryFailure(error: unknown, transport: Transport, signal: AbortSignal | undefined): unknown {
  if (isExpected(error)) return error;
  // It cancels with a reason of its own.
  if (signal?.aborted) return signal.reason;
  const { hub, connection } = transport;
  if (error instanceof HubApiError) {
    const said = redact(error.message.replace(/^Error while doing LFS batch call for /, ''));
    return new HubError('refused', `${hub} does not take ${said}.`, '', '', { status: error.statusCode });
  }
  const isOtherShape =
    error instanceof SyntaxError || error instanceof TypeError || error instanceof InvalidApiResponseFormatError;
  if (!isOtherShape) return error;
  connection.log.debug(redact(error.stack ?? error.message));
  return notFromHub(hub, error instanceof SyntaxError ? 'it is no JSON' : 'it is of another shape', error);
}
