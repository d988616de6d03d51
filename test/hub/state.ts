import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Accounts, permits, type Action, type Identity } from './accounts';
import { Devices } from './devices';
import type { Call } from './http';
import { Refusal } from './refusal';
import { TestRepository } from './repository';

/** How a test Hub differs from the one of Hugging Face. */
export interface HubOptions {
  /** LFS objects of so many bytes are uploaded in parts. */
  readonly multipartFrom?: number;
  /** Bytes of a part. */
  readonly partBytes?: number;
  /** Entries of one page of a tree or of a list of commits. */
  readonly pageSize?: number;
  /** How long a commit takes, ms: others are refused meanwhile. */
  readonly commitTakes?: number;
  /** Bytes of the body of a commit that are too many. */
  readonly maxCommitBytes?: number;
  /** Requests in five minutes, by kind. */
  readonly quotas?: Partial<Readonly<Record<'api' | 'resolvers' | 'pages', number>>>;
  /** Seconds between two questions whether a device was let in, and until its code is no longer good. */
  readonly device?: { readonly interval?: number; readonly expiresIn?: number };
}

/** An LFS object on its way in parts. */
export interface Upload {
  readonly repository: TestRepository;
  readonly sha256: string;
  readonly size: number;
  readonly parts: Map<number, { readonly file: string; readonly etag: string }>;
}

/** Everything that a Hub knows. */
export class HubState {
  /** Addresses without a slash at the end; known once the servers listen. */
  url = '';
  storageUrl = '';
  readonly options: Required<Omit<HubOptions, 'quotas' | 'device'>>;
  readonly accounts = new Accounts();
  readonly devices: Devices;
  readonly repositories = new Map<string, TestRepository>();
  readonly uploads = new Map<string, Upload>();
  /** The ways to upload that each request for addresses offered, such as `basic` and `xet`. */
  readonly offers: (readonly string[])[] = [];
  /** Organisations in which nothing is made, for they did not pay. */
  readonly unlicensed = new Set<string>();
  private readonly secret = randomBytes(16);
  /** Addresses that were signed before the last time that they expired are no longer good. */
  private generation = 0;

  constructor(
    options: HubOptions,
    /** Of the LFS objects. */
    private readonly directory: string,
  ) {
    this.options = {
      multipartFrom: options.multipartFrom ?? 5 * 2 ** 30,
      partBytes: options.partBytes ?? 16 * 2 ** 20,
      pageSize: options.pageSize ?? 1000,
      commitTakes: options.commitTakes ?? 0,
      maxCommitBytes: options.maxCommitBytes ?? 2 ** 30,
    };
    this.devices = new Devices(this.accounts, options.device ?? {});
  }

  addRepository(id: string, visibility: 'private' | 'public', author: string): TestRepository {
    const repository = new TestRepository(
      id,
      visibility,
      author,
      join(this.directory, `${this.repositories.size}`, id),
    );
    this.repositories.set(id, repository);
    return repository;
  }

  /** @throws Refusal without a known token */
  identity(call: Call): Identity {
    const identity = this.accounts.identify(call.headers.authorization);
    if (!identity) throw new Refusal(401, 'Invalid username or password.');
    return identity;
  }

  /**
   * The repository that a call is about. One that the caller may not see is as good as missing.
   *
   * @throws Refusal when the caller may not do this to it
   */
  open(call: Call, action: Action): TestRepository {
    const identity = this.accounts.identify(call.headers.authorization);
    const id = `${call.param('namespace')}/${call.param('name')}`;
    const repository = this.repositories.get(id);
    const isPublic = repository?.visibility === 'public';
    if (!repository || !(isPublic || (identity && permits(identity, 'read', id)))) {
      throw new Refusal(
        identity ? 404 : 401,
        identity ? 'Repository not found' : 'Invalid username or password.',
        'RepoNotFound',
      );
    }
    if (action === 'read') return repository;
    const mayAsk = action === 'discuss' && isPublic;
    const { token, user } = this.identity(call);
    const [namespace = ''] = id.split('/');
    if (action === 'write' && user.organizations[namespace] === 'contributor' && repository.author !== user.name)
      throw new Refusal(403, 'Forbidden: contributors write to what they made.');
    if (identity && (permits(identity, action, id) || (mayAsk && token.role === 'write'))) return repository;
    const advice = 'pass `create_pr=1` as a query parameter to create a Pull Request';
    throw new Refusal(403, token.role === 'read' ? 'Forbidden: the token only reads.' : `Forbidden: ${advice}`);
  }

  /** An address of the storage that needs no token. */
  signed(path: string): string {
    const url = new URL(path, this.storageUrl);
    url.searchParams.set('generation', `${this.generation}`);
    url.searchParams.set('X-Amz-Signature', this.signature(url));
    return url.href;
  }

  isSigned({ href }: URL): boolean {
    const url = new URL(href);
    const given = url.searchParams.get('X-Amz-Signature');
    url.searchParams.delete('X-Amz-Signature');
    return given === this.signature(url);
  }

  isExpired({ searchParams }: URL): boolean {
    return Number(searchParams.get('generation')) < this.generation;
  }

  expireAddresses(): void {
    this.generation++;
  }

  private signature({ pathname, search }: URL): string {
    return createHmac('sha256', this.secret).update(pathname).update(search).digest('hex');
  }
}
