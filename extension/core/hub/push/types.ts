import type { RepositoryId, Visibility } from '../repository';
import type { PushRequest } from '../plan/types';

/** One push as the history keeps it. JSON; holds no token. */
export interface PushRecord {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly endpoint: string;
  readonly repo: RepositoryId;
  readonly visibility: Visibility;
  readonly branch: string;
  /** 40 hex digits: the last one of the push. */
  readonly commit: string;
  readonly commitUrl: string;
  readonly pullRequestUrl: string | undefined;
  readonly rows: number;
  /** Files that were added, changed and deleted. */
  readonly changed: number;
  /** Python that loads what was pushed. */
  readonly loadCode: string;
  /** To push again in one click. */
  readonly request: PushRequest;
}

/** How far a push is. */
export interface PushProgress {
  readonly phase: 'creating' | 'uploading' | 'committing' | 'waiting';
  /** Bytes that went out, and all that will. */
  readonly sent: number;
  readonly bytes: number;
  /** Commits that are made, and all that will be. */
  readonly commits: number;
  readonly ofCommits: number;
  /** Why it waits. */
  readonly message: string | undefined;
}
