import { errorCode, ExpectedError, messageOf } from './errors';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  ENOENT: 'a part of the path does not exist',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'a name in its path is too long',
};

/** Why the disk did not do it, as the end of a sentence; undefined for failures that are not the disk's, or explained already. */
export function diskFailure(error: unknown): string | undefined {
  const code = errorCode(error);
  return error instanceof ExpectedError || code === undefined ? undefined : (reasons[code] ?? messageOf(error));
}
