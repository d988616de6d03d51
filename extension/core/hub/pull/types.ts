import type { RepositoryId } from '../repository';

/** A file of a repository that a split is read from. */
export interface SplitFile {
  /** In the repository, with `/`. */
  readonly path: string;
  readonly size: number;
  /** SHA-1 of the git blob, of the LFS pointer for a file in LFS. */
  readonly oid: string;
  /** Of the content of a file in LFS. */
  readonly sha256: string | undefined;
}

/** One split of one configuration, as `load_dataset` would find it. */
export interface RemoteSplit {
  readonly config: string;
  readonly split: string;
  readonly files: readonly SplitFile[];
}

/** A dataset on the Hub, at one commit. */
export interface RemoteDataset {
  readonly repo: RepositoryId;
  /** What was asked for: a branch, a tag or a commit. */
  readonly revision: string;
  /** What it stands for now: 40 hex digits. */
  readonly commit: string;
  /** `converted` for the Parquet files that the Hub makes of every dataset. */
  readonly from: 'repository' | 'converted';
  readonly splits: readonly RemoteSplit[];
  /** README.md; undefined where there is none. */
  readonly card: SplitFile | undefined;
}

/** What is downloaded, and where to. */
export interface PullPlan {
  readonly endpoint: string;
  readonly repo: RepositoryId;
  readonly revision: string;
  readonly commit: string;
  /** Absolute; made when it is absent. */
  readonly folder: string;
  readonly files: readonly SplitFile[];
  /** Of all files. */
  readonly bytes: number;
  /** Paths of those that may take the place of a file of other content. */
  readonly replaces: readonly string[];
  /** Files of the folder that stay as they are, as they were pulled before. */
  readonly others: readonly SplitFile[];
}

/** Where the files of a folder came from; kept beside them. JSON. */
export interface PullRecord {
  readonly v: 1;
  readonly endpoint: string;
  readonly repo: RepositoryId;
  readonly revision: string;
  /** The commit that the files are of: 40 hex digits. */
  readonly commit: string;
  readonly files: readonly SplitFile[];
}
