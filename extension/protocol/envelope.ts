/** What a person is told of a failure on the other side. */
export interface Failure {
  /** What failed and why. */
  readonly what: string;
  /** What to do next; may be empty. */
  readonly next: string;
  /** A traceback or other long text; may be empty. */
  readonly details: string;
}

/** All that passes between host and page. */
export type Envelope =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure };

/** Whether a message is one of ours and well-formed. */
export function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null) return false;
  const { type, id, method, args, failure } = message as Record<string, unknown>;
  if (!Number.isSafeInteger(id)) return false;
  if (type === 'call') return typeof method === 'string' && Array.isArray(args);
  if (type === 'failure') return isFailure(failure);
  return type === 'result';
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false;
  const { what, next, details } = value as Record<string, unknown>;
  return [what, next, details].every((text) => typeof text === 'string');
}
