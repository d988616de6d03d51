import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, nothingThere } from '../errors';
import { isSameVersion, versionOf, type FileVersion } from '../fileVersion';
import type { Log } from '../log';
import type { DatasetFile } from './datasetFile';
import { movedCandidates } from './candidateList';
import {
  candidateHashes,
  dataHash,
  readCandidates,
  writeCandidates,
  type SavedCandidates,
} from './engine/candidatesFile';
import type { Found, LabelChange } from './engine/types';
import { reviewFolder } from './folder';
import { locateRecords } from './ledger/locateRecords';
import { hashedColumns, hashOfRecord } from './recordHash';
import type { DecisionEntry } from './types';

/** An order that changes is written once it has been left alone for so long. Milliseconds. */
const settleTime = 1500;
/** Records that are read one by one before a pass through the file is faster. */
const mostRead = 500;

/** Candidates as they were found, by the records of the file now. */
export interface StoredCandidates {
  readonly found: Found;
  /** Whether some of them are no longer in the file. */
  readonly isIncomplete: boolean;
}

/** The candidates of a dataset on disk. */
export class CandidateStore {
  /** When they were found, in milliseconds. */
  since = 0;
  private time = '';
  private version: FileVersion | undefined;
  /** Of records, for the rows of the file that `data` is of. */
  private hashes = new Map<number, string>();
  private data: { readonly file: DatasetFile; readonly hash: string } | undefined;
  private waiting: NodeJS.Timeout | undefined;
  private latest: (() => Promise<void>) | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataset: string,
    private readonly log: Log,
  ) {}

  /** Whether another window has looked for label errors since these were read or written. */
  async isChanged(): Promise<boolean> {
    const version = await this.versionNow();
    return version !== undefined && !(this.version && isSameVersion(version, this.version));
  }

  /**
   * The candidates of the last search, of any window.
   *
   * @returns undefined when nothing was looked for, or the search is the one that is known
   * @throws ExpectedError when the files are not what they should be
   */
  async read(file: DatasetFile, knowsFile: boolean): Promise<StoredCandidates | undefined> {
    const version = await this.versionNow();
    const saved = version && (await readCandidates(this.dataset));
    this.version = version;
    if (!saved || (knowsFile && saved.time === this.time)) return undefined;
    this.time = saved.time;
    this.since = Date.parse(saved.time);
    const hash = await dataHash(this.dataset);
    this.data = { file, hash };
    const stored = hash === saved.data ? { ...saved, isIncomplete: false } : await located(file, saved);
    this.hashes = new Map(stored.hashes.map((own, at) => [stored.found.candidates.rows[at] ?? 0, own]));
    return stored;
  }

  /** Writes what a search found. */
  async save(found: Found, file: DatasetFile, labels: readonly LabelChange[]): Promise<void> {
    clearTimeout(this.waiting);
    this.latest = undefined;
    this.time = new Date().toISOString();
    this.since = Date.parse(this.time);
    this.hashes.clear();
    await this.write(found, file, labels);
  }

  /** Writes another order of it in a while. */
  saveSoon(found: Found, file: DatasetFile, labels: readonly LabelChange[]): void {
    clearTimeout(this.waiting);
    this.latest = () => this.write(found, file, labels);
    this.waiting = setTimeout(() => void this.flush(), settleTime).unref();
  }

  /** Settles when everything is written. An order that cannot be written is only told: it can be found anew. */
  async flush(): Promise<void> {
    clearTimeout(this.waiting);
    const { latest } = this;
    this.latest = undefined;
    await latest?.().catch((error: unknown) => this.log.warn(`The order was not written: ${messageOf(error)}`));
    await this.writing;
  }

  private async write(found: Found, file: DatasetFile, labels: readonly LabelChange[]): Promise<void> {
    const written = this.writing.then(async () => {
      const rows = [...found.candidates.rows];
      await this.hash(found, file);
      const hashes = rows.map((row) => this.hashes.get(row) ?? '');
      if (this.data?.file !== file) this.data = { file, hash: await dataHash(this.dataset) };
      await writeCandidates({ found, hashes, data: this.data.hash, labels, time: this.time });
      this.version = await this.versionNow();
    });
    this.writing = written.catch(() => undefined);
    await written;
  }

  /** Of few new candidates the records are read, for many the file is. */
  private async hash({ settings, candidates }: Found, file: DatasetFile): Promise<void> {
    const missing = candidates.rows.filter((row) => !this.hashes.has(row));
    if (missing.length > mostRead) {
      const hashes = await candidateHashes({ settings, candidates });
      for (const [at, row] of candidates.rows.entries()) this.hashes.set(row, hashes[at] ?? '');
      return;
    }
    const { columns } = file.table;
    const hashed = hashedColumns(columns, settings.text, settings.label);
    const positions = hashed.columns.map((name) => columns.indexOf(name));
    for (const [at, record] of (await file.records([...missing])).entries()) {
      const cells = positions.map((position) => record[position] ?? null);
      this.hashes.set(missing[at] ?? 0, hashOfRecord(hashed, cells));
    }
  }

  private async versionNow(): Promise<FileVersion | undefined> {
    const found = await stat(join(reviewFolder(this.dataset), 'candidates.json')).catch(nothingThere);
    return found && versionOf(found);
  }
}

/** The file has changed: candidates follow their records to where they stand now. */
async function located(file: DatasetFile, saved: SavedCandidates): Promise<StoredCandidates & SavedCandidates> {
  const { found, hashes, time } = saved;
  const { settings, candidates } = found;
  const keys = Array.from(candidates.rows, (row, at): DecisionEntry => {
    const signed = { v: 1, id: '', time, reviewer: '' } as const;
    const { text, label: column } = settings;
    return { ...signed, row, hash: hashes[at] ?? '', text, column, given: null, decision: 'skip' };
  });
  const rows = new Map((await locateRecords(file.table, keys)).located.map(({ entry, row }) => [entry, row]));
  const places = keys.flatMap((key, at) => {
    const row = rows.get(key);
    return row === undefined ? [] : [{ at, row }];
  });
  return {
    ...saved,
    found: { ...found, candidates: movedCandidates(candidates, places) },
    hashes: places.map(({ at }) => hashes[at] ?? ''),
    isIncomplete: places.length < keys.length,
  };
}
