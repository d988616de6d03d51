import type { RepositoryId, Visibility } from '../repository';

/** Who a token belongs to, as `whoami-v2` tells. */
export interface HubAccount {
  readonly name: string;
  readonly fullName: string;
  /** `read`, `write`, `fineGrained`, …: what the token may do; undefined where the Hub does not say. */
  readonly role: string | undefined;
  /** Name that its owner gave the token. */
  readonly tokenName: string | undefined;
  /** Those that the person belongs to, in the order of the Hub. */
  readonly organizations: readonly HubOrganization[];
  /** What a fine-grained token may do; undefined for other tokens. */
  readonly scopes: readonly TokenScope[] | undefined;
}

export interface HubOrganization {
  readonly name: string;
  /** `admin`, `write`, `contributor`, `read`: what the person may do in it; undefined where the Hub does not say. */
  readonly role: string | undefined;
}

export interface TokenScope {
  /** A namespace or a repository, such as `ada` and `ada/sms`; undefined for everywhere. */
  readonly entity: string | undefined;
  /** Such as `repo.write` and `discussion.write`. */
  readonly permissions: readonly string[];
}

/** A repository as it stands at one revision. */
export interface HubRepository {
  readonly id: RepositoryId;
  readonly visibility: Visibility;
  /** Commit of the revision that was asked for: 40 hex digits. */
  readonly commit: string;
}

/** A file of a repository. */
export interface HubFile {
  /** With `/`. */
  readonly path: string;
  /** Bytes of the content, not of an LFS pointer. */
  readonly size: number;
  /** SHA-1 of the git blob: of the content, or of the LFS pointer. */
  readonly oid: string;
  /** SHA-256 of the content where it is in LFS. */
  readonly sha256: string | undefined;
}

export interface HubCommitInfo {
  /** 40 hex digits. */
  readonly oid: string;
  readonly title: string;
  readonly message: string;
  /** ISO 8601. */
  readonly date: string;
}

/** Content to upload: a file of this disk, read when it is its turn, or bytes. */
export type UploadContent = { readonly file: string; readonly size: number } | { readonly bytes: Uint8Array };

export type CommitOperation =
  | { readonly kind: 'put'; /** In the repository. */ readonly path: string; readonly content: UploadContent }
  | { readonly kind: 'delete'; readonly path: string };

/** One commit; at most 100 operations and 20 MB of regular (not LFS) content, which takes memory. */
export interface CommitRequest {
  readonly repo: RepositoryId;
  /** Name of the branch, such as `main` or `refs/pr/3`. */
  readonly branch: string;
  /** The commit that it must follow: where the branch moved, nothing is written. */
  readonly parentCommit: string;
  readonly title: string;
  readonly description?: string;
  /** Opens a pull request with the commit instead of moving the branch. */
  readonly pullRequest?: boolean;
  readonly operations: readonly CommitOperation[];
}

export interface CommitResult {
  /** 40 hex digits. */
  readonly oid: string;
  readonly url: string;
  /** Address of the pull request that was opened. */
  readonly pullRequestUrl: string | undefined;
}

/** What long work takes and reports. */
export interface HubOptions {
  readonly signal?: AbortSignal;
  /**
   * Called with the bytes of content that went out, or came in, since the last call; negative where an attempt begins
   * anew. Content that the Hub had already counts too, so that the sum of a commit that was made is the size of all its
   * files, and that of a download what was asked for.
   */
  readonly onBytes?: (bytes: number) => void;
  /** Told while it waits: for the Hub to take more requests, or before it tries again. A sentence for people. */
  readonly onWait?: (message: string) => void;
}

/**
 * A Hub, with one token or none. Requests that fail by chance (network, 5xx, 429 with a short wait) are tried again; all
 * else fails with a `HubError`, a cancelled one with the reason of its signal.
 */
export interface HubClient {
  /** Such as `https://huggingface.co`, without a slash at the end. */
  readonly endpoint: string;
  whoAmI(options?: HubOptions): Promise<HubAccount>;
  /** @returns undefined when there is none, or none that the token may see */
  repository(repo: RepositoryId, revision?: string, options?: HubOptions): Promise<HubRepository | undefined>;
  /** @returns false when there is one already */
  createRepository(repo: RepositoryId, visibility: Visibility, options?: HubOptions): Promise<boolean>;
  /** Makes a branch from a commit unless there is one of this name. */
  createBranch(repo: RepositoryId, branch: string, from: string, options?: HubOptions): Promise<void>;
  /** All files of a revision, folders left out. */
  files(repo: RepositoryId, revision: string, options?: HubOptions): AsyncIterable<HubFile>;
  /** Newest first. */
  commits(repo: RepositoryId, revision: string, limit: number, options?: HubOptions): Promise<readonly HubCommitInfo[]>;
  /** The refs of the youngest pull requests, newest first: `refs/pr/7`, `refs/pr/6`, … */
  pullRequests(repo: RepositoryId, options?: HubOptions): Promise<readonly string[]>;
  /**
   * Uploads what LFS does not have yet and commits. Where the answer is lost, the head of the branch tells whether the
   * commit was made.
   *
   * @throws HubError `conflict` when the branch is no longer at `parentCommit`; nothing is written then
   */
  commit(request: CommitRequest, options?: HubOptions): Promise<CommitResult>;
  /**
   * The content of a file from a byte on.
   *
   * @throws HubError `missing` when there is no such file
   */
  download(
    repo: RepositoryId,
    revision: string,
    path: string,
    options?: HubOptions & { readonly from?: number },
  ): AsyncIterable<Uint8Array>;
  /** What the Hub finds wrong in a README.md; empty when nothing. */
  cardErrors(readme: string, options?: HubOptions): Promise<readonly string[]>;
}
