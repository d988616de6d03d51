import { mkdir, open, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from '../../dataset/lines';
import { nothingThere } from '../../errors';
import { isRecord, jsonOrUndefined } from '../../json';
import { reviewFolder } from '../folder';
import { checkFolder } from '../ledger/ledgerFile';
import { syncFolder } from './beside';
import type { ByteEdit, BytePatch, Fill } from './types';

/** A file at one point of time. */
export interface FileDigest {
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** How an apply is taken back. */
export interface UndoRecord {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly changes: number;
  readonly discards: number;
  readonly before: FileDigest;
  readonly after: FileDigest;
  /** Belongs to the file after the apply; its fill is taken out. */
  readonly patch: BytePatch;
}

const named = /^apply-(\d+)\.undo$/;

/**
 * Where undo records of a dataset lie. They are of use only as long as the file is byte for byte what the apply made, so git
 * ignores them.
 */
export function undoFolder(dataset: string): string {
  return join(reviewFolder(dataset), 'undo');
}

/** Makes the folder when it is not there. */
export async function makeUndoFolder(dataset: string): Promise<string> {
  const folder = undoFolder(dataset);
  await checkFolder(reviewFolder(dataset), dataset);
  await checkFolder(folder, dataset);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.gitignore'), '*\n');
  return folder;
}

/** Writes an undo record while the dataset is rewritten; it counts once it is finished. */
export class UndoWriter {
  private readonly lines: string[] = [];

  private constructor(
    private readonly file: FileHandle,
    private readonly folder: string,
    private readonly path: string,
  ) {}

  static async create(folder: string): Promise<UndoWriter> {
    const numbers = (await namesIn(folder)).map(numberOf);
    const path = join(folder, `apply-${Math.max(0, ...numbers) + 1}.undo`);
    return new UndoWriter(await open(temporary(path), 'w'), folder, path);
  }

  /** @param length bytes at `offset` of the new file that take the place of `replaced` */
  add(offset: number, length: number, replaced: Buffer): void {
    this.lines.push(`${JSON.stringify([offset, length, replaced.toString('base64')])}\n`);
  }

  /** Writes what was added. */
  async flush(): Promise<void> {
    const lines = this.lines.splice(0);
    if (lines.length > 0) await this.file.writeFile(lines.join(''));
  }

  async finish(summary: Omit<UndoRecord, 'patch'>, fill: Fill | null): Promise<void> {
    await this.flush();
    await this.file.writeFile(`${JSON.stringify({ v: 1, ...summary, fill })}\n`);
    await this.file.sync();
    await rename(temporary(this.path), this.path);
    await syncFolder(this.folder);
  }

  /** Also removes what was not finished. */
  async close(): Promise<void> {
    await this.file.close();
    await rm(temporary(this.path), { force: true });
  }
}

/** Undo records of a dataset, the newest first. */
export async function undoFiles(dataset: string): Promise<string[]> {
  const folder = undoFolder(dataset);
  const names = await namesIn(folder);
  return names.sort((a, b) => numberOf(b) - numberOf(a)).map((name) => join(folder, name));
}

/** @returns undefined for a file that is no complete record */
export async function readUndo(path: string): Promise<UndoRecord | undefined> {
  const edits: ByteEdit[] = [];
  for await (const line of linesOf(path)) {
    const value = jsonOrUndefined(line);
    if (Array.isArray(value)) {
      const [offset, length, bytes] = value as [number, number, string];
      edits.push({ offset, length, bytes: Buffer.from(bytes, 'base64') });
    } else if (isRecord(value) && value.v === 1) {
      const { fill, ...summary } = value as unknown as UndoSummary;
      return { ...summary, patch: { edits, fill } };
    } else return undefined;
  }
  return undefined;
}

/**
 * Removes the records of a dataset that cannot be used any more, because the file went on without them, and what a dead
 * process left unfinished. Under the lock.
 */
export async function forgetOthers(dataset: string, sha256: string): Promise<void> {
  const folder = undoFolder(dataset);
  const unfinished = (await readdir(folder)).filter((name) => name.endsWith(temporary('.undo')));
  await Promise.all(unfinished.map((name) => rm(join(folder, name))));
  let current = sha256;
  for (const path of await undoFiles(dataset)) {
    const record = await readUndo(path);
    if (record?.after.sha256 === current) current = record.before.sha256;
    else await rm(path);
  }
}

type UndoSummary = Omit<UndoRecord, 'patch'> & { readonly fill: Fill | null };

async function namesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(nothingThere)) ?? [];
  return names.filter((name) => named.test(name));
}

function numberOf(name: string): number {
  return Number(named.exec(name)?.[1] ?? 0);
}

function temporary(path: string): string {
  return `${path}.tmp`;
}
