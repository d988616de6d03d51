import type { ListedFile } from './listFiles';
import { SecretScan } from './secretScan';
import { stageFile } from './stageFile';
import type { StagedFile, StagingWarning } from './types';

/** Files that are read at the same time; a disk gains little by more. */
const atOnce = 4;

/** What long staging takes and reports. */
export interface StageProgress {
  readonly signal?: AbortSignal;
  /** Called with the bytes that are done, and all that there are. */
  readonly onProgress?: (done: number, size: number) => void;
}

/**
 * Hashes files, some at the same time, and looks for secrets in those that are texts on the way.
 *
 * @returns files in the order in which they were given
 * @throws ExpectedError naming a file that is gone or changes meanwhile
 */
export async function stageFiles(
  listed: readonly Omit<ListedFile, 'size'>[],
  options: StageProgress & { /** Bytes of all, for the progress. */ readonly bytes?: number } = {},
): Promise<{ readonly files: readonly StagedFile[]; readonly warnings: readonly StagingWarning[] }> {
  const { signal, onProgress, bytes = 0 } = options;
  const scan = new SecretScan();
  let done = 0;
  const onBytes = (count: number): void => onProgress?.((done += count), bytes);
  const results: StagedFile[] = [];
  const waiting = listed.entries();
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const worker = async (): Promise<void> => {
    for (const [index, { path, file }] of waiting) {
      results[index] = await stageFile(path, file, { signal: stop, onBytes, onChunk: scan.chunksOf(path) });
    }
  };
  const workers = Array.from({ length: atOnce }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(workers);
    throw error;
  }
  return { files: results, warnings: scan.warnings() };
}
