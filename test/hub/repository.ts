import { createHash, randomBytes } from 'node:crypto';
import { defaultGitAttributes, uploadModeOf } from './gitAttributes';
import { LfsObjects } from './lfsObjects';
import { Refusal } from './refusal';

/** A file of a commit. */
export interface StoredFile {
  /** SHA-1 of the git blob: of the content, or of the LFS pointer. */
  readonly oid: string;
  /** Bytes of the content, not of an LFS pointer. */
  readonly size: number;
  /** The content, or the pointer to it. */
  readonly blob: Buffer;
  /** SHA-256 of the content of a file in LFS. */
  readonly sha256: string | undefined;
}

export type Files = ReadonlyMap<string, StoredFile>;

export interface TestCommit {
  readonly oid: string;
  readonly title: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly files: Files;
}

export const branchRef = (name: string): string => (name.startsWith('refs/') ? name : `refs/heads/${name}`);

export function regularFile(blob: Buffer): StoredFile {
  return { oid: blobId(blob), size: blob.length, blob, sha256: undefined };
}

export function lfsFile(sha256: string, size: number): StoredFile {
  const blob = Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`);
  return { oid: blobId(blob), size, blob, sha256 };
}

function blobId(blob: Buffer): string {
  return createHash('sha1').update(`blob ${blob.length}\0`).update(blob).digest('hex');
}

/** A dataset repository, and what a test asks of it. */
export class TestRepository {
  readonly serverId = randomBytes(12).toString('hex');
  readonly createdAt = new Date().toISOString();
  /** Commits by `refs/heads/main`, `refs/pr/1`, … */
  readonly refs = new Map<string, string>();
  readonly objects: LfsObjects;
  /** Whether a commit is under way: others are refused meanwhile. */
  busy = false;
  private readonly commits = new Map<string, TestCommit>();

  constructor(
    /** `namespace/name`. */
    readonly id: string,
    readonly visibility: 'private' | 'public',
    readonly author: string,
    /** Of its LFS objects. */
    directory: string,
  ) {
    this.objects = new LfsObjects(directory);
    const files = new Map([['.gitattributes', regularFile(Buffer.from(defaultGitAttributes))]]);
    this.append('refs/heads/main', { title: 'initial commit', message: '', parents: [], author, files });
  }

  /** @param revision a branch, `HEAD`, a ref, or the first seven or more digits of a commit */
  find(revision: string): TestCommit | undefined {
    const name = revision === 'HEAD' ? 'main' : revision;
    const oid = this.refs.get(branchRef(name));
    if (oid !== undefined) return this.commits.get(oid);
    if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined;
    return this.commits.get(name) ?? [...this.commits.values()].find((commit) => commit.oid.startsWith(name));
  }

  /** @throws Refusal when there is no such revision */
  at(revision = 'main'): TestCommit {
    const commit = this.find(revision);
    if (!commit) throw new Refusal(404, `Invalid rev id: ${revision}`, 'RevisionNotFound');
    return commit;
  }

  /** Newest first. */
  history(revision = 'main'): TestCommit[] {
    const commits = [this.at(revision)];
    for (let parent = commits[0]?.parents[0]; parent !== undefined;) {
      const commit = this.at(parent);
      commits.push(commit);
      parent = commit.parents[0];
    }
    return commits;
  }

  /** Of all files, sorted. */
  paths(revision = 'main'): string[] {
    return [...this.at(revision).files.keys()].sort();
  }

  /** The content of a file. */
  async read(path: string, revision = 'main'): Promise<Buffer> {
    const file = this.at(revision).files.get(path);
    if (!file) throw new Refusal(404, `Entry ${path} is not there`, 'EntryNotFound');
    return file.sha256 === undefined ? file.blob : this.objects.read(file.sha256);
  }

  /** Commits as somebody else does, without a request; `undefined` deletes a file. */
  async commit(
    files: Readonly<Record<string, string | Uint8Array | undefined>>,
    { branch = 'main', title = 'Change by somebody else', author = 'bob' } = {},
  ): Promise<TestCommit> {
    const parent = this.at(branch);
    const next = new Map(parent.files);
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) next.delete(path);
      else next.set(path, await this.store(path, Buffer.from(content)));
    }
    return this.append(branchRef(branch), { title, message: '', parents: [parent.oid], author, files: next });
  }

  /** Adds a commit and lets a ref point to it. */
  append(ref: string, commit: Omit<TestCommit, 'oid' | 'date'>): TestCommit {
    const made = { ...commit, oid: randomBytes(20).toString('hex'), date: new Date().toISOString() };
    this.commits.set(made.oid, made);
    this.refs.set(ref, made.oid);
    return made;
  }

  private async store(path: string, content: Buffer): Promise<StoredFile> {
    const mode = uploadModeOf(path, content.length, content.subarray(0, 512), defaultGitAttributes);
    return mode === 'lfs' ? lfsFile(await this.objects.add(content), content.length) : regularFile(content);
  }
}
