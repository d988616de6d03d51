import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type {
  CommitRequest,
  CommitResult,
  HubAccount,
  HubClient,
  HubCommitInfo,
  HubFile,
  HubOptions,
  HubRepository,
  UploadContent,
} from '../../../../../extension/core/hub/client/types';
import { blobId } from '../../../../../extension/core/hub/blobId';
import { HubError } from '../../../../../extension/core/hub/hubError';
import type { RepositoryId, Visibility } from '../../../../../extension/core/hub/repository';

interface Commit extends HubCommitInfo {
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Repository {
  visibility: Visibility;
  /** Newest first, by branch. */
  readonly branches: Map<string, Commit[]>;
}

/** A Hub within the process: what a push asks of one, and a record of what it was asked for. */
export class MemoryHub implements HubClient {
  readonly endpoint = 'http://127.0.0.1:1';
  readonly repositories = new Map<string, Repository>();
  /** Each request that writes, and the number of its files. */
  readonly calls: string[] = [];
  /** Contents that were sent, by path; content that is stored already is not. */
  readonly sent: string[] = [];
  /** Called before a commit is made; may throw, wait, or change what stands. */
  beforeCommit: (request: CommitRequest, number: number) => unknown = () => undefined;
  /** Called when a commit was made and its answer is under way. */
  afterCommit: (request: CommitRequest, number: number) => unknown = () => undefined;
  requests = 0;
  /** Files that a commit may have before it is too large. */
  mostFiles = Infinity;
  private readonly stored = new Set<string>();
  private opened = 0;
  private commitsMade = 0;
  private clock = 0;

  whoAmI(): Promise<HubAccount> {
    this.requests++;
    const known = { name: 'ada', fullName: 'Ada', role: 'write', tokenName: 'test' };
    return Promise.resolve({ ...known, organizations: [], scopes: undefined });
  }

  repository(repo: RepositoryId, revision = 'main'): Promise<HubRepository | undefined> {
    this.requests++;
    const found = this.repositories.get(repo);
    const [head] = found?.branches.get(revision) ?? [];
    return Promise.resolve(found && head && { id: repo, visibility: found.visibility, commit: head.oid });
  }

  createRepository(repo: RepositoryId, visibility: Visibility): Promise<boolean> {
    this.requests++;
    this.calls.push(`create ${repo} ${visibility}`);
    if (this.repositories.has(repo)) return Promise.resolve(false);
    const initial = this.newCommit(
      'initial commit',
      new Map([['.gitattributes', Buffer.from('*.png filter=lfs')]]),
      '',
    );
    this.repositories.set(repo, { visibility, branches: new Map([['main', [initial]]]) });
    return Promise.resolve(true);
  }

  createBranch(repo: RepositoryId, branch: string, from: string): Promise<void> {
    this.requests++;
    this.calls.push(`branch ${branch}`);
    const { branches } = this.known(repo);
    if (!branches.has(branch)) branches.set(branch, this.chainTo(repo, from));
    return Promise.resolve();
  }

  async *files(repo: RepositoryId, revision: string): AsyncIterable<HubFile> {
    this.requests++;
    const [head] = this.chainTo(repo, revision);
    for (const [path, bytes] of head?.files ?? [])
      yield await Promise.resolve({ path, size: bytes.length, oid: blobId(bytes), sha256: undefined });
  }

  commits(repo: RepositoryId, revision: string, limit: number): Promise<readonly HubCommitInfo[]> {
    this.requests++;
    return Promise.resolve(this.chainTo(repo, revision).slice(0, limit));
  }

  pullRequests(repo: RepositoryId): Promise<readonly string[]> {
    this.requests++;
    const refs = [...this.known(repo).branches.keys()].filter((name) => name.startsWith('refs/pr/'));
    return Promise.resolve(refs.reverse());
  }

  async commit(request: CommitRequest, { signal, onBytes }: HubOptions = {}): Promise<CommitResult> {
    signal?.throwIfAborted();
    this.requests++;
    const { repo, branch, parentCommit, operations, pullRequest = false } = request;
    const puts = operations.filter((operation) => operation.kind === 'put');
    this.calls.push(`commit ${puts.length}+${operations.length - puts.length} ${request.title}`);
    await this.beforeCommit(request, ++this.commitsMade);
    if (puts.length > this.mostFiles) throw new HubError('tooLarge', 'Too large.');
    const { branches } = this.known(repo);
    if (!pullRequest && branches.get(branch)?.[0]?.oid !== parentCommit)
      throw new HubError('conflict', 'The branch was updated since you opened this page.');
    const files = new Map(this.chainTo(repo, parentCommit)[0]?.files);
    for (const operation of operations) {
      signal?.throwIfAborted();
      if (operation.kind === 'delete') files.delete(operation.path);
      else files.set(operation.path, this.store(operation.path, operation.content, onBytes));
    }
    const commit = this.newCommit(request.title, files, parentCommit);
    const chain = [commit, ...this.chainTo(repo, parentCommit)];
    const number = pullRequest ? ++this.opened : undefined;
    branches.set(number === undefined ? branch : `refs/pr/${number}`, chain);
    await this.afterCommit(request, this.commitsMade);
    const page = `${this.endpoint}/datasets/${repo}`;
    return {
      oid: commit.oid,
      url: `${page}/commit/${commit.oid}`,
      pullRequestUrl: number === undefined ? undefined : `${page}/discussions/${number}`,
    };
  }

  async *download(repo: RepositoryId, revision: string, path: string): AsyncIterable<Uint8Array> {
    this.requests++;
    const bytes = this.chainTo(repo, revision)[0]?.files.get(path);
    if (!bytes) throw new HubError('missing', `There is no ${path}.`);
    yield await Promise.resolve(bytes);
  }

  cardErrors(readme: string): Promise<readonly string[]> {
    this.requests++;
    return Promise.resolve(readme.includes('license: wrong') ? ['"license" must be one of mit, …'] : []);
  }

  /** What somebody else commits. */
  commitElsewhere(repo: RepositoryId, path: string, text: string, branch = 'main'): void {
    const { branches } = this.known(repo);
    const chain = branches.get(branch) ?? [];
    const files = new Map(chain[0]?.files).set(path, Buffer.from(text));
    branches.set(branch, [this.newCommit(`Edit ${path}`, files, chain[0]?.oid ?? ''), ...chain]);
  }

  /** Somebody else replaces the history of a branch by one commit. */
  rewrite(repo: RepositoryId, branch = 'main'): void {
    this.known(repo).branches.set(branch, [this.newCommit('Begin anew', new Map(), '')]);
  }

  /** Paths at the head of a branch, and their texts. */
  tree(repo: RepositoryId, branch = 'main'): Record<string, string> {
    const [head] = this.known(repo).branches.get(branch) ?? [];
    const files = [...(head?.files ?? [])].map(([path, bytes]) => [path, bytes.toString()] as const);
    return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Titles of a branch, newest first. */
  titles(repo: RepositoryId, branch = 'main'): string[] {
    return (this.known(repo).branches.get(branch) ?? []).map(({ title }) => title);
  }

  head(repo: RepositoryId, branch = 'main'): string {
    return this.known(repo).branches.get(branch)?.[0]?.oid ?? '';
  }

  private store(path: string, content: UploadContent, onBytes: HubOptions['onBytes']): Buffer {
    const bytes = 'file' in content ? readFileSync(content.file) : Buffer.from(content.bytes);
    const key = sha('256', bytes);
    if (!this.stored.has(key)) {
      this.sent.push(path);
      onBytes?.(bytes.length);
    }
    this.stored.add(key);
    return bytes;
  }

  private newCommit(title: string, files: ReadonlyMap<string, Buffer>, parent: string): Commit {
    const date = new Date(Date.UTC(2026, 0, 1) + 1000 * this.clock++).toISOString();
    return { oid: sha('1', Buffer.from(`${parent} ${title} ${date}`)), title, message: '', date, files };
  }

  /** The commits up to a revision, newest first. */
  private chainTo(repo: RepositoryId, revision: string): Commit[] {
    const { branches } = this.known(repo);
    const branch = branches.get(revision);
    if (branch) return branch;
    for (const chain of branches.values()) {
      const at = chain.findIndex(({ oid }) => oid === revision);
      if (at >= 0) return chain.slice(at);
    }
    throw new HubError('missing', `There is no ${revision}.`);
  }

  private known(repo: string): Repository {
    const found = this.repositories.get(repo);
    if (!found) throw new HubError('missing', `There is no ${repo}.`);
    return found;
  }
}

function sha(kind: '1' | '256', bytes: Uint8Array): string {
  return createHash(`sha${kind}`).update(bytes).digest('hex');
}
