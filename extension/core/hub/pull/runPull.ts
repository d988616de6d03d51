import { existsSync } from 'node:fs';
import { ExpectedError } from '../../errors';
import { withLock } from '../../flagging/lock';
import type { HubClient, HubOptions } from '../client/types';
import { diskError } from '../diskError';
import { fetchFile, isWhole } from './fetchFile';
import { recordFolder, writePullRecord } from './pullRecord';
import { safePath } from './safePath';
import type { PullPlan, SplitFile } from './types';

export interface PullOptions extends Pick<HubOptions, 'signal' | 'onWait'> {
  /** Called with the bytes that are there, and all that will be. */
  readonly onProgress?: (done: number, bytes: number) => void;
}

/**
 * Downloads what the plan names, one file after the other. What is there already is not downloaded again, and a pull that
 * was cancelled or interrupted goes on where it stopped. Two processes that pull into one folder do so in turn.
 *
 * @throws HubError; ExpectedError for a file that is in the way, and for failures of the disk; the reason of the signal
 */
export async function runPull(plan: PullPlan, client: HubClient, options: PullOptions = {}): Promise<void> {
  const { folder } = plan;
  try {
    await withLock(recordFolder(folder), nothingToMend, () => pullAll(plan, client, options));
  } catch (error) {
    throw diskError(error, folder, 'Mend that, or choose another folder, and pull again.');
  }
}

/** Parts of files that a process left behind are gone on with. */
const nothingToMend = (): Promise<void> => Promise.resolve();

async function pullAll(plan: PullPlan, client: HubClient, options: PullOptions): Promise<void> {
  const { folder, files, bytes, endpoint, repo, revision, commit } = plan;
  const { signal, onWait, onProgress } = options;
  let done = 0;
  const onBytes = (more: number): void => onProgress?.((done += more), bytes);
  const hubOptions: HubOptions = { ...(signal && { signal }), ...(onWait && { onWait }), onBytes };
  for (const file of files) {
    signal?.throwIfAborted();
    const before = done;
    if (!(await isThere(plan, file, hubOptions))) await fetchFile(client, plan, file, hubOptions);
    // Bytes of an attempt that failed were counted, too.
    done = before + file.size;
    onProgress?.(done, bytes);
  }
  await writePullRecord(folder, { v: 1, endpoint, repo, revision, commit, files: [...files, ...plan.others] });
}

/** @throws ExpectedError for a file of other content, which is somebody's work */
async function isThere({ folder, replaces }: PullPlan, file: SplitFile, options: HubOptions): Promise<boolean> {
  const target = safePath(folder, file.path);
  if (await isWhole(target, file, options)) return true;
  if (replaces.includes(file.path) || !existsSync(target)) return false;
  throw new ExpectedError(
    `${target} is there already, and is another file.`,
    'Move it away, or choose another folder.',
  );
}
