import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestToken, TestUser } from './accounts';
import { Faults, type Fault } from './faults';
import { refused } from './http';
import { RateLimits } from './rateLimits';
import type { TestRepository } from './repository';
import { accountRoutes } from './routes/account';
import { cardRoutes } from './routes/cards';
import { commitRoutes } from './routes/commit';
import { downloadRoutes } from './routes/download';
import { refRoutes } from './routes/refs';
import { repositoryRoutes } from './routes/repositories';
import { storageError, storageRoutes } from './routes/storage';
import { treeRoutes } from './routes/tree';
import { uploadRoutes } from './routes/upload';
import { listen, type LoggedRequest } from './server';
import { HubState, type HubOptions } from './state';

/** A Hub on this machine, and all that a test asks of it. */
export class TestHub {
  /** Every request so far, in the order of their arrival; a test may empty it. */
  readonly requests: LoggedRequest[] = [];
  private readonly faults = new Faults();
  private servers: readonly Server[] = [];

  private constructor(
    private readonly state: HubState,
    private readonly directory: string,
  ) {}

  static async start(options: HubOptions): Promise<TestHub> {
    const directory = await mkdtemp(join(tmpdir(), 'flag-review-hub-'));
    const state = new HubState(options, directory);
    const hub = new TestHub(state, directory);
    const limits = new RateLimits(options.quotas ?? {});
    const both = { faults: hub.faults, requests: hub.requests };
    const routes = [
      ...[...accountRoutes(state), ...repositoryRoutes(state), ...uploadRoutes(state), ...commitRoutes(state)],
      ...[...treeRoutes(state), ...downloadRoutes(state), ...refRoutes(state), ...cardRoutes()],
    ];
    const count = (path: string): ReturnType<RateLimits['count']> => limits.count(path);
    const main = await listen('127.0.0.1', { ...both, name: 'hub', routes, refused, count });
    const storage = { ...both, name: 'storage', routes: storageRoutes(state), refused: storageError } as const;
    const second = await listen('localhost', storage);
    state.url = main.url;
    state.storageUrl = second.url;
    hub.servers = [main.server, second.server];
    return hub;
  }

  /** Address of the Hub, without a slash at the end; its host is 127.0.0.1. */
  get url(): string {
    return this.state.url;
  }

  /** The ways to upload that each request for addresses offered, such as `basic` and `xet`. */
  get offers(): readonly (readonly string[])[] {
    return this.state.offers;
  }

  /** Address of the storage of LFS objects; its host is localhost. */
  get storageUrl(): string {
    return this.state.storageUrl;
  }

  get repositories(): ReadonlyMap<string, TestRepository> {
    return this.state.repositories;
  }

  /** @throws Error when there is none */
  repository(id: string): TestRepository {
    const repository = this.state.repositories.get(id);
    if (!repository) throw new Error(`There is no repository ${id}, only ${[...this.repositories.keys()].join(', ')}.`);
    return repository;
  }

  /** Makes a repository that is already there when a test begins. */
  addRepository(id: string, visibility: 'private' | 'public' = 'private'): TestRepository {
    return this.state.addRepository(id, visibility, id.split('/')[0] ?? '');
  }

  addUser(user: TestUser): void {
    this.state.accounts.users.set(user.name, user);
  }

  addToken(token: TestToken): void {
    this.state.accounts.tokens.set(token.token, token);
  }

  /** From now on nothing can be made in the organisation, for want of a plan. */
  withdrawLicense(organization: string): void {
    this.state.unlicensed.add(organization);
  }

  /** From now on nobody knows the token. */
  revoke(token: string): void {
    this.state.accounts.tokens.delete(token);
  }

  /** The addresses of the storage that were given out so far are no longer good, as after their time. */
  expireAddresses(): void {
    this.state.expireAddresses();
  }

  /** What the user with the code of a device says in the browser: their name, or false to refuse. */
  decideDevice(userCode: string, user: string | false): void {
    this.state.devices.decide(userCode, user);
  }

  /** Something goes wrong with the next requests that match; the fault that was asked for first comes first. */
  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** `POST /api/repos/create 200`, without the hosts of the storage. */
  get log(): readonly string[] {
    return this.requests.map(({ method, path, status }) => `${method} ${path} ${status ?? 'cut'}`);
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    // A request that was cut may still write for a moment.
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A Hub in this process, which tests push to and look into; see `testTokens` for who may do what. */
export function startHub(options: HubOptions = {}): Promise<TestHub> {
  return TestHub.start(options);
}
