import { listCommits } from '@huggingface/hub';
import type { RepositoryId } from '../repository';
import type { Transport } from './transport';
import type { HubCommitInfo, HubOptions } from './types';

/** Newest first. */
export async function commitsOf(
  transport: Transport,
  repo: RepositoryId,
  revision: string,
  limit: number,
  options: HubOptions = {},
): Promise<readonly HubCommitInfo[]> {
  const commits: HubCommitInfo[] = [];
  const listed = listCommits({
    repo: { type: 'dataset', name: repo },
    // The library puts it into the address as it is.
    revision: encodeURIComponent(revision),
    batchSize: Math.min(limit, 100),
    hubUrl: transport.address(''),
    fetch: transport.fetchFor({ ...options, repo }),
  });
  for await (const { oid, title, message, date } of listed) {
    commits.push({ oid, title, message, date: date.toISOString() });
    if (commits.length >= limit) break;
  }
  return commits;
}
