import { setTimeout as wait } from 'node:timers/promises';
import { ExpectedError } from '../../errors';
import type { CommitOperation, CommitRequest, CommitResult, HubClient, HubOptions } from '../client/types';
import { HubError, hubFailureOf, isPassing } from '../hubError';
import { loadDatasetCode } from '../plan/loadCode';
import { isUpToDate, type PlannedFile, type PushPlan } from '../plan/types';
import { batchesOf, bytesOf, halved, inOrder } from './batches';
import { withCard } from './card';
import { checkFiles, StaleFileError } from './checkFiles';
import { conflictError, refusedError } from './conflict';
import { PushJournal } from './journal';
import { PushMeter } from './meter';
import type { PushProgress, PushRecord } from './types';

export interface PushOptions {
  /** README.md as a person edited it; undefined for that of the plan. */
  readonly card?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PushProgress) => void;
  /** The folder in which the push is found again when it was interrupted. */
  readonly journal: string;
}

/** How often a commit is sent that is refused although the branch stands where it should. */
const mostAttempts = 5;
/** Before the second attempt; twice as long before each further one. Milliseconds. */
const firstPause = 100;

/**
 * Carries a plan out: makes the repository and the branch where the plan says so, and commits in batches, each on top of
 * the one before. Cancelled or failed, it stops between commits and can be resumed; a commit that was sent already counts.
 *
 * @throws HubError `conflict` when the branch moved since the plan was made; ExpectedError when a file has changed; the
 *   reason of the signal
 */
export async function runPush(plan: PushPlan, client: HubClient, options: PushOptions): Promise<PushRecord> {
  options.signal?.throwIfAborted();
  const edited = await withCard(plan, client, options);
  if (isUpToDate(edited)) throw new ExpectedError(`${plan.repo} has all of this already.`, 'There is nothing to push.');
  return new PushRun(await PushJournal.begin(options.journal, edited), client, options).run();
}

/**
 * Goes on with the push that was interrupted in the folder. Commits that were made stay, and what the Hub stored of the
 * one that was under way is not sent again.
 *
 * @throws what `runPush` throws, and ExpectedError when there is none
 */
export async function resumePush(client: HubClient, options: Omit<PushOptions, 'card'>): Promise<PushRecord> {
  options.signal?.throwIfAborted();
  const journal = await PushJournal.read(options.journal);
  if (!journal) throw new ExpectedError('There is no push that was interrupted.', 'Push again.');
  return new PushRun(journal, client, options).run();
}

class PushRun {
  private readonly plan: PushPlan;
  private readonly meter: PushMeter;
  private readonly hubOptions: HubOptions;

  constructor(
    private readonly journal: PushJournal,
    private readonly client: HubClient,
    private readonly options: Omit<PushOptions, 'card'>,
  ) {
    this.plan = journal.plan;
    const files = inOrder(this.plan.files);
    const made = { commits: journal.made.length, bytes: bytesOf(files.slice(0, journal.done)) };
    this.meter = new PushMeter(bytesOf(files), made, options.onProgress ?? (() => undefined));
    this.hubOptions = {
      ...(options.signal && { signal: options.signal }),
      onBytes: (bytes) => this.meter.add(bytes),
      onWait: (message) => this.meter.wait(message),
    };
  }

  async run(): Promise<PushRecord> {
    if (this.client.endpoint !== this.plan.endpoint) {
      const next = 'Plan the push again.';
      throw new ExpectedError(`The push was planned for ${this.plan.endpoint}, not ${this.client.endpoint}.`, next);
    }
    try {
      await this.commitAll(await this.begin());
    } catch (error) {
      if (!this.canGoOn(error)) await this.journal.remove();
      throw error;
    }
    await this.journal.remove();
    return this.record();
  }

  /** Whether the same plan is any good after a failure; where nothing was made yet, a new one is as good. */
  private canGoOn(error: unknown): boolean {
    if (error instanceof StaleFileError || hubFailureOf(error) === 'conflict') return false;
    return isPassing(error) || this.options.signal?.aborted === true || this.journal.done > 0;
  }

  /** @returns the commit that the next one follows */
  private async begin(): Promise<string> {
    const { plan, journal, client } = this;
    await this.recognise();
    if (journal.head !== undefined) return journal.head;
    if (plan.creates) return this.create();
    if (plan.parentCommit === undefined) throw new TypeError(`The plan for ${plan.repo} names no commit to follow.`);
    if (plan.createsBranch && !plan.pullRequest)
      await client.createBranch(plan.repo, plan.branch, plan.parentCommit, this.hubOptions);
    return plan.parentCommit;
  }

  /** Finds out whether the commit was made that was sent when the process ended. */
  private async recognise(): Promise<void> {
    const { journal, plan, client, hubOptions } = this;
    const { open } = journal;
    if (!open) return;
    const opens = plan.pullRequest && journal.pullRequestUrl === undefined;
    for (const ref of opens ? await client.pullRequests(plan.repo, hubOptions) : [this.branch]) {
      const [last, before] = await client.commits(plan.repo, ref, 2, hubOptions);
      if (last?.title !== open.title || before?.oid !== open.parent) continue;
      const page = `${client.endpoint}/datasets/${plan.repo}`;
      const pullRequestUrl = opens ? `${page}/discussions/${ref.split('/').at(-1) ?? ''}` : undefined;
      return journal.make(open.files, { oid: last.oid, url: `${page}/commit/${last.oid}`, pullRequestUrl });
    }
  }

  private async create(): Promise<string> {
    const { plan, client, hubOptions } = this;
    const { repo, visibility, branch } = plan;
    this.meter.create();
    const isNew = await client.createRepository(repo, visibility, hubOptions);
    const made = await client.repository(repo, 'main', hubOptions);
    // One that is as good as new is what this push made before it was interrupted.
    const isAsPlanned =
      made?.visibility === visibility && (isNew || (await client.commits(repo, 'main', 2, hubOptions)).length === 1);
    if (!made) {
      const next = 'Check whether your token may see it, and push again.';
      throw new HubError('missing', `The Hub says that it made ${repo}, and does not show it.`, next);
    }
    if (!isAsPlanned)
      throw new HubError('conflict', `${repo} was made by someone else meanwhile.`, 'Plan the push again.');
    if (branch !== 'main' && !plan.pullRequest) await client.createBranch(repo, branch, made.commit, hubOptions);
    return made.commit;
  }

  private async commitAll(start: string): Promise<void> {
    let parent = start;
    let queue = batchesOf(inOrder(this.plan.files).slice(this.journal.done));
    while (queue.length > 0) {
      const [batch = [], ...rest] = queue;
      this.options.signal?.throwIfAborted();
      this.meter.begin(bytesOf(batch), queue.length);
      try {
        parent = await this.commit(batch, parent, queue.length);
        queue = rest;
      } catch (error) {
        if (hubFailureOf(error) !== 'tooLarge') throw error;
        if (batch.length === 1) throw tooLargeError(batch, error);
        queue = halved(queue);
      }
    }
  }

  /** @returns the commit that was made */
  private async commit(files: readonly PlannedFile[], parent: string, left: number): Promise<string> {
    const { plan, journal, meter } = this;
    await checkFiles(
      files.flatMap(({ staged }) => staged ?? []),
      this.options.signal,
    );
    const [number, all] = [journal.made.length + 1, journal.made.length + left];
    const title = all === 1 ? plan.title : `${plan.title} (${number} of ${all})`;
    await journal.send({ parent, title, files: files.length });
    const result = await this.insist({
      repo: plan.repo,
      branch: this.branch,
      parentCommit: parent,
      title,
      pullRequest: plan.pullRequest && number === 1,
      operations: files.map((file) => operationOf(file, plan.card)),
    });
    await journal.make(files.length, result);
    meter.settle();
    return result.oid;
  }

  private async insist(request: CommitRequest): Promise<CommitResult> {
    const { client, plan, hubOptions, options, journal } = this;
    const { repo, branch, parentCommit: from } = request;
    for (let attempt = 1, pause = firstPause; ; attempt++, pause *= 2) {
      try {
        return await client.commit(request, hubOptions);
      } catch (error) {
        if (hubFailureOf(error) !== 'conflict') throw error;
      }
      const to = (await client.repository(repo, branch, hubOptions))?.commit ?? from;
      if (to !== from)
        throw await conflictError(client, plan, { branch, from, to, made: journal.made.length }, hubOptions);
      if (attempt === mostAttempts) throw refusedError(plan, branch);
      await wait(pause);
      options.signal?.throwIfAborted();
    }
  }

  /** What commits are made on: of a pull request the first one opens it, and the others follow on its own branch. */
  private get branch(): string {
    const { pullRequestUrl } = this.journal;
    return pullRequestUrl === undefined ? this.plan.branch : pullRequestBranch(pullRequestUrl);
  }

  private record(): PushRecord {
    const { plan, journal, branch } = this;
    const last = journal.made.at(-1);
    if (!last) throw new TypeError(`The push to ${plan.repo} made no commit.`);
    return {
      id: journal.id,
      time: new Date().toISOString(),
      endpoint: plan.endpoint,
      repo: plan.repo,
      visibility: plan.visibility,
      branch,
      commit: last.oid,
      commitUrl: last.url,
      pullRequestUrl: journal.pullRequestUrl,
      rows: plan.rows,
      changed: inOrder(plan.files).length,
      loadCode: loadDatasetCode({ ...plan, branch }),
      request: plan.request,
    };
  }
}

/** @param url such as `https://huggingface.co/datasets/ada/sms/discussions/3` */
function pullRequestBranch(url: string): string {
  const number = /\/discussions\/(\d+)$/.exec(url)?.[1];
  if (number === undefined) throw new HubError('refused', `The Hub named no pull request: ${url}.`, 'Push again.');
  return `refs/pr/${number}`;
}

function tooLargeError([file]: readonly PlannedFile[], cause: unknown): HubError {
  const next = 'Leave it out, or push as Parquet.';
  return new HubError('tooLarge', `${file?.path ?? ''} is more than the Hub takes at once.`, next, '', {}, { cause });
}

function operationOf({ path, change, staged }: PlannedFile, card: string): CommitOperation {
  if (change === 'delete') return { kind: 'delete', path };
  if (staged) return { kind: 'put', path, content: { file: staged.file, size: staged.size } };
  return { kind: 'put', path, content: { bytes: Buffer.from(card) } };
}
