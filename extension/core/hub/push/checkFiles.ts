import { stat } from 'node:fs/promises';
import { errorCode, ExpectedError } from '../../errors';
import { stageFile } from '../staging/stageFile';
import type { StagedFile } from '../staging/types';

/** A file is not what it was when the push was planned: nothing of its commit was sent. */
export class StaleFileError extends ExpectedError {
  constructor({ file }: StagedFile, what: 'has changed' | 'is gone' | 'is no longer a file') {
    super(`${file} ${what} since the push was planned, so it was not sent.`, 'Plan the push again.');
  }
}

/**
 * Looks at files again right before they are sent. One that was written since is read; only if it has another content is
 * the push stopped.
 *
 * @throws StaleFileError naming the first that is not what was planned
 */
export async function checkFiles(files: readonly StagedFile[], signal?: AbortSignal): Promise<void> {
  for (const staged of files) {
    signal?.throwIfAborted();
    const found = await stat(staged.file).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') throw new StaleFileError(staged, 'is gone');
      throw error;
    });
    if (!found.isFile()) throw new StaleFileError(staged, 'is no longer a file');
    if (found.size !== staged.size) throw new StaleFileError(staged, 'has changed');
    if (found.mtimeMs === staged.modified) continue;
    const { sha256 } = await stageFile(staged.path, staged.file, signal && { signal });
    if (sha256 !== staged.sha256) throw new StaleFileError(staged, 'has changed');
  }
}
