import { extname } from 'node:path';
import { encodeRecord } from '../../csv/dialect';
import { filesIn, mapFiles } from '../../demo/fileData';
import { isRecord } from '../../json';
import type { LogFormat } from '../../demo/definition';
import { columns as columnNames, headerCells } from '../format/columns';
import { dialectFor, type LogDialect } from '../format/era';
import { logName } from '../format/logName';
import { mediaCell, mediaSegments } from '../format/media';
import { identity } from '../notes';
import { UnitedColumns } from './columns';
import { mergedRow } from './rows';
import type { MergedFile, MergedRow, MergeFile, MergePlan, MergeSource, RowLine, SampleOf } from './types';

export interface MergeRequest {
  /** In the order in which they were named. */
  readonly sources: readonly MergeSource[];
  readonly format: LogFormat;
  /** Leaves samples out that are the same as an earlier one, its time included. */
  readonly once: boolean;
  /** That many random lower-case hex digits, for names of files. */
  readonly random: (digits: number) => string;
}

/**
 * What joining logs into one writes: rows in the order of their times, then of their logs; components of one label in one
 * column; every file under a name of its own.
 */
export function planMerge({ sources, format, once, random }: MergeRequest): MergePlan {
  const dialect = dialectFor(format, 'CSVLogger');
  const columns = new UnitedColumns(sources);
  const names = columnNames(
    columns.components,
    { option: columns.hasOption ? '' : null, username: columns.hasUsername ? '' : null },
    dialect,
    columns.hasOption,
  );
  const rows = sources
    .flatMap((source) => source.samples.map((sample) => mergedRow(source, sample, columns, dialect)))
    .sort(byTime);
  const repeats = findDuplicates(rows, dialect);
  const writer = new PlannedLog(dialect, random);
  for (const row of rows) {
    const original = once ? repeats.get(row) : undefined;
    if (original) writer.addLines(row, original);
    else writer.addRow(row);
  }
  return {
    logName: logName(dialect, 1),
    columns: names,
    sources: sources.map(({ log, layout, samples }) => ({ log, era: layout.era, samples: samples.length })),
    records: [encodeRecord(headerCells(names, dialect), dialect.csv), ...writer.records],
    media: writer.media,
    notes: writer.notes,
    marks: writer.marks,
    duplicates: [...repeats].map(([row, of]) => ({ ...placeOf(row), of: placeOf(of) })),
    once,
    missing: rows.flatMap(missingOf),
  };
}

/** Times are written so that their texts sort; rows without one come last. */
function byTime({ sample: a }: MergedRow, { sample: b }: MergedRow): number {
  if (a.timestamp === b.timestamp) return 0;
  if (a.timestamp === null || b.timestamp === null) return a.timestamp === null ? 1 : -1;
  return a.timestamp < b.timestamp ? -1 : 1;
}

/** Each row that would be written as an earlier one is, were its files named by what they hold. */
function findDuplicates(rows: readonly MergedRow[], { csv }: LogDialect): Map<MergedRow, MergedRow> {
  const first = new Map<string, MergedRow>();
  const found = new Map<MergedRow, MergedRow>();
  for (const row of rows) {
    const key = encodeRecord(row.cells(row.attachments.map(({ file }) => `\0${file.identity}`)), csv);
    const original = first.get(key);
    if (original) found.set(row, original);
    else first.set(key, row);
  }
  return found;
}

function missingOf(row: MergedRow): (SampleOf & { path: string })[] {
  const paths = row.sample.values.flatMap(({ media }) => media);
  return paths.filter((path) => !row.source.files.has(path)).map((path) => ({ ...placeOf(row), path }));
}

function placeOf({ log, row }: SampleOf): SampleOf {
  return { log, row };
}

/** Collects what is written, and gives each file its name. */
class PlannedLog {
  readonly records: string[] = [];
  readonly media: MergedFile[] = [];
  readonly notes: string[] = [];
  readonly marks: string[] = [];
  private readonly written = new Map<MergedRow, string>();
  private readonly counts = new Map<string, number>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly dialect: LogDialect,
    private readonly random: (digits: number) => string,
  ) {}

  addRow(row: MergedRow): void {
    const names = row.attachments.map(({ directory, file }) => this.place(directory, file));
    const record = encodeRecord(row.cells(names), this.dialect.csv);
    this.records.push(record);
    this.written.set(row, record);
    this.addLines(row, row);
  }

  /** Gives a written row the notes and marks of this one. */
  addLines({ notes, marks, source }: MergedRow, to: MergedRow): void {
    const row = { timestamp: to.sample.timestamp ?? '', row: this.written.get(to) ?? '' };
    const own = identity({ log: logName(this.dialect, 1), ...row });
    for (const line of notes) this.notes.push(asLine({ ...this.withFiles(line, source), ...own }));
    for (const line of marks) this.marks.push(asLine({ ...line, ...own }));
  }

  /** Counts by directory as a file system without case would: `Image` and `image` are one there. */
  private place(directory: string, file: MergeFile): string {
    const key = directory.toLowerCase();
    const number = this.counts.get(key) ?? 0;
    this.counts.set(key, number + 1);
    const attachment = { directory, source: { file: file.file }, originalName: null };
    const segments = mediaSegments(attachment, this.dialect, { number, random: this.random });
    this.copy(file, segments.join('/'));
    return mediaCell(segments, this.dialect, { absolute: '.', given: '.' });
  }

  private copy({ file, bytes }: MergeFile, target: string): void {
    this.media.push({ source: file, target, bytes });
  }

  /** A correction may be a file, kept below `notes/`. */
  private withFiles(line: RowLine, source: MergeSource): RowLine {
    if (!('corrected' in line) || filesIn(line.corrected).length === 0) return line;
    const corrected = mapFiles(line.corrected, (part) => {
      const file = source.files.get(part.path);
      if (!file) return part;
      const target = this.noteFile(part.path);
      this.copy(file, target);
      return { ...part, path: target, url: null };
    });
    return isRecord(corrected) ? ({ ...line, corrected } as RowLine) : line;
  }

  private noteFile(path: string): string {
    const isFree = /^notes\/[\da-f]{20}(?:\.\w+)?$/.test(path) && !this.taken.has(path);
    const target = isFree ? path : `notes/${this.random(20)}${/^\.\w{1,16}$/.exec(extname(path))?.[0] ?? ''}`;
    this.taken.add(target);
    return target;
  }
}

function asLine(line: object): string {
  return `${JSON.stringify(line)}\n`;
}
