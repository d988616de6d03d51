import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { readNotes, type NoteLine } from '../notes';
import { openLog } from './readLog';

/** What of a sample tells which notes are about it. */
export interface NotedSample {
  readonly row: number;
  readonly timestamp: string | null;
  /** The record as it stands in the log, line end included. */
  readonly text: () => string;
}

/**
 * The notes of each row, oldest first. A note belongs to the row with its hash; when there is none, since the row was
 * edited or git changed its line end, to the only row of its time.
 *
 * @param logName the log's file name: notes of other logs are passed over
 */
export function matchNotes(
  notes: readonly NoteLine[],
  logName: string,
  samples: Iterable<NotedSample>,
): ReadonlyMap<number, readonly NoteLine[]> {
  const own = notes.filter(({ log }) => log === logName);
  const times = new Set(own.map(({ timestamp }) => timestamp));
  const byHash = new Map<string, number>();
  const byTime = new Map<string, number[]>();
  if (own.length > 0) {
    for (const { row, timestamp, text } of samples) {
      if (timestamp !== null && !times.has(timestamp)) continue;
      const hash = createHash('sha256').update(text()).digest('hex');
      if (!byHash.has(hash)) byHash.set(hash, row);
      if (timestamp !== null) byTime.set(timestamp, [...(byTime.get(timestamp) ?? []), row]);
    }
  }
  const found = new Map<number, NoteLine[]>();
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
  const times = new Set(notes.map(({ timestamp }) => timestamp));
  const samples: NotedSample[] = [];
  for await (const { sample, text } of (await openLog(log)).records) {
    const { row, timestamp } = sample;
    if (timestamp === null || times.has(timestamp)) samples.push({ row, timestamp, text: () => text });
  }
  return matchNotes(notes, name, samples);
}

function onlyOne(rows: readonly number[] | undefined): number | undefined {
  return rows?.length === 1 ? rows[0] : undefined;
}
