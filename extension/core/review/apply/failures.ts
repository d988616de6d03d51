import { basename } from 'node:path';
import { diskFailure } from '../../diskFailure';
import { ExpectedError, messageOf } from '../../errors';

/** The dataset is not the one that a plan or an undo is for. */
export class ChangedError extends ExpectedError {}

export function changed(file: string): ChangedError {
  return new ChangedError(
    `${basename(file)} has changed since it was read. Nothing was written.`,
    'Plan again: records are found by their content, wherever they are now.',
  );
}

/** A failure of the disk as a person can mend it; any other as it is. */
export function asExpected(error: unknown, path: string): unknown {
  const why = diskFailure(error);
  if (why === undefined) return error;
  const what = `${basename(path)} was not written: ${why}.`;
  return new ExpectedError(what, 'It is as it was. Mend that, then apply again.', messageOf(error), { cause: error });
}
