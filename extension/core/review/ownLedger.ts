import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nothingThere } from '../errors';
import type { Log } from '../log';
import { reviewFolder } from './folder';
import { ledgerLine, type LedgerFileProblem } from './ledger/ledgerLines';
import { LedgerFile, readLedgers, type EntryDraft } from './ledger/ledgerFile';
import type { LedgerEntry } from './types';

/** The ledgers of a dataset as one reviewer uses them: reads all, adds to the own one. */
export class OwnLedger {
  /** What a person should look at in the ledgers, as they were read. */
  problems: readonly LedgerFileProblem[] = [];
  private file: LedgerFile;
  /** Bytes of each ledger that were read, or written by us; by name. */
  private sizes = new Map<string, number>();

  constructor(
    private readonly dataset: string,
    private readonly reviewer: string,
    private readonly log: Log,
  ) {
    this.file = new LedgerFile(dataset, reviewer);
  }

  /** What all ledgers say. */
  async read(): Promise<readonly LedgerEntry[]> {
    // What is added while they are read makes the next look find a change.
    this.sizes = await ledgerSizes(this.dataset);
    const { entries, problems } = await readLedgers(this.dataset);
    this.problems = problems;
    for (const { path, message } of problems) this.log.warn(`${path}: ${message}`);
    this.file = new LedgerFile(this.dataset, this.reviewer, entries);
    return entries;
  }

  /** Whether somebody else has changed a ledger since they were read. */
  async isChanged(): Promise<boolean> {
    const sizes = await ledgerSizes(this.dataset);
    return sizes.size !== this.sizes.size || [...sizes].some(([name, size]) => this.sizes.get(name) !== size);
  }

  /** Signs and appends lines; they are on disk when it settles. */
  async append(drafts: readonly EntryDraft[]): Promise<readonly LedgerEntry[]> {
    const entries = await this.file.append(drafts);
    const name = basename(this.file.path);
    const added = entries.reduce((sum, entry) => sum + Buffer.byteLength(ledgerLine(entry)) + 1, 0);
    this.sizes.set(name, (this.sizes.get(name) ?? 0) + added);
    return entries;
  }
}

async function ledgerSizes(dataset: string): Promise<Map<string, number>> {
  const folder = reviewFolder(dataset);
  const names = (await readdir(folder).catch(nothingThere)) ?? [];
  const ledgers = names.filter((name) => name.endsWith('.jsonl'));
  const sizeOf = async (name: string): Promise<number> =>
    (await stat(join(folder, name)).catch(nothingThere))?.size ?? 0;
  return new Map(await Promise.all(ledgers.map(async (name) => [name, await sizeOf(name)] as const)));
}
