import { rm, stat } from 'node:fs/promises';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError, notFound } from '../../errors';
import type { HubClient } from '../client/types';
import { planPush } from '../plan/planPush';
import { readRemote } from '../plan/readRemote';
import type { PushPlan, PushRequest } from '../plan/types';
import { checkBranch } from '../repository';
import { stage } from '../staging/stage';
import { reviewedDatasets, withReviews } from './reviewFiles';

export interface PrepareOptions extends TableOptions {
  /**
   * Absolute, and emptied first; where files are made that are not there yet, such as Parquet. They are needed until the
   * push is done.
   */
  readonly folder: string;
}

/**
 * Finds out what a push would do; writes nothing but the files that it stages. The remote is read first: what it refuses
 * need not be staged, and what moves there meanwhile is noticed when the push is carried out. Where that happened, the same
 * request prepares it anew on top of what others did.
 *
 * @throws ExpectedError when there is nothing to push or it cannot be read; HubError; the reason of the signal
 */
export async function preparePush(
  request: PushRequest,
  client: HubClient,
  { folder, ...options }: PrepareOptions,
): Promise<PushPlan> {
  options.signal?.throwIfAborted();
  if (request.branch !== undefined) checkBranch(request.branch);
  const found = await stat(request.source).catch(notFound(`There is no ${request.source}.`, 'Check its path.'));
  // Reading from a pipe or a device may have no end.
  if (!found.isFile() && !found.isDirectory()) {
    throw new ExpectedError(`${request.source} is neither a file nor a folder.`, 'Choose a dataset file or a folder.');
  }
  const remote = await readRemote(client, request, options.signal && { signal: options.signal });
  await rm(folder, { recursive: true, force: true });
  const staged = await stage(request, folder, options);
  const reviewed = await reviewedDatasets(request.source);
  return planPush(request, await withReviews(staged, reviewed, request, options.signal), remote);
}

/**
 * The same push as a pull request: its commits stand beside the branch, which may have moved. Pushed again, it goes where
 * it was asked to go at first.
 */
export function asPullRequest(plan: PushPlan): PushPlan {
  return { ...plan, pullRequest: true };
}
