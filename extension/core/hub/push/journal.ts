import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLines, linesOf } from '../../flagging/lineFile';
import { isRecord, jsonOrUndefined } from '../../json';
import { replaceFile } from '../../replaceFile';
import type { CommitResult } from '../client/types';
import type { PushPlan } from '../plan/types';
import { inOrder } from './batches';

const fileName = 'push.jsonl';

/** A commit as it is written down before it is sent. */
export interface SentCommit {
  readonly parent: string;
  readonly title: string;
  /** How many files it has, of those of the plan that are left. */
  readonly files: number;
}

/** A push that did not come to its end. */
export interface InterruptedPush {
  readonly plan: PushPlan;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Commits that are known to be made. */
  readonly commits: number;
  /** Files that these hold, and all that the push has. */
  readonly done: number;
  readonly files: number;
}

type Line =
  | { readonly kind: 'plan'; readonly v: 1; readonly id: string; readonly time: string; readonly plan: PushPlan }
  | { readonly kind: 'sent'; readonly commit: SentCommit }
  | { readonly kind: 'made'; readonly files: number; readonly result: CommitResult };

/**
 * What is known of a push, on disk: what it is to do, what was sent last, and the commits that were made. Each step is
 * written before the next one is taken, so that a push whose process died can go on. It holds no token.
 */
export class PushJournal {
  readonly made: CommitResult[] = [];
  /** Files of the commits that were made. */
  done = 0;
  /** Was sent, and nothing is known of what became of it. */
  open: SentCommit | undefined;

  private constructor(
    private readonly path: string,
    readonly plan: PushPlan,
    readonly id: string,
    readonly started: string,
  ) {}

  /** Begins that of a push, in the place of any older one. @param folder made when it is absent */
  static async begin(folder: string, plan: PushPlan): Promise<PushJournal> {
    const journal = new PushJournal(join(folder, fileName), plan, randomUUID(), new Date().toISOString());
    await mkdir(folder, { recursive: true });
    const line: Line = { kind: 'plan', v: 1, id: journal.id, time: journal.started, plan };
    await replaceFile(journal.path, `${JSON.stringify(line)}\n`);
    return journal;
  }

  /** @returns undefined when no push was interrupted, or it is one of another version */
  static async read(folder: string): Promise<PushJournal | undefined> {
    const path = join(folder, fileName);
    const [first, ...others] = (await linesOf(path)).flatMap(lineIn);
    if (first?.kind !== 'plan') return undefined;
    const journal = new PushJournal(path, first.plan, first.id, first.time);
    for (const line of others) journal.take(line);
    return journal;
  }

  /** Where the push stands in its chain of commits; undefined before the first. */
  get head(): string | undefined {
    return this.made.at(-1)?.oid;
  }

  get pullRequestUrl(): string | undefined {
    return this.made.find(({ pullRequestUrl }) => pullRequestUrl !== undefined)?.pullRequestUrl;
  }

  async send(commit: SentCommit): Promise<void> {
    await this.write({ kind: 'sent', commit });
  }

  async make(files: number, result: CommitResult): Promise<void> {
    await this.write({ kind: 'made', files, result });
  }

  /** The push has come to its end, or is thrown away. */
  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  private async write(line: Line): Promise<void> {
    await appendLines(this.path, [JSON.stringify(line)], { durable: true });
    this.take(line);
  }

  private take(line: Line): void {
    if (line.kind === 'sent') this.open = line.commit;
    if (line.kind !== 'made') return;
    this.open = undefined;
    this.made.push(line.result);
    this.done += line.files;
  }
}

/** The push that was interrupted in this folder, if there is one. */
export async function interruptedPush(folder: string): Promise<InterruptedPush | undefined> {
  const journal = await PushJournal.read(folder);
  if (!journal) return undefined;
  const { plan, started, made, done } = journal;
  return { plan, started, commits: made.length, done, files: inOrder(plan.files).length };
}

/** Throws an interrupted push away; commits that were made stay. */
export async function discardPush(folder: string): Promise<void> {
  await (await PushJournal.read(folder))?.remove();
}

/** Nothing of a line that was torn, or is none of ours. */
function lineIn(text: string): Line[] {
  const value = jsonOrUndefined(text);
  if (!isRecord(value)) return [];
  const { kind, v, plan, commit, files, result } = value;
  const isLine =
    (kind === 'plan' && v === 1 && isRecord(plan) && Array.isArray(plan.files)) ||
    (kind === 'sent' && isRecord(commit)) ||
    (kind === 'made' && Number.isInteger(files) && isRecord(result) && typeof result.oid === 'string');
  return isLine ? [value as Line] : [];
}
