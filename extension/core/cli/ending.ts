import { FunctionError } from '../demo/runners/functionError';
import { isExpected, messageOf } from '../errors';
import { interrupted } from './context';

/** How a command ends that failed. */
export interface Ending {
  /** For standard error. */
  readonly message: string;
  /** The exit status. */
  readonly status: number;
}

/**
 * What a person is told of a failure: expected ones by their message, the end that they asked for in a word, and all else,
 * which is a bug, with its stack.
 *
 * @param interrupt aborted by Ctrl+C
 */
export function endingOf(error: unknown, interrupt: AbortSignal): Ending {
  if (isExpected(error)) {
    const message = `flag-review: ${error.message}${error.details === '' ? '' : `\n${error.details}`}`;
    const status = error instanceof FunctionError ? 1 : 2;
    return { message, status: interrupt.aborted ? interrupted : status };
  }
  if (interrupt.aborted && isAbort(error)) return { message: 'flag-review: Interrupted.', status: interrupted };
  return { message: error instanceof Error ? (error.stack ?? error.message) : messageOf(error), status: 1 };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
