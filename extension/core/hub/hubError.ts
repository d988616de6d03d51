import { ExpectedError } from '../errors';

/**
 * Why the Hub did not do what it was asked for.
 *
 * - `unauthorized`: no token, or one that is not (or no longer) known
 * - `forbidden`: the token may not do this
 * - `missing`: no such repository, revision or file, or none that the token may see
 * - `conflict`: the branch moved since it was read (412), or another commit is under way (409)
 * - `rateLimited`: too many requests, and the wait is too long to sit through
 * - `tooLarge`: a request that is larger than the Hub takes
 * - `refused`: the Hub says what is wrong with the request
 * - `unreachable`: no answer, or none that is from a Hub
 */
export type HubFailure =
  'unauthorized' | 'forbidden' | 'missing' | 'conflict' | 'rateLimited' | 'tooLarge' | 'refused' | 'unreachable';

/** A failure that the Hub or the way to it is the cause of. Its texts hold neither tokens nor signed addresses. */
export class HubError extends ExpectedError {
  constructor(
    readonly failure: HubFailure,
    what: string,
    next = '',
    details = '',
    /** Status of the answer; undefined when there was none. When more requests are welcome, in ms since 1970. */
    readonly answer: { readonly status?: number; readonly retryAt?: number } = {},
    options?: ErrorOptions,
  ) {
    super(what, next, details, options);
  }
}

/** Whether the Hub may do the same another time, without anybody's doing. */
export function isPassing(error: unknown): boolean {
  const failure = hubFailureOf(error);
  return failure === 'unreachable' || failure === 'rateLimited';
}

/** Why the Hub failed; undefined for all that is not a failure of the Hub. Each lazy bundle has a class of its own. */
export function hubFailureOf(error: unknown): HubFailure | undefined {
  return error instanceof Error && 'failure' in error ? (error.failure as HubFailure) : undefined;
}
