import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ExpectedError } from '../../errors';
import { withLock } from '../../flagging/lock';
import type { HubClient, HubOptions } from '../client/types';
import { HubError, hubFailureOf } from '../hubError';
import { FlagQueue } from './flagQueue';
import { layouts } from './layouts/layouts';
import type { FlagLayout, SaverRemote } from './layouts/types';
import type { Batch, QueuedFlag, SaverTarget } from './types';

export interface SendOptions extends HubOptions {
  /** Asked for once there is something to send. @throws ExpectedError when it may not be sent */
  readonly connect: (target: SaverTarget) => Promise<HubClient>;
}

/** Another process holds the queue. */
export class QueueBusy extends ExpectedError {}

/** Times that a commit is made anew because others were faster. */
const mostConflicts = 5;
/** Commits that are looked through for one of ours. */
const depths = [100, 1000] as const;

/**
 * Sends the first flags of a queue as one commit. One that was under way when its process died is recognised by its id in
 * the description, and is not sent again.
 *
 * @returns how many flags are in the repository now; 0 when none waits
 * @throws HubError, and ExpectedError for a repository that flags cannot be added to. They stay in the queue
 */
export async function sendBatch(queue: FlagQueue, options: SendOptions): Promise<number> {
  const lock = { isMine: false };
  try {
    return await withLock(queue.folder, nothingToMend, async () => {
      lock.isMine = true;
      // One of this bundle: the numbers that it reads are of a class of which each bundle has its own.
      return new Sending(new FlagQueue(queue.flaggingDir, queue.repo), options).run();
    });
  } catch (error) {
    if (lock.isMine || !(error instanceof ExpectedError)) throw error;
    throw new QueueBusy(`Flags for ${queue.repo} are being sent by another window or terminal.`, '', '', {
      cause: error,
    });
  }
}

/** A batch that was begun anew is sent anew. */
const nothingToMend = (): Promise<void> => Promise.resolve();

/** A batch, and the flags of it. */
interface Chosen {
  readonly batch: Omit<Batch, 'parent'>;
  readonly flags: readonly QueuedFlag[];
  /** Where it was sent before, and nobody knows what became of it: the commit that it was to follow. */
  readonly parent: string | undefined;
}

class Sending {
  /** Fewer where the Hub finds a commit too large. */
  private most = Infinity;

  constructor(
    private readonly queue: FlagQueue,
    private readonly options: SendOptions,
  ) {}

  async run(): Promise<number> {
    let conflict: unknown;
    for (let tries = 0; tries < mostConflicts; tries++) {
      this.options.signal?.throwIfAborted();
      const chosen = await this.choose();
      if (!chosen) return 0;
      try {
        const sent = await this.send(chosen);
        if (sent > 0) return sent;
      } catch (error) {
        if (hubFailureOf(error) !== 'conflict') throw error;
        conflict = error;
        await wait(100 * 2 ** tries * Math.random());
      }
    }
    throw new HubError(
      'conflict',
      `${this.queue.repo} changed at each of ${mostConflicts} tries to add flags.`,
      'Where nobody else writes there, the token may have no right to.',
      '',
      {},
      { cause: conflict },
    );
  }

  /** The batch of which nobody knows whether it was sent, else the first flags that go together. */
  private async choose(): Promise<Chosen | undefined> {
    const { waiting, open } = await this.queue.read();
    if (open) {
      const flags = waiting.filter(({ id }) => open.flags.includes(id));
      if (flags.length > 0) return { batch: open, flags, parent: open.parent };
    }
    const [first] = waiting;
    if (!first) return undefined;
    const layout = layouts[first.target.layout];
    const flags = [first];
    for (const flag of waiting.slice(1, this.most)) {
      if (!isDeepStrictEqual(flag.target, first.target) || !layout.fits(flag, flags)) break;
      flags.push(flag);
    }
    const batch = { id: randomUUID(), time: new Date().toISOString(), flags: flags.map(({ id }) => id) };
    return { batch, flags, parent: undefined };
  }

  /** @returns 0 when there is another batch to be sent instead */
  private async send({ batch, flags, parent }: Chosen): Promise<number> {
    const { queue, options } = this;
    const [first] = flags;
    if (!first) return 0;
    const { target } = first;
    const client = await options.connect(target);
    const commit = await headOf(client, target, options);
    const made = parent === undefined ? undefined : await this.made(client, batch.id, parent);
    if (made !== undefined) {
      await queue.finish({ ...batch, parent: made }, made);
      return flags.length;
    }
    const remote = { client, target, commit, options };
    const sent = await this.commit({ batch, flags, parent }, layouts[target.layout], remote);
    if (sent !== undefined) await queue.finish({ ...batch, parent: commit }, sent);
    return sent === undefined ? 0 : flags.length;
  }

  /** @returns the commit; undefined when there is another batch to be sent instead */
  private async commit(
    { batch, flags, parent }: Chosen,
    layout: FlagLayout,
    remote: SaverRemote,
  ): Promise<string | undefined> {
    const { queue, options } = this;
    const folder = join(queue.folder, 'batch');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    try {
      const { title, operations } = await layout.commit({ ...batch, flags, folder }, remote);
      options.signal?.throwIfAborted();
      const noted = { ...batch, parent: remote.commit };
      if (!(await queue.send(noted))) return undefined;
      try {
        const request = { repo: queue.repo, branch: 'main', parentCommit: remote.commit, title, operations };
        return (await remote.client.commit({ ...request, description: markOf(batch.id) }, options)).oid;
      } catch (error) {
        // Of a batch that was sent before, that commit may still come.
        if (parent === undefined && isRefusal(error)) await queue.refuse(noted);
        if (hubFailureOf(error) !== 'tooLarge' || flags.length === 1 || parent !== undefined) throw error;
        this.most = Math.ceil(flags.length / 2);
        return undefined;
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The commit of a batch, among those since its parent. */
  private async made(client: HubClient, batch: string, parent: string): Promise<string | undefined> {
    const { queue, options } = this;
    for (const depth of depths) {
      const history = await client.commits(queue.repo, 'main', depth, options);
      const found = history.find(({ message }) => message.includes(markOf(batch)));
      if (found) return found.oid;
      if (history.length < depth || history.some(({ oid }) => oid === parent)) return undefined;
    }
    throw new ExpectedError(
      `${queue.repo} has so many new commits that nobody can tell whether ${parent.slice(0, 7)} was followed by one of ours.`,
      'Look whether the flags are there, and discard those that wait if so.',
    );
  }
}

/** The head of `main`; the repository is made where there is none. */
async function headOf(client: HubClient, { repo, visibility }: SaverTarget, options: HubOptions): Promise<string> {
  let found = await client.repository(repo, 'main', options);
  if (!found) {
    await client.createRepository(repo, visibility, options);
    found = await client.repository(repo, 'main', options);
  }
  if (!found) throw new HubError('missing', `${repo} is not there, and was not made.`, 'Make it on the Hub.');
  if (visibility === 'private' && found.visibility === 'public') {
    throw new ExpectedError(
      `${repo} is public, and these flags are private.`,
      'Make the repository private, or say "private": false in the definition of the demo.',
    );
  }
  return found.commit;
}

/** What a commit is recognised by. */
function markOf(batch: string): string {
  return `Flag & Review batch ${batch}`;
}

/** Whether the Hub said no, so that nothing was written. */
function isRefusal(error: unknown): boolean {
  const failure = hubFailureOf(error);
  return failure !== undefined && failure !== 'unreachable';
}
