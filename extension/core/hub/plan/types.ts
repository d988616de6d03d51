import type { RepositoryId, Visibility } from '../repository';
import type { StagedConfig, StagedFile, StagingWarning } from '../staging/types';

/** As it is, or as Parquet, which alone keeps every value and its type. */
export type PushFormat = 'asIs' | 'parquet';

/** What a person asks to be pushed, and where to. */
export interface PushRequest {
  /** Absolute path of a dataset file, a folder, or a flagging directory. */
  readonly source: string;
  readonly repo: RepositoryId;
  readonly visibility: Visibility;
  /** Undefined for `main`. */
  readonly branch: string | undefined;
  readonly pullRequest: boolean;
  readonly format: PushFormat;
  /** The column whose values are the names of splits; undefined for one split, or one a file. */
  readonly splitColumn: string | undefined;
  /** The column of class labels; undefined where there is none. */
  readonly labelColumn: string | undefined;
  /** Whether the ledgers and the candidates of a review go along. */
  readonly withReview: boolean;
  /** Title of the commit; undefined for one that tells what changes. */
  readonly title: string | undefined;
  /** The card as a person edited it; undefined for ours. */
  readonly card: string | undefined;
  /** `license`, `pretty_name`, … that a person chose for a new card. */
  readonly cardFields: Readonly<Record<string, string>>;
}

/** What stands in the repository now. */
export interface RemoteState {
  /** Of the Hub. */
  readonly endpoint: string;
  /** False when the repository must be made. */
  readonly exists: boolean;
  /** Undefined for a repository that does not exist. */
  readonly visibility: Visibility | undefined;
  /** Whether the branch exists; else commit, files and card are those of `main`, which it will begin from. */
  readonly branchExists: boolean;
  /** Head of the branch; undefined for a repository that does not exist. */
  readonly commit: string | undefined;
  readonly files: ReadonlyMap<string, RemoteFile>;
  /** README.md as it stands; undefined where there is none. */
  readonly card: string | undefined;
}

export interface RemoteFile {
  readonly size: number;
  readonly oid: string;
  readonly sha256: string | undefined;
}

export type FileChange = 'add' | 'change' | 'delete' | 'leave';

export interface PlannedFile {
  /** In the repository. */
  readonly path: string;
  readonly change: FileChange;
  /** Of the new content; of the old one for `delete`. Bytes. */
  readonly size: number;
  /** Undefined for `delete`, and for the card, whose text is in the plan. */
  readonly staged: StagedFile | undefined;
}

/** Everything that a push will do, before anything is sent. JSON. */
export interface PushPlan {
  /** What was asked for, to plan anew and to push again. */
  readonly request: PushRequest;
  readonly endpoint: string;
  readonly repo: RepositoryId;
  /** Of the repository as it is, where it exists. */
  readonly visibility: Visibility;
  /** Whether the repository is made first. */
  readonly creates: boolean;
  readonly branch: string;
  /** Whether the branch is made first, from the head of `main`. */
  readonly createsBranch: boolean;
  readonly pullRequest: boolean;
  /** The commit that the push follows; undefined until the repository is made. */
  readonly parentCommit: string | undefined;
  /** Sorted by path; the card is one of them. */
  readonly files: readonly PlannedFile[];
  /** How many other files of the repository stay as they are. */
  readonly others: number;
  /** Of all splits. */
  readonly rows: number;
  /** Bytes of the files that are added or changed. */
  readonly bytes: number;
  readonly configs: readonly StagedConfig[];
  /** README.md as it will be. */
  readonly card: string;
  readonly title: string;
  readonly warnings: readonly StagingWarning[];
}

/** Whether there is anything to push. */
export function isUpToDate({ files, creates }: PushPlan): boolean {
  return !creates && files.every(({ change }) => change === 'leave');
}
