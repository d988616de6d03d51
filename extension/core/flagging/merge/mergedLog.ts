import { constants } from 'node:fs';
import { copyFile, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { encodeRecord } from '../../csv/dialect';
import { filesIn, mapFiles } from '../../demo/fileData';
import { errorCode } from '../../errors';
import { isRecord } from '../../json';
import { headerCells } from '../format/columns';
import { logName } from '../format/logName';
import { mediaCell, mediaSegments } from '../format/media';
import { marksName } from '../log/marks';
import type { RowKey } from '../log/notesOf';
import { notCopied } from '../media';
import { identity, notesName } from '../notes';
import { mergedColumns } from './plan';
import type { MergedRow, MergeFile, MergeSource, MergeWork } from './types';

/** Text that is collected before it is written. UTF-16 units. */
const writeSize = 1 << 18;

/** That many random lower-case hex digits, for names of files. */
export type RandomDigits = (digits: number) => string;

/** The new log while it is written, with its files, notes and marks. */
export class MergedLog {
  private readonly log: TextFile;
  private readonly notes: TextFile;
  private readonly marks: TextFile;
  private readonly noted: ReadonlySet<number>;
  /** Of the rows to which lines about others go too. */
  private readonly identities = new Map<number, RowKey>();
  private readonly counts = new Map<string, number>();
  private readonly taken = new Set<string>();

  /** @param folder absolute; it is there and empty */
  constructor(
    private readonly folder: string,
    private readonly work: MergeWork,
    private readonly random: RandomDigits,
  ) {
    const { dialect, sources } = work;
    this.log = new TextFile(join(folder, logName(dialect, 1)));
    this.notes = new TextFile(join(folder, notesName));
    this.marks = new TextFile(join(folder, marksName));
    this.noted = notedOriginals(work);
    this.log.add(encodeRecord(headerCells(mergedColumns(sources, dialect), dialect), dialect.csv));
  }

  async addRow(row: MergedRow): Promise<void> {
    const { dialect } = this.work;
    const names: string[] = [];
    for (const { directory, file } of row.attachments) names.push(await this.place(directory, file));
    const record = encodeRecord(row.cells(names), dialect.csv);
    const { notes, marks } = row.source;
    const isNoted = notes.has(row.row) || marks.has(row.row);
    if (isNoted || this.noted.has(row.id)) {
      const own = identity({ log: logName(dialect, 1), timestamp: row.sample.timestamp ?? '', row: record });
      if (this.noted.has(row.id)) this.identities.set(row.id, own);
      await this.addLines(row, own);
    }
    await this.log.write(record);
  }

  /** Leaves a row out that is the same as an earlier one, which gets its notes and marks. */
  async leaveOut(row: MergedRow, original: number): Promise<void> {
    const own = this.identities.get(original);
    if (own) await this.addLines(row, own);
  }

  /** Writes what is left, down to the disk. */
  async finish(): Promise<void> {
    for (const file of [this.log, this.notes, this.marks]) await file.finish();
  }

  async close(): Promise<void> {
    for (const file of [this.log, this.notes, this.marks]) await file.close();
  }

  private async addLines({ row, source }: MergedRow, own: RowKey): Promise<void> {
    for (const line of source.notes.get(row) ?? [])
      await this.notes.write(asLine({ ...(await this.withFiles(line, source)), ...own }));
    for (const line of source.marks.get(row) ?? []) await this.marks.write(asLine({ ...line, ...own }));
  }

  /** Counts by directory as a file system without case would: `Image` and `image` are one there. */
  private async place(directory: string, file: MergeFile): Promise<string> {
    const { dialect } = this.work;
    const key = directory.toLowerCase();
    const number = this.counts.get(key) ?? 0;
    this.counts.set(key, number + 1);
    const attachment = { directory, source: { file: file.file }, originalName: null };
    const segments = mediaSegments(attachment, dialect, { number, random: this.random });
    await this.copy(file, segments.join('/'));
    return mediaCell(segments, dialect, { absolute: '.', given: '.' });
  }

  private async copy({ file }: MergeFile, target: string): Promise<void> {
    const path = join(this.folder, target);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(file, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch((error: unknown) => {
      throw errorCode(error) === 'ENOSPC' ? error : notCopied(file, error);
    });
  }

  /** A correction may be a file, kept below `notes/`. */
  private async withFiles(line: RowKey, source: MergeSource): Promise<RowKey> {
    if (!('corrected' in line)) return line;
    const targets = new Map<string, string>();
    for (const { path } of filesIn(line.corrected)) {
      const file = source.files.get(path);
      if (!file || targets.has(path)) continue;
      const target = this.noteFile(path);
      targets.set(path, target);
      await this.copy(file, target);
    }
    const corrected = mapFiles(line.corrected, (part) => {
      const target = targets.get(part.path);
      return target === undefined ? part : { ...part, path: target, url: null };
    });
    return isRecord(corrected) ? { ...line, ...{ corrected } } : line;
  }

  private noteFile(path: string): string {
    const isFree = /^notes\/[\da-f]{20}(?:\.\w+)?$/.test(path) && !this.taken.has(path);
    const target = isFree ? path : `notes/${this.random(20)}${/^\.\w{1,16}$/.exec(extname(path))?.[0] ?? ''}`;
    this.taken.add(target);
    return target;
  }
}

/** The earlier ones of those samples that are left out and have notes or marks. */
function notedOriginals({ sources, originals }: MergeWork): Set<number> {
  const noted = sources.logs.flatMap(({ firstId, notes, marks }) =>
    [...notes.keys(), ...marks.keys()].map((row) => firstId + row),
  );
  return new Set(noted.map((id) => (originals[id] ?? 0) - 1).filter((original) => original >= 0));
}

function asLine(line: object): string {
  return `${JSON.stringify(line)}\n`;
}

/** A new file that gets its text in pieces. One without text is not made. */
class TextFile {
  private file: FileHandle | undefined;
  private pending: string[] = [];
  private size = 0;

  constructor(private readonly path: string) {}

  add(text: string): void {
    this.pending.push(text);
    this.size += text.length;
  }

  async write(text: string): Promise<void> {
    this.add(text);
    if (this.size >= writeSize) await this.flush();
  }

  async finish(): Promise<void> {
    if (this.size > 0) await this.flush();
    await this.file?.sync();
  }

  async close(): Promise<void> {
    await this.file?.close();
  }

  private async flush(): Promise<void> {
    this.file ??= await open(this.path, 'wx');
    await this.file.appendFile(this.pending.join(''));
    this.pending = [];
    this.size = 0;
  }
}
