import { createHash } from 'node:crypto';
import { encodeRecord } from '../../csv/dialect';
import type { LogFormat } from '../../demo/definition';
import { filesIn } from '../../demo/fileData';
import { columns as columnNames } from '../format/columns';
import { dialectFor, type LogDialect } from '../format/era';
import { logName } from '../format/logName';
import { RowHashes } from './rowHashes';
import { mergedRows } from './rows';
import type { Files, MergedRow, MergeFile, MergePlan, MergeSource, MergeSources, SampleOf } from './types';

/** How many duplicates and missing files are told one by one. */
const mostTold = 20;

/**
 * What joining logs into one will write: rows in the order of their times, components of one label in one column, every
 * file under a name of its own. The logs are gone through once; of each row a hash is kept.
 *
 * @throws ExpectedError when a log is no longer as it was when it was looked at; the signal's reason when it is aborted
 */
export async function planMerge(sources: MergeSources, format: LogFormat, signal?: AbortSignal): Promise<MergePlan> {
  const dialect = dialectFor(format, 'CSVLogger');
  const { logs, columns } = sources;
  const total = logs.reduce((sum, { samples }) => sum + samples, 0);
  const hashes = new RowHashes(total);
  const originals = new Uint32Array(total);
  const all = new FileCount();
  const repeated = new FileCount();
  const duplicates: (SampleOf & { of: SampleOf })[] = [];
  const missing: (SampleOf & { path: string })[] = [];
  const counts = { duplicates: 0, missing: 0 };
  for await (const row of mergedRows(sources, dialect)) {
    signal?.throwIfAborted();
    const files = row.attachments.map(({ file }) => file);
    all.add(files);
    const original = hashes.firstWith(hashOf(row, dialect), row.id);
    if (original !== row.id) {
      originals[row.id] = original + 1;
      repeated.add(files);
      if (counts.duplicates++ < mostTold) duplicates.push({ ...placeOf(row), of: placeOfId(original, logs) });
    }
    for (const path of missingOf(row)) if (counts.missing++ < mostTold) missing.push({ ...placeOf(row), path });
  }
  const lines = logs.map(({ notes, marks }) => [...notes.values(), ...marks.values()].flat());
  lines.forEach((own, index) => all.add(own.flatMap((line) => noteFiles(line, logs[index]))));
  return {
    logName: logName(dialect, 1),
    columns: [
      ...columns.components.map(({ label }, index) => ({ name: label ?? '', logs: columns.logsWith(index) })),
      ...tailOf(sources, dialect),
    ],
    sources: logs.map(({ log, layout, samples }) => ({ log, era: layout.era, samples })),
    samples: total,
    files: all,
    notes: lines.flat().length,
    duplicates: { count: counts.duplicates, files: repeated, first: duplicates },
    missing: { count: counts.missing, first: missing },
    work: { sources, dialect, originals },
  };
}

/** The columns of the new log. */
export function mergedColumns({ columns }: MergeSources, dialect: LogDialect): string[] {
  const given = { option: columns.has('flag') ? '' : null, username: columns.has('username') ? '' : null };
  return columnNames(columns.components, given, dialect, columns.has('flag'));
}

function tailOf(sources: MergeSources, dialect: LogDialect): MergePlan['columns'] {
  const { columns } = sources;
  const names = mergedColumns(sources, dialect).slice(columns.components.length);
  return (['flag', 'username', 'timestamp'] as const)
    .filter((name) => names.includes(name))
    .map((name) => ({ name, logs: columns.logsWith(name) }));
}

/** Equal for rows that would be written alike, were their files named by what they hold. */
function hashOf({ cells, attachments }: MergedRow, { csv }: LogDialect): Buffer {
  const record = encodeRecord(cells(attachments.map(({ file }) => `\0${file.identity}`)), csv);
  return createHash('sha256').update(record).digest();
}

class FileCount implements Files {
  count = 0;
  bytes = 0;

  add(files: readonly MergeFile[]): void {
    this.count += files.length;
    for (const { bytes } of files) this.bytes += bytes;
  }
}

/** The files that a correction names. */
function noteFiles(line: object, source: MergeSource | undefined): MergeFile[] {
  return filesIn(line).flatMap(({ path }) => source?.files.get(path) ?? []);
}

function missingOf({ sample, source }: MergedRow): string[] {
  return sample.values.flatMap(({ media }) => media).filter((path) => !source.files.has(path));
}

function placeOf({ log, row }: SampleOf): SampleOf {
  return { log, row };
}

function placeOfId(id: number, logs: readonly MergeSource[]): SampleOf {
  const source = logs.findLast(({ firstId, samples }) => firstId <= id && samples > 0);
  return { log: source?.log ?? '', row: id - (source?.firstId ?? 0) };
}
