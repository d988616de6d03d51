import { constants } from 'node:fs';
import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { applyEdits, setCell } from '../../csv/editCells';
import { recordSpan } from '../../csv/recordSpans';
import { scanRecords, scanStart } from '../../csv/records';
import { filesIn } from '../../demo/fileData';
import { ExpectedError } from '../../errors';
import type { Log } from '../../log';
import { readAt } from '../../readAt';
import { findRow } from '../findRow';
import { appendLines, linesOf } from '../lineFile';
import { withLock } from '../lock';
import { removeMedia } from '../media';
import { identity, notesName, parseNote, removeNote } from '../notes';
import { recovery } from '../recovery';
import { removeBytes, replaceBytes, type Separators } from '../removeBytes';
import { guarded } from './guard';
import { separatorsOf } from './readLog';
import type { LogLayout } from './types';

/** A row of a log that is to be changed. */
export interface LogRow {
  /** Absolute path of the log. */
  readonly log: string;
  readonly layout: LogLayout;
  /** Its record as it stands in the log, line end included. */
  readonly text: string;
  readonly timestamp: string | null;
  /** Files that no other row names, absolute; those that lie below the log's folder go with the row. */
  readonly media: readonly string[];
}

/** A row that was taken out, with all that is needed to put it back. */
export interface TakenRow {
  readonly row: LogRow;
  /** Where it began, in bytes. */
  readonly offset: number;
  readonly noteLines: readonly string[];
  readonly files: readonly { readonly file: string; readonly kept: string }[];
}

/**
 * Takes a row out of its log, with its files and notes.
 *
 * @param keepIn a folder of ours in which the files are kept until the row is put back or forgotten
 * @throws ExpectedError when the row is no longer there as it was; nothing is changed then
 */
export function takeOut(row: LogRow, keepIn: string, log: Log): Promise<TakenRow> {
  const directory = dirname(row.log);
  return withLock(directory, recovery(directory, log), async () => {
    const csv = separatorsOf(row.layout);
    const offset = await whereIs(row);
    const noteLines = await notesOf(row);
    const own = [...row.media, ...filesOfNotes(noteLines, directory)].filter((file) => isBelow(file, directory));
    const files = await keep(own, keepIn);
    await removeBytes(row.log, offset, Buffer.byteLength(row.text), csv);
    await removeNote(directory, { ...named(row), rows: 0, offset, media: [] });
    await removeMedia(own, directory);
    return { row, offset, noteLines, files };
  });
}

/** Puts a row back where it was, or at the end of its log when no record begins there any more. */
export function putBack({ row, offset, noteLines, files }: TakenRow, log: Log): Promise<void> {
  const directory = dirname(row.log);
  return withLock(directory, recovery(directory, log), async () => {
    for (const { file, kept } of files) {
      await mkdir(dirname(file), { recursive: true });
      await copyFile(kept, file, constants.COPYFILE_EXCL);
    }
    const csv = separatorsOf(row.layout);
    const at = await recordStartAt(row.log, offset, csv);
    const isLast = at === (await stat(row.log)).size;
    const bytes = Buffer.from(isLast || /[\r\n]$/.test(row.text) ? row.text : row.text + row.layout.csv.lineEnd);
    if (at === undefined) await appendLines(row.log, [row.text.replace(/\r?\n$/, '')]);
    else await replaceBytes(row.log, { offset: at, length: 0, bytes }, csv);
    if (noteLines.length > 0) await appendLines(join(directory, notesName), noteLines);
    await forget({ files });
  });
}

/** Lets go of what was kept for putting a row back. */
export async function forget({ files }: Pick<TakenRow, 'files'>): Promise<void> {
  for (const { kept } of files) await rm(kept, { force: true });
}

/**
 * Gives a row another flagging option; no byte of its log besides that cell is changed.
 *
 * @returns the text of its record now
 * @throws ExpectedError when the log has no such column, or the row is no longer there as it was
 */
export async function changeOption(row: LogRow, option: string, log: Log): Promise<string> {
  const text = withOption(row, option);
  const directory = dirname(row.log);
  if (text === row.text) return text;
  await withLock(directory, recovery(directory, log), async () => {
    const change = { offset: await whereIs(row), length: Buffer.byteLength(row.text), bytes: Buffer.from(text) };
    await replaceBytes(row.log, change, separatorsOf(row.layout));
  });
  return text;
}

/** The record of a row with another option in its cell. */
function withOption({ log, layout, text }: LogRow, option: string): string {
  const column = layout.columns.find(({ role }) => role === 'flag');
  const record = recordSpan(text, 0, layout.csv);
  if (layout.format === 'jsonl' || !column || record.cells.length !== layout.columns.length) {
    throw new ExpectedError(
      `This row of ${basename(log)} has no cell for a flagging option.`,
      'Change it in the log as text.',
    );
  }
  return applyEdits(text, [setCell(text, record, column.index, guarded(option, 'text', layout), layout.csv)]);
}

async function whereIs({ log, layout, text }: LogRow): Promise<number> {
  const { size } = await stat(log);
  const at = await findRow(log, text, size, { ...layout.csv, ...separatorsOf(layout) });
  if (at !== undefined) return at;
  throw new ExpectedError(
    `The row is not in ${basename(log)} as it was read.`,
    'It was changed meanwhile, or the log is not in UTF-8. Change it in the log’s editor.',
  );
}

async function recordStartAt(path: string, offset: number, csv: Separators): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    const bytes = await readAt(file, 0, offset);
    if (bytes.length < offset) return undefined;
    const state = scanRecords(bytes, scanStart, csv);
    return state.recordStart === offset ? offset : undefined;
  } finally {
    await file.close();
  }
}

function named({ log, timestamp, text }: LogRow): { log: string; timestamp: string; row: string } {
  return { log, timestamp: timestamp ?? '', row: text };
}

/** The lines of notes that name a row by its hash. */
async function notesOf(row: LogRow): Promise<string[]> {
  const own = identity(named(row));
  const lines = await linesOf(join(dirname(row.log), notesName));
  return lines.filter((line) => {
    const note = parseNote(line);
    return note?.row === own.row && note.log === own.log;
  });
}

function filesOfNotes(lines: readonly string[], directory: string): string[] {
  return lines.flatMap((line) => filesIn(parseNote(line)?.corrected).map(({ path }) => join(directory, path)));
}

function isBelow(file: string, directory: string): boolean {
  const inside = relative(directory, file);
  return inside !== '' && !inside.startsWith('..') && inside !== file;
}

async function keep(files: readonly string[], folder: string): Promise<{ file: string; kept: string }[]> {
  await mkdir(folder, { recursive: true });
  const copies: { file: string; kept: string }[] = [];
  for (const [index, file] of files.entries()) {
    const kept = join(folder, `${index}-${basename(file)}`);
    await copyFile(file, kept, constants.COPYFILE_FICLONE);
    copies.push({ file, kept });
  }
  return copies;
}
