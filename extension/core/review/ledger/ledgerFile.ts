import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { diskFailure } from '../../diskFailure';
import { errorCode, ExpectedError, nothingThere } from '../../errors';
import { appendLines } from '../../flagging/lineFile';
import { withLock } from '../../flagging/lock';
import { reviewFolder } from '../folder';
import type { DecisionEntry, LedgerEntry, UndoEntry } from '../types';
import { ledgerLine, parseLedger, type LedgerFileProblem } from './ledgerLines';
import { ledgerName } from './reviewer';

/** Larger ones would not fit into memory with all else: about 800,000 decisions. Bytes. */
const largest = 256 * 2 ** 20;

/** What a reviewer adds to a ledger; the ledger signs it. */
export type EntryDraft = DecisionDraft | Omit<UndoEntry, SignedKey>;
/** A decision before its ledger signs it. */
export type DecisionDraft = Omit<DecisionEntry, SignedKey>;
type SignedKey = 'v' | 'id' | 'time' | 'reviewer';

export interface Ledgers {
  /** Of all reviewers, ledger by ledger; lines that are in two ledgers, once. */
  readonly entries: readonly LedgerEntry[];
  readonly problems: readonly LedgerFileProblem[];
}

/**
 * Reads the ledgers of a dataset. Changes nothing.
 *
 * @param dataset absolute path
 * @throws ExpectedError when one cannot be read, or links lead it out of the folder of the dataset
 */
export async function readLedgers(dataset: string): Promise<Ledgers> {
  const folder = reviewFolder(dataset);
  await checkFolder(folder, dataset);
  const names = await readdir(folder).catch(nothingThere);
  const paths = (names ?? []).filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name));
  const entries = new Map<string, LedgerEntry>();
  const problems: LedgerFileProblem[] = [];
  for (const path of paths.sort()) {
    const parsed = parseLedger(await textOf(path));
    for (const entry of parsed.entries) if (!entries.has(entry.id)) entries.set(entry.id, entry);
    problems.push(...parsed.problems.map((problem) => ({ ...problem, path })));
  }
  return { entries: [...entries.values()], problems };
}

async function textOf(path: string): Promise<string> {
  const found = await lstat(path);
  const { size } = found;
  const why = !found.isFile()
    ? 'it is not a plain file'
    : size > largest
      ? `it has ${Math.round(size / 2 ** 20)} MB, and ${largest / 2 ** 20} can be read`
      : undefined;
  if (why !== undefined) throw new ExpectedError(`The ledger ${path} cannot be read: ${why}.`, 'Move it away.');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw diskError(`The ledger ${path} cannot be read`, 'Mend that, then open the review again.', error);
  }
}

/**
 * The ledger of one reviewer, which this window and others append to. What was appended is on disk for good, and nothing
 * that stands in the file is ever changed.
 */
export class LedgerFile {
  readonly path: string;
  private readonly folder: string;
  /** Milliseconds; a clock that was set back must not put new lines before old ones. */
  private latest: number;

  /**
   * @param dataset absolute path
   * @param known what the ledger says so far
   */
  constructor(
    private readonly dataset: string,
    private readonly reviewer: string,
    known: readonly LedgerEntry[] = [],
  ) {
    this.folder = reviewFolder(dataset);
    this.path = join(this.folder, ledgerName(reviewer));
    this.latest = known.reduce((latest, entry) => {
      return entry.reviewer === reviewer ? Math.max(latest, Date.parse(entry.time)) : latest;
    }, 0);
  }

  /**
   * Signs and appends lines by one write. Settles when they are on disk.
   *
   * @returns the lines as they stand in the ledger
   * @throws ExpectedError when they could not be written: none of them is there then
   */
  async append(drafts: readonly EntryDraft[]): Promise<LedgerEntry[]> {
    if (drafts.length === 0) return [];
    this.latest = Math.max(this.latest, Date.now());
    const time = new Date(this.latest).toISOString();
    const entries = drafts.map((draft): LedgerEntry => {
      return { v: 1, id: randomUUID(), time, reviewer: this.reviewer, ...draft };
    });
    try {
      await checkFolder(this.folder, this.dataset);
      await prepare(this.path);
      await withLock(this.folder, nothingToMend, () =>
        appendLines(this.path, entries.map(ledgerLine), { durable: true }),
      );
    } catch (error) {
      throw diskError(`Nothing could be added to the ledger ${this.path}`, 'Mend that, then decide again.', error);
    }
    return entries;
  }
}

/** A line that its writer left torn is ended by the next one, and was never confirmed. */
const nothingToMend = (): Promise<void> => Promise.resolve();

/** Git joins what one reviewer decided on two machines by keeping the lines of both. */
const gitAttributes = '*.jsonl merge=union\n*.ndjson merge=union\n';

/** Makes what the first decision of a reviewer needs. */
async function prepare(ledger: string): Promise<void> {
  const folder = dirname(ledger);
  const isFirst = (await lstat(ledger).catch(nothingThere)) === undefined;
  if (!isFirst) return;
  await mkdir(dirname(folder)).catch(alreadyThere);
  await mkdir(folder).catch(alreadyThere);
  await writeFile(join(dirname(folder), '.gitattributes'), gitAttributes, { flag: 'wx' }).catch(alreadyThere);
}

function alreadyThere(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

/**
 * A repository can bring links; decisions must not follow them to files elsewhere.
 *
 * @throws ExpectedError when the folder is not below that of the dataset, or there is none
 */
export async function checkFolder(folder: string, dataset: string): Promise<void> {
  const home = await realpath(dirname(dataset)).catch(nothingThere);
  if (home === undefined) throw new ExpectedError(`There is no file ${dataset}.`, 'Check its path.');
  for (const each of [dirname(folder), folder]) {
    const place = await realpath(each).catch(nothingThere);
    const below = place === undefined ? 'new' : relative(home, place);
    if (below !== '' && below.split(/[\\/]/)[0] !== '..' && !isAbsolute(below)) continue;
    throw new ExpectedError(`${each} is a link that leads elsewhere, so no ledger is kept there.`, 'Remove the link.');
  }
}

function diskError(what: string, next: string, error: unknown): unknown {
  const why = diskFailure(error);
  return why === undefined ? error : new ExpectedError(`${what}: ${why}.`, next, '', { cause: error });
}
