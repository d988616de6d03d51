import { stat } from 'node:fs/promises';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import { isSameVersion, versionOf } from '../../fileVersion';

/** The options of one of several steps that are alike, so that all of them together make one progress. */
export function stepOf(options: TableOptions, step: number, steps: number): TableOptions {
  const { onProgress } = options;
  if (!onProgress) return options;
  return { ...options, onProgress: (done, size) => onProgress(step * size + done, steps * size) };
}

/**
 * Reads files more than once.
 *
 * @throws ExpectedError when one of them is no longer the same afterwards
 */
export async function whileUnchanged<T>(files: readonly string[], read: () => Promise<T>): Promise<T> {
  const before = await Promise.all(files.map(async (file) => versionOf(await stat(file))));
  const result = await read();
  for (const [index, file] of files.entries()) {
    const version = before[index];
    if (version && isSameVersion(version, versionOf(await stat(file)))) continue;
    throw new ExpectedError(`${file} changed while it was read.`, 'Push again when nothing writes to it any more.');
  }
  return result;
}
