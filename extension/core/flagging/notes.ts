import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { encodeSpecialFloats } from '../../protocol/json';
import { mapFiles } from '../demo/fileData';
import { errorCode } from '../errors';
import { isRecord } from '../json';
import { plainValue, toPythonValue } from './format/pythonValue';
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

/** Keeps a note beside a row, by one append. */
export async function addNote(
  flaggingDir: string,
  receipt: FlagReceipt,
  option: string | null,
  note: FlagNote,
): Promise<void> {
  const line: NoteLine = {
    ...identity(receipt),
    option,
    ...(note.note?.trim() ? { note: note.note.trim() } : {}),
    ...(note.corrected ? { corrected: await withFilesBeside(flaggingDir, note.corrected) } : {}),
  };
  const path = join(flaggingDir, notesName);
  const file = await open(path, 'a+');
  try {
    await file.write(`${(await endsOpen(file)) ? '\n' : ''}${JSON.stringify(encodeSpecialFloats(line))}\n`);
  } finally {
    await file.close();
  }
}

/** Removes the notes of a row, with the files they brought; a file of notes that becomes empty goes. */
export async function removeNote(flaggingDir: string, receipt: FlagReceipt): Promise<void> {
  const path = join(flaggingDir, notesName);
  const { log, row } = identity(receipt);
  const lines = await linesOf(path);
  const kept = lines.filter((line) => {
    const note = parseNote(line);
    return note?.row !== row || note.log !== log;
  });
  if (kept.length === lines.length) return;
  if (kept.length === 0) return rm(path, { force: true });
  const temporary = `${path}.tmp`;
  await writeFile(temporary, kept.map((line) => `${line}\n`).join(''));
  await rename(temporary, path);
}

/** The notes of a flagging directory; a line that was torn is passed over. */
export async function readNotes(flaggingDir: string): Promise<NoteLine[]> {
  return (await linesOf(join(flaggingDir, notesName))).flatMap((line) => parseNote(line) ?? []);
}

function identity({ log, timestamp, row }: FlagReceipt): Pick<NoteLine, 'log' | 'timestamp' | 'row'> {
  return { log: basename(log), timestamp, row: createHash('sha256').update(row).digest('hex') };
}

async function linesOf(path: string): Promise<string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function parseNote(line: string): NoteLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    const { log, timestamp, row } = value;
    return [log, timestamp, row].every((text) => typeof text === 'string') ? (value as unknown as NoteLine) : undefined;
  } catch {
    return undefined;
  }
}

/** A correction may be a file; it is kept below `notes/`, as the row's own files are kept below their columns. */
async function withFilesBeside(
  flaggingDir: string,
  corrected: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const copies: Promise<void>[] = [];
  const folder = join(flaggingDir, mediaFolder);
  const copied = mapFiles(plainValue(toPythonValue(corrected)), (file) => {
    const path = join(
      folder,
      `${createHash('sha256').update(`${file.path}${Date.now()}${copies.length}`).digest('hex').slice(0, 20)}${extname(file.path)}`,
    );
    copies.push(mkdir(folder, { recursive: true }).then(() => copyFile(file.path, path)));
    return { ...file, path: relative(flaggingDir, path).split(sep).join('/'), url: null };
  });
  await Promise.all(copies);
  return isRecord(copied) ? copied : {};
}

async function endsOpen(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last.toString() !== '\n';
}
