import { basename, dirname } from 'node:path';
import { readNotes, rowHash, type NoteLine } from '../notes';
import { openLog } from './readLog';

/** What of a sample tells which notes are about it. */
export interface NotedSample {
  readonly row: number;
  readonly timestamp: string | null;
  /** SHA-256 of the record as it stands in the log, line end included; hexadecimal. */
  readonly hash: () => string;
}

/** What of a line beside a log says which row it is about. */
export type RowKey = Pick<NoteLine, 'log' | 'timestamp' | 'row'>;

/**
 * The notes of each row, oldest first. A note belongs to the row with its hash; when there is none, since the row was
 * edited or git changed its line end, to the only row of its time.
 *
 * @param logName the log's file name: notes of other logs are passed over
 */
export function matchNotes<Line extends RowKey>(
  notes: readonly Line[],
  logName: string,
  samples: Iterable<NotedSample>,
): ReadonlyMap<number, readonly Line[]> {
  const own = notes.filter(({ log }) => log === logName);
  const times = new Set(own.map(({ timestamp }) => timestamp));
  const byHash = new Map<string, number>();
  const byTime = new Map<string, number[]>();
  if (own.length > 0) {
    for (const { row, timestamp, hash } of samples) {
      if (timestamp !== null && !times.has(timestamp)) continue;
      const key = hash();
      if (!byHash.has(key)) byHash.set(key, row);
      if (timestamp !== null) byTime.set(timestamp, [...(byTime.get(timestamp) ?? []), row]);
    }
  }
  const found = new Map<number, Line[]>();
  for (const note of own) {
    const row = byHash.get(note.row) ?? onlyOne(byTime.get(note.timestamp));
    if (row !== undefined) found.set(row, [...(found.get(row) ?? []), note]);
  }
  return found;
}

/** The notes of each row of a log, from the file of notes beside it. */
export async function readNotesOf(log: string): Promise<ReadonlyMap<number, readonly NoteLine[]>> {
  const name = basename(log);
  const notes = (await readNotes(dirname(log))).filter((note) => note.log === name);
  if (notes.length === 0) return new Map();
  const noted = new NotedSamples(notes);
  for await (const { sample, text } of (await openLog(log)).records) noted.take(sample, text);
  return matchNotes(notes, name, noted.samples);
}

/** Keeps of the samples that go by what tells whether lines are about them: little, whatever the log's size. */
export class NotedSamples {
  readonly samples: NotedSample[] = [];
  private readonly times: ReadonlySet<string>;

  constructor(lines: readonly RowKey[]) {
    this.times = new Set(lines.map(({ timestamp }) => timestamp));
  }

  take({ row, timestamp }: Pick<NotedSample, 'row' | 'timestamp'>, text: string): void {
    if (this.times.size === 0 || (timestamp !== null && !this.times.has(timestamp))) return;
    const hash = rowHash(text);
    this.samples.push({ row, timestamp, hash: () => hash });
  }
}

function onlyOne(rows: readonly number[] | undefined): number | undefined {
  return rows?.length === 1 ? rows[0] : undefined;
}
