import { join } from 'node:path';
import { isRecord, jsonOrUndefined } from '../../json';
import { silentLog, type Log } from '../../log';
import { appendLines, linesOf } from '../lineFile';
import { withLock } from '../lock';
import { identity, type NotedRow } from '../notes';
import { recovery } from '../recovery';

export const marksName = 'marks.jsonl';

/** What tells a row of a log from all others: its log, its `timestamp` cell, and its text with its line end. */
export type RowIdentity = NotedRow;

/** What a person did with a sample after it was flagged. */
export interface Mark {
  readonly reviewed: boolean;
  /** The datasets it was added to, as they were named then. */
  readonly promoted: readonly string[];
}

/** The mark of a row that has none. */
export const unmarked: Mark = { reviewed: false, promoted: [] };

/** A line of `marks.jsonl`. The last one about a row counts. */
export interface MarkLine extends ReturnType<typeof identity> {
  readonly mark: 'reviewed' | 'unreviewed' | 'promoted' | 'unpromoted';
  readonly dataset?: string;
  /** When it was marked, ISO 8601. */
  readonly time: string;
}

/** A row as marks are found for it. */
export interface MarkedRow {
  readonly timestamp: string | null;
  /** SHA-256 of the row's text, line end included; hexadecimal. */
  readonly hash: string;
}

/** The marks of a flagging directory, as they are now. */
export class Marks {
  private readonly byHash = new Map<string, Mark>();
  private readonly hashesOfTime = new Map<string, Set<string>>();

  constructor(lines: readonly MarkLine[]) {
    for (const line of lines) this.take(line);
  }

  /** Whether anything is marked in a log. */
  has(log: string): boolean {
    return [...this.byHash.keys()].some((key) => key.startsWith(`${log}/`));
  }

  /** The mark of a row whose text is still the one that was marked. */
  of(row: RowIdentity): Mark {
    const { log, row: hash } = identity(row);
    return this.byHash.get(`${log}/${hash}`) ?? unmarked;
  }

  /**
   * The mark of each row of a log, where it has one. A row that was edited since it was marked is known by its time
   * when no other row has that time, as with notes.
   *
   * @param log the file name
   */
  match(log: string, rows: readonly MarkedRow[]): ReadonlyMap<number, Mark> {
    const found = new Map<number, Mark>();
    const byTime = new Map<string, number>();
    const ambiguous = new Set<string>();
    for (const [index, { timestamp, hash }] of rows.entries()) {
      const mark = this.byHash.get(`${log}/${hash}`);
      if (mark) found.set(index, mark);
      if (timestamp === null) continue;
      if (byTime.has(timestamp)) ambiguous.add(timestamp);
      byTime.set(timestamp, index);
    }
    for (const [key, hashes] of this.hashesOfTime) {
      const timestamp = key.startsWith(`${log}/`) ? key.slice(log.length + 1) : '';
      const index = byTime.get(timestamp);
      const [hash] = hashes;
      if (index === undefined || hash === undefined || hashes.size > 1) continue;
      if (ambiguous.has(timestamp) || found.has(index)) continue;
      found.set(index, this.byHash.get(`${log}/${hash}`) ?? unmarked);
    }
    return found;
  }

  private take({ log, timestamp, row, mark, dataset = '' }: MarkLine): void {
    const key = `${log}/${row}`;
    const before = this.byHash.get(key) ?? unmarked;
    const others = before.promoted.filter((name) => name !== dataset);
    const after: Record<MarkLine['mark'], Mark> = {
      reviewed: { ...before, reviewed: true },
      unreviewed: { ...before, reviewed: false },
      promoted: { ...before, promoted: [...others, dataset] },
      unpromoted: { ...before, promoted: others },
    };
    this.byHash.set(key, after[mark]);
    const time = `${log}/${timestamp}`;
    this.hashesOfTime.set(time, (this.hashesOfTime.get(time) ?? new Set()).add(row));
  }
}

/** The marks of a flagging directory; a line that was torn or is none of ours is passed over. */
export async function readMarks(flaggingDir: string): Promise<Marks> {
  const lines = await linesOf(join(flaggingDir, marksName));
  return new Marks(lines.flatMap((line) => parseMark(line) ?? []));
}

/** Marks rows as reviewed, or takes that back. */
export function setReviewed(
  flaggingDir: string,
  rows: readonly RowIdentity[],
  reviewed: boolean,
  log: Log = silentLog,
): Promise<void> {
  return addMarks(flaggingDir, rows, { mark: reviewed ? 'reviewed' : 'unreviewed' }, log);
}

/** Notes that rows were added to a dataset, or, with `promoted` false, that this was undone. */
export function setPromoted(
  flaggingDir: string,
  rows: readonly RowIdentity[],
  dataset: string,
  promoted = true,
  log: Log = silentLog,
): Promise<void> {
  return addMarks(flaggingDir, rows, { mark: promoted ? 'promoted' : 'unpromoted', dataset }, log);
}

async function addMarks(
  flaggingDir: string,
  rows: readonly RowIdentity[],
  mark: Pick<MarkLine, 'mark' | 'dataset'>,
  log: Log,
): Promise<void> {
  if (rows.length === 0) return;
  const time = new Date().toISOString();
  const lines = rows.map((row) => JSON.stringify({ ...identity(row), ...mark, time } satisfies MarkLine));
  await withLock(flaggingDir, recovery(flaggingDir, log), () => appendLines(join(flaggingDir, marksName), lines));
}

const marks: readonly unknown[] = ['reviewed', 'unreviewed', 'promoted', 'unpromoted'];

function parseMark(text: string): MarkLine | undefined {
  const line = jsonOrUndefined(text);
  if (!isRecord(line) || !marks.includes(line.mark)) return undefined;
  const texts = [line.log, line.timestamp, line.row, line.dataset ?? ''];
  return texts.every((value) => typeof value === 'string') ? (line as unknown as MarkLine) : undefined;
}
