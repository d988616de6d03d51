import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { errorCode, ExpectedError } from '../../errors';
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
    if ((await sha256Of(staged.file, signal)) !== staged.sha256) throw new StaleFileError(staged, 'has changed');
  }
}

async function sha256Of(file: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20, ...(signal && { signal }) }))
    hash.update(bytes as Buffer);
  return hash.digest('hex');
}
