import { dirname } from 'node:path';
import { decodeSpecialFloats } from '../../../protocol/json';
import { filesIn } from '../../demo/fileData';
import type { RowIdentity } from '../log/marks';
import { resolveMedia } from '../log/mediaPath';
import { readNotesOf } from '../log/notesOf';
import { openLog } from '../log/readLog';
import type { LoggedSample } from '../log/types';
import type { NoteLine } from '../notes';
import type { PromotedSample, PromotedValue } from './types';

/** Samples of a log, ready to be added to a dataset. */
export interface Promotable {
  readonly samples: readonly PromotedSample[];
  /** What tells the row of each of these samples from all others. */
  readonly rows: readonly RowIdentity[];
  /** Names of the log's components, in its order. */
  readonly components: readonly string[];
  /** Why others are left out, a sentence each: a file is missing, or may not be read. */
  readonly left: readonly string[];
}

/**
 * Reads the samples of a log with their notes and corrected outputs.
 *
 * @param rows positions in the log; all when empty
 * @param folders where files may lie, absolute
 * @throws ExpectedError when the log cannot be read
 */
export async function readPromotable(
  log: string,
  rows: readonly number[],
  folders: readonly string[],
): Promise<Promotable> {
  const wanted = new Set(rows);
  const notes = await readNotesOf(log);
  const { layout, records } = await openLog(log);
  const components = layout.columns.filter(({ role }) => role === 'component').map(({ name }) => name);
  const found: { readonly row: RowIdentity; readonly sample: PromotedSample }[] = [];
  const left: string[] = [];
  for await (const { sample, text } of records) {
    if (wanted.size > 0 && !wanted.has(sample.row)) continue;
    const resolved = await promotedSample(sample, notes.get(sample.row) ?? [], {
      log,
      folders: [dirname(log), ...folders],
    });
    if ('problem' in resolved) left.push(`Row ${sample.row + 1} is left out. ${resolved.problem}`);
    else found.push({ row: { log, timestamp: sample.timestamp ?? '', row: text }, sample: resolved });
  }
  return { samples: found.map(({ sample }) => sample), rows: found.map(({ row }) => row), components, left };
}

interface Places {
  readonly log: string;
  readonly folders: readonly string[];
}

async function promotedSample(
  { values, option, username, timestamp }: LoggedSample,
  notes: readonly NoteLine[],
  places: Places,
): Promise<PromotedSample | { readonly problem: string }> {
  const corrected = new Map(notes.flatMap((note) => Object.entries(note.corrected ?? {})));
  const components: PromotedValue[] = [];
  for (const { column, kind, value, media } of values) {
    if (column.role !== 'component') continue;
    const right = corrected.get(column.name);
    const payload = right === undefined ? value : decodeSpecialFloats(right);
    const paths = right === undefined ? media : filesIn(right).map(({ path }) => path);
    const files: string[] = [];
    for (const path of paths) {
      const resolved = await resolveMedia(path, places);
      if ('problem' in resolved) return resolved;
      files.push(resolved.file);
    }
    components.push({ name: column.name, kind, value: payload, files });
  }
  const note = notes.flatMap(({ note: text }) => text ?? []).join('\n');
  return { components, option, username, timestamp, note };
}
