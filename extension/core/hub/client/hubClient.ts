import { createBranch, datasetInfo, listFiles } from '@huggingface/hub';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Log } from '../../log';
import { endpointOf } from '../endpoint';
import { HubError, hubFailureOf } from '../hubError';
import { redact } from '../redact';
import type { RepositoryId, Visibility } from '../repository';
import { accountIn } from './account';
import type { Call, Connection } from './attempt';
import { Committing } from './commit';
import { download } from './download';
import { isCommitId, notFromHub, PassingFailure } from './failures';
import { commitsOf } from './history';
import { libraryFailure } from './library';
import { youngestPullRequests } from './madeCommit';
import { jsonInit, Transport, type Wait } from './transport';
import type { CommitRequest, CommitResult, HubAccount, HubClient, HubCommitInfo } from './types';
import type { HubFile, HubOptions, HubRepository } from './types';

export interface HubClientOptions {
  /** Address of the Hub. */
  readonly endpoint: string;
  /** Undefined for what everybody may see. */
  readonly token: string | undefined;
  readonly log: Log;
  /** `name/version`, as the Hub asks for. */
  readonly userAgent: string;
  /** Whether what the Hub keeps in LFS may go by xet, which sends less and takes more of the computer. */
  readonly useXet?: boolean;
  /** Instead of the global one, which is looked up at each request. */
  readonly fetch?: typeof fetch;
  /** Instead of time. */
  readonly wait?: Wait;
  /** How long nothing may move before a request is given up, ms. */
  readonly patience?: Connection['patience'];
}

/** A minute until an answer begins: a commit may take the Hub that long, and gets more. */
const usualPatience = { answer: 60_000, upload: 120_000 } as const;

/**
 * A client of the Hub at an endpoint.
 *
 * @throws ExpectedError for an endpoint that a token must not be sent to
 */
export function createHubClient(options: HubClientOptions): HubClient {
  const { token, log, userAgent, useXet = false, patience = usualPatience } = options;
  const endpoint = endpointOf(options.endpoint, {});
  // What has no place in a header would be quoted by the error of fetch.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new ExpectedError('The token holds characters that no token has.', 'Copy it again and sign in with it.');
  }
  const connection = {
    endpoint: new URL(endpoint),
    token,
    userAgent,
    log,
    fetch: () => options.fetch ?? globalThis.fetch,
    patience,
  };
  return new TransportClient(endpoint, new Transport(connection, options.wait), useXet);
}

/** The library gets no token: the transport adds it, and knows whom it is for. */
class TransportClient implements HubClient {
  constructor(
    readonly endpoint: string,
    private readonly transport: Transport,
    private readonly useXet: boolean,
  ) {}

  async whoAmI(options: HubOptions = {}): Promise<HubAccount> {
    this.requireToken();
    const answer = await this.transport.json('/api/whoami-v2', options);
    const account = accountIn(answer);
    if (!account) throw notFromHub(this.transport.hub, 'it names nobody');
    return account;
  }

  async repository(
    repo: RepositoryId,
    revision?: string,
    options: HubOptions = {},
  ): Promise<HubRepository | undefined> {
    const call = { ...options, repo };
    try {
      const known = await this.ask(call, (common) =>
        datasetInfo({ ...common, name: repo, ...(revision && { revision }), additionalFields: ['sha'] }),
      );
      if (!isCommitId(known.sha)) throw notFromHub(this.transport.hub, 'it names no commit');
      const visibility = known.private ? 'private' : 'public';
      return { id: known.name as RepositoryId, visibility, commit: known.sha };
    } catch (error) {
      const failure = hubFailureOf(error);
      const isHidden = failure === 'unauthorized' && this.transport.connection.token === undefined;
      if (failure === 'missing' || isHidden) return undefined;
      throw error;
    }
  }

  async createRepository(repo: RepositoryId, visibility: Visibility, options: HubOptions = {}): Promise<boolean> {
    this.requireToken();
    const [organization, name] = repo.split('/');
    const init = jsonInit({ name, organization, type: 'dataset', visibility });
    const call = { ...options, repo };
    let lost = false;
    for (let tries = 1; ; tries++) {
      try {
        await this.transport.once(this.transport.address('/api/repos/create'), init, call);
        return true;
      } catch (error) {
        const isThere = error instanceof HubError && error.answer.status === 409 && !(error instanceof PassingFailure);
        if (isThere) return lost && (await this.isNew(repo, visibility, options));
        await this.transport.pause(error, tries, call);
        lost ||= hubFailureOf(error) === 'unreachable';
      }
    }
  }

  /** Whether a repository may be the one that was just made: nothing but its beginning is in it. */
  private async isNew(repo: RepositoryId, visibility: Visibility, options: HubOptions): Promise<boolean> {
    const made = await this.repository(repo, undefined, options);
    return made?.visibility === visibility && (await this.commits(repo, 'main', 2, options)).length === 1;
  }

  async createBranch(repo: RepositoryId, branch: string, from: string, options: HubOptions = {}): Promise<void> {
    this.requireToken();
    try {
      await this.ask({ ...options, repo }, (common) =>
        createBranch({ ...common, repo: { type: 'dataset', name: repo }, branch, revision: from }),
      );
    } catch (error) {
      if (hubFailureOf(error) !== 'conflict') throw error;
    }
  }

  async *files(repo: RepositoryId, revision: string, options: HubOptions = {}): AsyncGenerator<HubFile> {
    try {
      // The library puts the revision into the address as it is.
      const listed = listFiles({
        ...this.common({ ...options, repo }),
        repo: { type: 'dataset', name: repo },
        revision: encodeURIComponent(revision),
        recursive: true,
      });
      for await (const { type, path, size, oid = '', lfs } of listed) {
        if (typeof path !== 'string') throw notFromHub(this.transport.hub, 'it lists files without names');
        if (type === 'file') yield { path, size: lfs?.size ?? size, oid, sha256: lfs?.oid };
      }
    } catch (error) {
      throw libraryFailure(error, this.transport, options.signal);
    }
  }

  commits(
    repo: RepositoryId,
    revision: string,
    limit: number,
    options: HubOptions = {},
  ): Promise<readonly HubCommitInfo[]> {
    return this.ask(options, () => commitsOf(this.transport, repo, revision, limit, options));
  }

  pullRequests(repo: RepositoryId, options: HubOptions = {}): Promise<readonly string[]> {
    return youngestPullRequests(this.transport, { ...options, repo });
  }

  async commit(request: CommitRequest, options: HubOptions = {}): Promise<CommitResult> {
    options.signal?.throwIfAborted();
    this.requireToken();
    return new Committing(this.transport, request, options, this.useXet).run();
  }

  download(
    repo: RepositoryId,
    revision: string,
    path: string,
    options: HubOptions & { readonly from?: number } = {},
  ): AsyncIterable<Uint8Array> {
    return download(this.transport, { repo, revision, path, from: options.from ?? 0 }, options);
  }

  async cardErrors(readme: string, options: HubOptions = {}): Promise<readonly string[]> {
    // A card with errors is answered as a bad request, one with warnings alone is not.
    const call = { ...options, expects: 400 };
    const answer = await this.transport.json('/api/validate-yaml', call, { content: readme, repoType: 'dataset' });
    const errors: unknown = isRecord(answer) ? answer.errors : undefined;
    if (!Array.isArray(errors)) throw notFromHub(this.transport.hub, 'it says nothing of the card');
    return (errors as readonly unknown[])
      .filter(isRecord)
      .map(({ message }) => redact(typeof message === 'string' ? message : 'unknown'));
  }

  /** What every function of the library takes. */
  private common(call: Call): { readonly hubUrl: string; readonly fetch: typeof fetch } {
    return { hubUrl: this.endpoint, fetch: this.transport.fetchFor(call) };
  }

  private async ask<T>(call: Call, work: (common: ReturnType<typeof this.common>) => Promise<T>): Promise<T> {
    try {
      return await work(this.common(call));
    } catch (error) {
      throw libraryFailure(error, this.transport, call.signal);
    }
  }

  private requireToken(): void {
    if (this.transport.connection.token !== undefined) return;
    throw new HubError('unauthorized', `${this.transport.hub} has to know who you are for this.`, 'Sign in first.');
  }
}
