import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { diskFailure } from '../diskFailure';
import { ExpectedError, notFound } from '../errors';

/**
 * Where a result is to be written, absolute. It is found out before the work, which may take minutes.
 *
 * @param inputs what the command reads
 * @throws ExpectedError when it is one of the inputs, or has no folder
 */
export async function outputPath(cwd: string, out: string, inputs: readonly (string | undefined)[]): Promise<string> {
  const path = resolve(cwd, out);
  if (inputs.some((input) => input !== undefined && resolve(cwd, input) === path))
    throw new ExpectedError(`${out} is what is read, and would be overwritten.`, 'Give --out another name.');
  await access(dirname(path)).catch(notFound(`There is no folder ${dirname(path)}.`, 'Make it, or write elsewhere.'));
  return path;
}

/** To catch with: says in words why the disk did not write a result; throws every other failure on. */
export function notWritten(path: string): (error: unknown) => never {
  return (error) => {
    const why = diskFailure(error);
    throw why === undefined
      ? error
      : new ExpectedError(`${path} cannot be written: ${why}.`, 'Write elsewhere.', '', { cause: error });
  };
}
