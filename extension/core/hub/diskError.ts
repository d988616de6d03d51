import { diskFailure } from '../diskFailure';
import { ExpectedError, messageOf } from '../errors';

/**
 * A failure of the disk in words; any other as it is.
 *
 * @param folder that is worked in, for failures that name no path, such as a disk that is full
 * @param next what the person can do once the disk does it again
 */
export function diskError(error: unknown, folder: string, next: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const why = diskFailure(error);
  if (why === undefined) return error;
  const place = 'path' in error && typeof error.path === 'string' ? error.path : folder;
  return new ExpectedError(`${place} cannot be used: ${why}.`, next, messageOf(error), { cause: error });
}
