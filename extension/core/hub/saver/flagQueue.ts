import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors';
import { appendLines, linesOf } from '../../flagging/lineFile';
import { withLock } from '../../flagging/lock';
import { dumpsPythonJson, parsePythonJson } from '../../flagging/format/pythonJson';
import { isList } from '../../flagging/format/pythonValue';
import { withOwnFiles } from '../../flagging/payloadFiles';
import { isRecord, jsonOrUndefined } from '../../json';
import type { RepositoryId } from '../repository';
import type { Batch, QueuedFlag } from './types';

/** Beside the flag log; git leaves it out. */
const hubFolder = '.hub';

/** What waits, and the batch of which nobody knows whether its commit was made. */
export interface QueueContent {
  /** In the order in which they were flagged, those of `open` included. */
  readonly waiting: readonly QueuedFlag[];
  readonly open: Batch | undefined;
}

/** A flag as it stands in the file: its payloads as text, so that no number changes. */
type FlagLine = Omit<QueuedFlag, 'sample'> & Omit<QueuedFlag['sample'], 'data'> & { readonly data: string };

type Line =
  | { readonly kind: 'flag'; readonly v: 1; readonly flag: FlagLine }
  /** Taken back before it was sent. */
  | { readonly kind: 'undone'; readonly id: string }
  /** Written before a commit is sent … */
  | { readonly kind: 'sending'; readonly batch: Batch }
  /** … when the Hub refused it, so that nothing was written … */
  | { readonly kind: 'refused'; readonly batch: string }
  /** … and when it was made. */
  | { readonly kind: 'sent'; readonly batch: string; readonly commit: string };

/**
 * Flags that wait for one repository: an append-only file beside the flag log, in the order of flagging, that all windows
 * and the terminal share. It holds no token.
 */
export class FlagQueue {
  readonly path: string;
  /** Files of the flags, a folder each; its lock is held by whoever sends. */
  readonly folder: string;
  private readonly parent: string;

  /** @param flaggingDir absolute */
  constructor(
    readonly flaggingDir: string,
    readonly repo: RepositoryId,
  ) {
    this.parent = join(flaggingDir, hubFolder);
    // Neither part of a repository's name holds `--`.
    this.folder = join(this.parent, repo.replace('/', '--'));
    this.path = `${this.folder}.jsonl`;
  }

  /** Settles when the flag is on the disk to stay. @returns its id */
  async add(flag: Omit<QueuedFlag, 'id' | 'files'>): Promise<string> {
    const id = randomUUID();
    const folder = this.folderOf(id);
    await mkdir(this.folder, { recursive: true });
    await this.hideFromGit();
    try {
      const { target, components, sample } = flag;
      const { value, files } = await withOwnFiles(sample.data, folder);
      const { option, username, timestamp } = sample;
      const data = dumpsPythonJson(value);
      const columns = components.map(({ kind, label }) => (label === undefined ? { kind } : { kind, label }));
      const line: FlagLine = { id, target, components: columns, data, option, username, timestamp, files };
      await this.locked(() => this.append({ kind: 'flag', v: 1, flag: line }));
      return id;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async read(): Promise<QueueContent> {
    const flags = new Map<string, QueuedFlag>();
    let open: Batch | undefined;
    for (const line of (await linesOf(this.path)).flatMap((text) => lineIn(text, this.repo))) {
      if (line.kind === 'flag') flags.set(line.flag.id, flagOf(line.flag));
      else if (line.kind === 'undone') flags.delete(line.id);
      else if (line.kind === 'sending') open = line.batch;
      else if (line.batch === open?.id) {
        if (line.kind === 'sent') for (const id of open.flags) flags.delete(id);
        open = undefined;
      }
    }
    return { waiting: [...flags.values()], open };
  }

  /** Takes a flag back. @returns false when it was sent, or is on its way */
  withdraw(id: string): Promise<boolean> {
    return this.locked(async () => {
      const { waiting, open } = await this.read();
      if (open?.flags.includes(id) || !waiting.some((flag) => flag.id === id)) return false;
      await this.append({ kind: 'undone', id });
      await this.clear([id]);
      return true;
    });
  }

  /**
   * Writes down that a commit is about to be sent.
   *
   * @returns false when one of its flags was taken back meanwhile
   */
  send(batch: Batch): Promise<boolean> {
    return this.locked(async () => {
      const waiting = new Set((await this.read()).waiting.map(({ id }) => id));
      if (!batch.flags.every((id) => waiting.has(id))) return false;
      await this.append({ kind: 'sending', batch });
      return true;
    });
  }

  /** The Hub refused the commit: nothing of it was written. */
  refuse({ id }: Batch): Promise<void> {
    return this.locked(() => this.append({ kind: 'refused', batch: id }));
  }

  /** The commit was made: its flags wait no more. */
  finish({ id, flags }: Batch, commit: string): Promise<void> {
    return this.locked(async () => {
      await this.append({ kind: 'sent', batch: id, commit });
      await this.clear(flags);
    });
  }

  /** Throws away what waits; the flags stay in the log. */
  discard(): Promise<void> {
    return this.locked(async () => {
      const { waiting } = await this.read();
      await rm(this.path, { force: true });
      await this.clear(waiting.map(({ id }) => id));
    });
  }

  /** Removes what belonged to flags, and the file once nothing waits in it. */
  private async clear(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rm(this.folderOf(id), { recursive: true, force: true });
    if ((await this.read()).waiting.length === 0) await rm(this.path, { force: true });
  }

  private folderOf(id: string): string {
    return join(this.folder, id);
  }

  private append(line: Line): Promise<void> {
    return appendLines(this.path, [JSON.stringify(line)], { durable: true });
  }

  private locked<T>(work: () => Promise<T>): Promise<T> {
    return withLock(this.parent, nothingToMend, work);
  }

  /** What waits is of this machine alone. */
  private async hideFromGit(): Promise<void> {
    await writeFile(join(this.parent, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
}

/** A line that its writer left torn is ended by the next one. */
const nothingToMend = (): Promise<void> => Promise.resolve();

function flagOf({ data, option, username, timestamp, ...flag }: FlagLine): QueuedFlag {
  const payloads = parsePythonJson(data) ?? [];
  return { ...flag, sample: { data: isList(payloads) ? payloads : [], option, username, timestamp } };
}

/**
 * Nothing of a line that was torn, or is none of ours. The file lies in a workspace, so anybody may have written it: what
 * a person agreed to send to one repository must not go to another.
 */
function lineIn(text: string, repo: RepositoryId): Line[] {
  const value = jsonOrUndefined(text);
  if (!isRecord(value)) return [];
  const { kind, flag, id, batch, v } = value;
  const isLine =
    (kind === 'flag' && v === 1 && isRecord(flag) && isFlagFor(flag, repo)) ||
    (kind === 'undone' && typeof id === 'string') ||
    (kind === 'sending' && isRecord(batch) && Array.isArray(batch.flags)) ||
    ((kind === 'sent' || kind === 'refused') && typeof batch === 'string');
  return isLine ? [value as Line] : [];
}

function isFlagFor({ id, data, target }: Record<string, unknown>, repo: RepositoryId): boolean {
  return typeof id === 'string' && typeof data === 'string' && isRecord(target) && target.repo === repo;
}
