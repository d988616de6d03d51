/** `X-Error-Code` of the Hub. */
export type ErrorCode = 'RepoNotFound' | 'RevisionNotFound' | 'EntryNotFound';

/** A request that the Hub answers with an error. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code?: ErrorCode,
    /** More keys of the body. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
