import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { applyEdits } from '../../csv/editCells';
import type { Encoding } from '../../csv/encodings';
import { filesIn } from '../../demo/fileData';
import { errorCode, ExpectedError, isNotFound, nothingThere } from '../../errors';
import type { Log } from '../../log';
import { appendLines } from '../lineFile';
import { withLock } from '../lock';
import { removeMedia } from '../media';
import { notesName, parseNote, removeNotes } from '../notes';
import { recovery } from '../recovery';
import { encodeFor, findRecords, rewriteLog, type ByteChange, type LogBytes } from '../rewriteLog';
import { setOption } from './optionCell';
import { separatorsOf } from './readLog';
import type { LogLayout } from './types';

/** Rows of one log that are to be changed, as one change. */
export interface LogRows {
  /** Absolute path of the log. */
  readonly log: string;
  readonly layout: LogLayout;
  /** Their records as they stand in the log, line ends included; of equal rows one text each. */
  readonly texts: readonly string[];
}

/** What a change of a log needs besides the rows. */
export interface ChangeOptions {
  readonly log: Log;
  /** Nothing is changed when it is aborted in time. */
  readonly signal?: AbortSignal;
}

/** A row that was taken out. */
interface TakenRow {
  readonly text: string;
  /** Where it began in the log, in bytes; and how many it had. */
  readonly offset: number;
  readonly length: number;
}

/** Rows that were taken out of a log, with all that is needed to put them back. */
export interface TakenRows {
  readonly log: string;
  readonly layout: LogLayout;
  readonly encoding: Encoding;
  /** Bytes of the log without them. */
  readonly size: number;
  /** In their order in the log. */
  readonly rows: readonly TakenRow[];
  readonly noteLines: readonly string[];
  readonly files: readonly { readonly file: string; readonly kept: string }[];
}

/** Rows that have other texts now. */
export interface ChangedRows {
  readonly log: string;
  readonly layout: LogLayout;
  /** Of the log before the change. */
  readonly encoding?: Encoding;
  /** Bytes of the log after the change. */
  readonly size?: number;
  readonly rows: readonly { readonly before: string; readonly after: string }[];
}

/**
 * Takes rows out of their log, with their notes and files. Those that are not there any more as they were read are left
 * alone.
 *
 * @param media files that no other row names, absolute; those that lie below the log's folder go with the rows
 * @param keepIn a folder of ours in which files are kept until the rows are put back or forgotten
 * @throws ExpectedError when none of the rows is there any more
 */
export function takeOut(
  rows: LogRows,
  media: readonly string[],
  keepIn: string,
  options: ChangeOptions,
): Promise<TakenRows> {
  const { log, layout } = rows;
  const directory = dirname(log);
  return withLock(directory, recovery(directory, options.log), async () => {
    let taken: readonly TakenRow[] = [];
    let encoding: Encoding = 'utf-8';
    let size = 0;
    await rewriteLog(log, { csv: separatorsOf(layout), signal: options.signal }, (bytes) => {
      ({ encoding } = bytes);
      taken = foundRows(bytes, rows).map(({ text, offset, length }) => ({ text, offset, length }));
      const changes = taken.map(({ offset, length }) => ({ offset, length, bytes: Buffer.alloc(0) }));
      size = sizeAfter(bytes, changes);
      return changes;
    });
    const noteLines = await removeNotes(
      directory,
      log,
      taken.map(({ text }) => text),
    );
    const own = [...media, ...filesOfNotes(noteLines, directory)].filter((file) => isBelow(file, directory));
    const files = await putAside(own, keepIn);
    await removeMedia(own, directory);
    return { log, layout, encoding, size, rows: taken, noteLines, files };
  });
}

/**
 * Puts rows back where they were; those whose place is gone come to the end of their log.
 *
 * @throws ExpectedError when another file has the name of one of theirs by now; nothing is changed then
 */
export function putBack(taken: TakenRows, report: Log): Promise<void> {
  const { log, layout, rows, noteLines, files } = taken;
  const directory = dirname(log);
  return withLock(directory, recovery(directory, report), async () => {
    for (const { file } of files) await checkFree(file);
    const copied: string[] = [];
    try {
      for (const { file, kept } of files) {
        await mkdir(dirname(file), { recursive: true });
        await copyFile(kept, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        copied.push(file);
      }
      await rewriteLog(log, { csv: separatorsOf(layout) }, (bytes) =>
        insertions(as(bytes, taken), rows, lineEndOf(layout)),
      );
    } catch (error) {
      await removeMedia(copied, directory);
      throw error;
    }
    if (noteLines.length > 0) await appendLines(join(directory, notesName), noteLines);
    await forget({ files });
  });
}

/** Lets go of what was kept for putting rows back. */
export async function forget({ files }: Pick<TakenRows, 'files'>): Promise<void> {
  for (const { kept } of files) await rm(kept, { force: true });
}

/**
 * Gives rows another flagging option; no byte of their log besides those cells is changed. Those that are not there any
 * more as they were read are left alone.
 *
 * @throws ExpectedError when one has no place for an option, or the log's encoding cannot hold it; nothing is changed then
 */
export async function changeOption(rows: LogRows, option: string, options: ChangeOptions): Promise<ChangedRows> {
  const { log, layout, texts } = rows;
  const changed = texts.flatMap((before) => {
    const edit = setOption(layout, before, option);
    return edit ? [{ before, after: applyEdits(before, [edit]) }] : [];
  });
  return replaceRows({ log, layout, rows: changed }, options);
}

/** Gives rows the texts back that they had before. */
export async function restoreRows({ rows, ...where }: ChangedRows, options: ChangeOptions): Promise<void> {
  const swapped = rows.map(({ before, after }) => ({ before: after, after: before }));
  await replaceRows({ ...where, rows: swapped }, options);
}

async function replaceRows(change: ChangedRows, options: ChangeOptions): Promise<ChangedRows> {
  const { log, layout, rows } = change;
  const directory = dirname(log);
  if (rows.length === 0) return change;
  const texts = rows.map(({ before }) => before);
  let found: readonly FoundRow[] = [];
  let { encoding = 'utf-8', size } = change;
  await withLock(directory, recovery(directory, options.log), () =>
    rewriteLog(log, { csv: separatorsOf(layout), signal: options.signal }, (read) => {
      const bytes = as(read, change);
      ({ encoding } = bytes);
      found = foundRows(bytes, { log, layout, texts });
      const changes = found.map(({ index, offset, length }) => ({
        offset,
        length,
        bytes: encodeFor(rows[index]?.after ?? '', bytes.encoding),
      }));
      size = sizeAfter(bytes, changes);
      return changes;
    }),
  );
  return {
    log,
    layout,
    encoding,
    ...(size !== undefined && { size }),
    rows: found.flatMap(({ index }) => rows[index] ?? []),
  };
}

/**
 * A log that lost its only characters beyond ASCII no longer tells its encoding, and one whose last of them happen to be
 * UTF-8 tells another: as long as it is the file that we left, it is the one that it had.
 */
function as(bytes: LogBytes, { encoding, size }: Pick<ChangedRows, 'encoding' | 'size'>): LogBytes {
  if (encoding === undefined || bytes.encoding === encoding) return bytes;
  const isAsLeft = bytes.bytes.length === size || bytes.bytes.every((byte) => byte < 0x80);
  return isAsLeft ? { ...bytes, encoding } : bytes;
}

function sizeAfter({ bytes }: LogBytes, changes: readonly ByteChange[]): number {
  return changes.reduce((size, change) => size - change.length + change.bytes.length, bytes.length);
}

interface FoundRow extends TakenRow {
  /** Which of the texts it is. */
  readonly index: number;
}

/** The rows that are there, in their order in the log. */
function foundRows(bytes: LogBytes, { log, texts }: LogRows): FoundRow[] {
  const found = findRecords(bytes, texts).flatMap((record, index): FoundRow[] => {
    if (record === undefined) return [];
    const [offset = 0, end = 0] = [bytes.starts[record], bytes.starts[record + 1]];
    return [{ index, text: texts[index] ?? '', offset, length: end - offset }];
  });
  if (found.length > 0) return found.sort((a, b) => a.offset - b.offset);
  throw new ExpectedError(
    texts.length === 1
      ? `The row is not in ${basename(log)} as it was read.`
      : `None of the ${texts.length} rows is in ${basename(log)} as it was read.`,
    'The log was changed meanwhile. Look at it again.',
  );
}

/** Where rows go that were taken out: their offsets count from before any of them was. */
function insertions(bytes: LogBytes, rows: readonly TakenRow[], lineEnd: string): ByteChange[] {
  const starts = new Set(bytes.starts.slice(0, -1));
  const end = bytes.bytes.length;
  if (bytes.whole === end) starts.add(end);
  const texts = new Map<number, string[]>();
  let shift = 0;
  for (const { text, offset, length } of rows) {
    const at = starts.has(offset - shift) ? offset - shift : end;
    const known = texts.get(at);
    if (known) known.push(text);
    else texts.set(at, [text]);
    shift += length;
  }
  return [...texts].map(([offset, own]) => {
    const isOpen = offset === end && bytes.whole < end;
    const joined = (isOpen ? lineEnd : '') + own.map((text) => withLineEnd(text, lineEnd)).join('');
    const last = own.at(-1) ?? '';
    const text = offset === end && !isOpen && !endsLine(last) ? joined.slice(0, -lineEnd.length) : joined;
    return { offset, length: 0, bytes: encodeFor(text, bytes.encoding) };
  });
}

function withLineEnd(text: string, lineEnd: string): string {
  return endsLine(text) ? text : text + lineEnd;
}

function endsLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}

function lineEndOf({ format, csv }: LogLayout): string {
  return format === 'jsonl' ? '\n' : csv.lineEnd;
}

function filesOfNotes(lines: readonly string[], directory: string): string[] {
  return lines.flatMap((line) => filesIn(parseNote(line)?.corrected).map(({ path }) => join(directory, path)));
}

function isBelow(file: string, directory: string): boolean {
  const inside = relative(directory, file);
  return inside !== '' && !inside.startsWith('..') && inside !== file;
}

/** Moves files to a folder of ours; what is not there any more is left out. */
async function putAside(files: readonly string[], folder: string): Promise<{ file: string; kept: string }[]> {
  const moved: { file: string; kept: string }[] = [];
  if (files.length > 0) await mkdir(folder, { recursive: true });
  for (const [index, file] of files.entries()) {
    const kept = join(folder, `${index}-${basename(file)}`);
    if (await move(file, kept)) moved.push({ file, kept });
  }
  return moved;
}

/** @returns false when there is no such file */
async function move(file: string, to: string): Promise<boolean> {
  try {
    await rename(file, to).catch(async (error: unknown) => {
      if (errorCode(error) !== 'EXDEV') throw error;
      await copyFile(file, to);
    });
    return true;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return false;
  }
}

async function checkFree(file: string): Promise<void> {
  const found = await lstat(file).catch(nothingThere);
  if (!found) return;
  throw new ExpectedError(
    `The file ${file} is there again, so the sample that had it cannot come back.`,
    'Another sample may have taken its name. Move it away, then undo again.',
  );
}
