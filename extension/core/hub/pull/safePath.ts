import { join } from 'node:path';
import { HubError } from '../hubError';

const forbidden = /[\\:*?"<>|\p{Cc}]/u;
/** Names that Windows keeps for devices, with any ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Where a file of a repository goes on this disk: below the folder, and nowhere else.
 *
 * @param path as the Hub gives it, which may be hostile
 * @throws HubError for a path that leaves the folder, hides, or that some system has no file for
 */
export function safePath(folder: string, path: string): string {
  const segments = path.split('/');
  if (!segments.every(isPlain)) {
    throw new HubError('refused', `The repository has a file with an unsafe name: ${JSON.stringify(path)}.`);
  }
  return join(folder, ...segments);
}

/** Names that begin with a dot are settings of tools, which a dataset has no business to change. */
function isPlain(segment: string): boolean {
  return segment !== '' && !/^\.|[. ]$/.test(segment) && !forbidden.test(segment) && !devices.test(segment);
}
