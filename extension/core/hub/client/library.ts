import { HubApiError, InvalidApiResponseFormatError } from '@huggingface/hub';
import { isExpected, messageOf } from '../../errors';
import { HubError } from '../hubError';
import { redact } from '../redact';
import { notFromHub } from './failures';

/**
 * What to throw for what `@huggingface/hub` threw. It takes the shape of answers on trust, so one of another shape becomes
 * a TypeError in it.
 *
 * @param hub such as `huggingface.co`
 */
export function libraryFailure(error: unknown, hub: string, signal: AbortSignal | undefined): unknown {
  if (isExpected(error)) return error;
  // It cancels with a reason of its own.
  if (signal?.aborted) return signal.reason;
  if (error instanceof HubApiError) {
    const said = redact(error.message.replace(/^Error while doing LFS batch call for /, ''));
    return new HubError('refused', `${hub} does not take ${said}.`, '', '', { status: error.statusCode });
  }
  const isOtherShape =
    error instanceof SyntaxError || error instanceof TypeError || error instanceof InvalidApiResponseFormatError;
  return isOtherShape ? notFromHub({ hub, request: '' }, redact(messageOf(error)), error) : error;
}
