/**
 * A failure that a person caused or can mend. It is shown by its message alone; anything else that is thrown is a bug
 * and reaches the log with its stack.
 */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';

  /**
   * @param what what failed and why, one sentence
   * @param next what the person can do now, one sentence
   * @param details longer text for a fold-out or the log, such as a traceback
   */
  constructor(
    readonly what: string,
    readonly next = '',
    readonly details = '',
    options?: ErrorOptions,
  ) {
    super(next ? `${what} ${next}` : what, options);
  }
}

/** Whether it is one; each bundle that is loaded on first use throws those of a class of its own. */
export function isExpected(error: unknown): error is ExpectedError {
  return error instanceof Error && error.name === 'ExpectedError';
}

/** One line for a person from anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node.js system error (`ENOENT`, `EACCES`, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether the disk failed because there is no such file or folder, or a file where one of its folders should be. */
export function isNotFound(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** To catch with: undefined in place of a file or folder that is not there; throws every other failure on. */
export function nothingThere(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
  return undefined;
}

/** To catch with: says in words that a file is not there; throws every other failure on. */
export function notFound(what: string, next = ''): (error: unknown) => never {
  return (error) => {
    throw isNotFound(error) ? new ExpectedError(what, next, '', { cause: error }) : error;
  };
}
