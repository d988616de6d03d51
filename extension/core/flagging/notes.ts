import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { encodeSpecialFloats } from '../../protocol/json';
import { filesIn, mapFiles } from '../demo/fileData';
import { isRecord, jsonOrUndefined } from '../json';
import { replaceFile } from '../replaceFile';
import { appendLines, linesOf } from './lineFile';
import { plainValue, toPythonValue } from './format/pythonValue';
import { makePlainFolder, notCopied, randomDigits, removeMedia } from './media';
import type { FlagNote, FlagReceipt } from './types';

export const notesName = 'notes.jsonl';
const mediaFolder = 'notes';

/** A line of `notes.jsonl`: what a person added to a row, kept apart from Gradio's columns. */
export interface NoteLine {
  /** The log's file name, in the same folder. */
  readonly log: string;
  /** The row's `timestamp` cell. */
  readonly timestamp: string;
  /** SHA-256 of the row's bytes, line end included: tells rows of one moment apart. Hexadecimal. */
  readonly row: string;
  readonly option: string | null;
  readonly note?: string;
  /** Corrected payload per output label; paths of media are relative to the flagging directory. */
  readonly corrected?: Readonly<Record<string, unknown>>;
}

/** Whether there is anything to keep. */
export function isEmptyNote(note: FlagNote | undefined): boolean {
  return !note?.note?.trim() && Object.keys(note?.corrected ?? {}).length === 0;
}

/**
 * Keeps a note beside a row, by one append; under the lock.
 *
 * @throws ExpectedError when it could not be written whole; nothing is left of it then
 */
export async function addNote(
  flaggingDir: string,
  receipt: FlagReceipt,
  option: string | null,
  note: FlagNote,
): Promise<void> {
  const media: string[] = [];
  try {
    const line: NoteLine = {
      ...identity(receipt),
      option,
      ...(note.note?.trim() ? { note: note.note.trim() } : {}),
      ...(note.corrected ? { corrected: await withFilesBeside(flaggingDir, note.corrected, media) } : {}),
    };
    await appendLines(join(flaggingDir, notesName), [JSON.stringify(encodeSpecialFloats(line))]);
  } catch (error) {
    await removeMedia(media, flaggingDir);
    throw error;
  }
}

/** Removes the notes of a row, with the files they brought; under the lock. */
export async function removeNote(flaggingDir: string, receipt: FlagReceipt): Promise<void> {
  const removed = await removeNotes(flaggingDir, receipt.log, [receipt.row]);
  const media = removed.flatMap((line) => filesIn(parseNote(line)?.corrected)).map((file) => file.path);
  const ours = media.filter((file) => /^notes\/[\da-f]{20}(?:\.\w+)?$/.test(file));
  await removeMedia(
    ours.map((file) => join(flaggingDir, file)),
    flaggingDir,
  );
}

/**
 * Removes the notes of rows; under the lock. A file of notes that becomes empty goes.
 *
 * @param texts the rows as they stand in the log, line ends included
 * @returns the lines that were removed
 */
export async function removeNotes(flaggingDir: string, log: string, texts: readonly string[]): Promise<string[]> {
  const path = join(flaggingDir, notesName);
  const lines = await linesOf(path);
  if (lines.length === 0) return [];
  const name = basename(log);
  const rows = new Set(texts.map((text) => rowHash(text)));
  const isOfRow = (line: string): boolean => {
    const note = parseNote(line);
    return note?.log === name && rows.has(note.row);
  };
  const [removed, kept] = [lines.filter(isOfRow), lines.filter((line) => !isOfRow(line))];
  if (removed.length === 0) return [];
  if (kept.length === 0) await rm(path);
  else await replaceFile(path, kept.map((line) => `${line}\n`).join(''));
  return removed;
}

/** What tells a row from all others: what a note of it is found by. */
export type NotedRow = Pick<FlagReceipt, 'log' | 'timestamp' | 'row'>;

/**
 * Gives a row this note in place of the ones it has; under the lock. What was corrected stays. An empty note takes the
 * line away when nothing else is in it.
 *
 * @param known the row's notes as they were found, which may be of the row before it was edited
 */
export async function replaceNote(
  flaggingDir: string,
  noted: NotedRow,
  option: string | null,
  text: string,
  known: readonly NoteLine[],
): Promise<void> {
  const path = join(flaggingDir, notesName);
  const own = identity(noted);
  const isOfRow = (note: NoteLine): boolean =>
    note.log === own.log && (note.row === own.row || known.some(({ row }) => row === note.row));
  const lines = (await linesOf(path)).map((line) => ({ line, note: parseNote(line) }));
  const [removed, kept] = [
    lines.flatMap(({ note }) => (note && isOfRow(note) ? [note] : [])),
    lines.filter(({ note }) => !note || !isOfRow(note)).map(({ line }) => line),
  ];
  const corrected = Object.assign({}, ...removed.map((note) => note.corrected)) as Record<string, unknown>;
  const note: FlagNote = {
    ...(text.trim() ? { note: text.trim() } : {}),
    ...(Object.keys(corrected).length > 0 ? { corrected } : {}),
  };
  if (!isEmptyNote(note)) kept.push(JSON.stringify({ ...own, option, ...note }));
  if (kept.length > 0) await replaceFile(path, kept.map((line) => `${line}\n`).join(''));
  else await rm(path, { force: true });
}

/** The notes of a flagging directory; a line that was torn is passed over. */
export async function readNotes(flaggingDir: string): Promise<NoteLine[]> {
  return (await linesOf(join(flaggingDir, notesName))).flatMap((line) => parseNote(line) ?? []);
}

/** How a row is named in the files beside its log. */
export function identity({ log, timestamp, row }: NotedRow): Pick<NoteLine, 'log' | 'timestamp' | 'row'> {
  return { log: basename(log), timestamp, row: rowHash(row) };
}

/** @param row its bytes or text, line end included */
export function rowHash(row: string | Uint8Array): string {
  return createHash('sha256').update(row).digest('hex');
}

/** A line of `notes.jsonl`; undefined when it is none. */
export function parseNote(line: string): NoteLine | undefined {
  const value = jsonOrUndefined(line);
  if (!isRecord(value)) return undefined;
  const { log, timestamp, row } = value;
  return [log, timestamp, row].every((text) => typeof text === 'string') ? (value as unknown as NoteLine) : undefined;
}

/** A correction may be a file; it is kept below `notes/`, as the row's own files are kept below their columns. */
async function withFilesBeside(
  flaggingDir: string,
  corrected: Readonly<Record<string, unknown>>,
  media: string[],
): Promise<Record<string, unknown>> {
  const sources: string[] = [];
  const folder = join(flaggingDir, mediaFolder);
  const copied = mapFiles(plainValue(toPythonValue(corrected)), (file) => {
    const [extension = ''] = /\.\w{1,16}$/.exec(file.path) ?? [];
    const name = randomDigits(20) + extension;
    sources.push(file.path);
    media.push(join(folder, name));
    return { ...file, path: `${mediaFolder}/${name}`, url: null };
  });
  if (sources.length > 0) await makePlainFolder(folder);
  for (const [index, source] of sources.entries()) {
    const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    await copyFile(source, media[index] ?? '', flags).catch((error: unknown) => {
      throw notCopied(source, error);
    });
  }
  return isRecord(copied) ? copied : {};
}
