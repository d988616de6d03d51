import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, stat, unlink, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode, ExpectedError, isNotFound, nothingThere } from '../errors';
import { isRecord, jsonOrUndefined } from '../json';

const lockName = '.flag-review.lock';

/** A holder that is alive touches its lock this often. Milliseconds. */
const heartbeat = 3_000;
/** Without a touch for so long the holder is taken for dead, whatever its process number says. Milliseconds. */
const staleAfter = 15_000;
const giveUpAfter = 30_000;
/** A holder writes its name right after it made the lock; one that did not is dead. Milliseconds. */
const namelessAfter = 1_000;

/** How often a directory is made anew. */
const mostEntries = 10;

/** What a lock gives its holder. */
export interface HeldLock {
  /** Writes down, before it is done, what has to be undone if this process dies now. One JSON-serialisable object. */
  note(intent: object): Promise<void>;
}

/** What the takeover of a dead holder's lock hands over. The notes come from a file that anybody may have written. */
export type Recover = (intents: readonly Record<string, unknown>[]) => Promise<void>;

/** Those of this process that wait for a directory, in their order; the file is for other processes. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs work while no other process of ours writes into the directory. The lock is a file there, made exclusively; it
 * names its holder and what the holder is about to do, so that whoever finds it orphaned can finish or take back that.
 *
 * @param directory made when it is absent
 * @param recover called under the lock with the notes of a holder that died
 * @throws ExpectedError naming the holder when it does not let go
 */
export function withLock<T>(directory: string, recover: Recover, work: (lock: HeldLock) => Promise<T>): Promise<T> {
  const before = queues.get(directory) ?? Promise.resolve();
  const turn = before.then(() => locked(directory, recover, work));
  const settled = turn.catch(() => undefined);
  queues.set(directory, settled);
  void settled.then(() => queues.get(directory) === settled && queues.delete(directory));
  return turn;
}

async function locked<T>(directory: string, recover: Recover, work: (lock: HeldLock) => Promise<T>): Promise<T> {
  const path = join(directory, lockName);
  const file = await enter(path, recover);
  const beat = setInterval(() => {
    const now = new Date();
    file.utimes(now, now).catch(() => undefined); // a directory that vanished is found by the work itself
  }, heartbeat);
  beat.unref();
  try {
    return await work({ note: (intent) => writeLine(file, intent) });
  } finally {
    clearInterval(beat);
    await release(path, file);
  }
}

/** Makes the directory, which its last holder may clear away until a lock is in it. */
async function enter(path: string, recover: Recover): Promise<FileHandle> {
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(dirname(path), { recursive: true });
      return await acquire(path, recover);
    } catch (error) {
      if (!isNotFound(error) || tries === mostEntries) throw error;
    }
  }
}

/** A holder that slept too long may find another one's lock in its place, and leaves it alone. */
async function release(path: string, file: FileHandle): Promise<void> {
  try {
    if (await isAt(path, file)) await removeIfThere(path);
  } finally {
    await file.close();
  }
}

async function isAt(path: string, file: FileHandle): Promise<boolean> {
  const there = await stat(path).catch(nothingThere);
  return there?.ino === (await file.stat()).ino;
}

async function acquire(path: string, recover: Recover): Promise<FileHandle> {
  const end = Date.now() + giveUpAfter;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    const file = await createExclusively(path);
    if (file && (await sign(path, file))) return file;
    const held = await readLock(path);
    if (held && isOrphaned(held) && (await takeOver(path, held.id, recover))) continue;
    if (Date.now() > end) {
      throw new ExpectedError(
        `${dirname(path)} is being written to by ${held?.holder ?? 'another process'}.`,
        `If that is not so, delete ${path}.`,
      );
    }
    await wait(pause * (0.5 + Math.random()));
  }
}

/**
 * Names the holder. A lock that cannot be signed, for want of room, is given up at once.
 *
 * @returns false when that took so long that another process cleared the nameless lock away
 */
async function sign(path: string, file: FileHandle): Promise<boolean> {
  try {
    await writeLine(file, { pid: process.pid, host: hostname(), id: randomUUID() });
    if (await isAt(path, file)) return true;
  } catch (error) {
    await release(path, file);
    throw error;
  }
  await file.close();
  return false;
}

/**
 * Only one process may clear an orphaned lock away, lest a slower one removes the lock of its successor. The right to
 * do so is a file named after that one lock; when who had the right died as well, the next number is free.
 *
 * @returns false when another process is doing it
 */
async function takeOver(path: string, id: string, recover: Recover): Promise<boolean> {
  const rights: string[] = [];
  for (let number = 1; ; number++) {
    const right = `${path}-${id}-${number}`;
    rights.push(right);
    const file = await createExclusively(right);
    if (file) {
      await file.close();
      break;
    }
    const touched = await stat(right).catch(nothingThere);
    if (!touched || Date.now() - touched.mtimeMs < staleAfter) return false;
  }
  try {
    const held = await readLock(path);
    if (held?.id !== id) return true;
    await recover(held.intents);
    await removeIfThere(path);
    return true;
  } finally {
    for (const right of rights) await removeIfThere(right);
  }
}

interface LockContent {
  /** For people. */
  readonly holder: string;
  /** Tells this lock from any other; fit for a file name. */
  readonly id: string;
  readonly host: unknown;
  readonly pid: unknown;
  readonly intents: readonly Record<string, unknown>[];
  /** Milliseconds since the last touch. */
  readonly age: number;
}

async function readLock(path: string): Promise<LockContent | undefined> {
  try {
    const [text, { mtimeMs, ino }] = [await readFile(path, 'utf8'), await stat(path)];
    const [owner = {}, ...intents] = wholeLines(text);
    const { pid, host, id } = owner;
    return {
      holder: `process ${String(pid)} on ${String(host)}`,
      id: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : `unnamed-${ino}-${Math.round(mtimeMs)}`,
      pid,
      host,
      intents,
      age: Date.now() - mtimeMs,
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** A line that was cut short by the holder's death announced nothing that was begun. */
function wholeLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => jsonOrUndefined(line))
    .filter(isRecord);
}

function isOrphaned({ host, pid, age }: LockContent): boolean {
  if (age > (pid === undefined ? namelessAfter : staleAfter)) return true;
  return host === hostname() && typeof pid === 'number' && pid !== process.pid && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

async function createExclusively(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw error;
  }
}

async function writeLine(file: FileHandle, line: object): Promise<void> {
  await file.writeFile(`${JSON.stringify(line)}\n`);
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch(nothingThere);
}
