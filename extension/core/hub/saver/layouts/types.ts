import type { CommitOperation, HubClient, HubOptions } from '../../client/types';
import type { Batch, QueuedFlag, SaverTarget } from '../types';

/** The repository as it stands. */
export interface SaverRemote {
  readonly client: HubClient;
  readonly target: SaverTarget;
  /** Head of `main`: 40 hex digits. */
  readonly commit: string;
  readonly options: HubOptions;
}

export interface LayoutBatch extends Pick<Batch, 'id' | 'time'> {
  readonly flags: readonly QueuedFlag[];
  /** Where files may be made, which are needed until the commit is. Absolute, and empty. */
  readonly folder: string;
}

/** What a commit does. */
export interface LayoutCommit {
  readonly title: string;
  readonly operations: readonly CommitOperation[];
}

/** How flags lie in a repository. */
export interface FlagLayout {
  /** Whether a flag may go into the commit of others, which are one at least. */
  readonly fits: (flag: QueuedFlag, others: readonly QueuedFlag[]) => boolean;
  /** @throws ExpectedError when the repository holds something that flags cannot be added to */
  readonly commit: (batch: LayoutBatch, remote: SaverRemote) => Promise<LayoutCommit>;
}
