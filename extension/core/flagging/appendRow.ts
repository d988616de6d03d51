import { open, rm, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { CsvDialect } from '../csv/dialect';
import { isComplete, isInsideQuotes, type ScanState } from '../csv/records';
import { errorCode, ExpectedError, messageOf } from '../errors';
import { readAt } from '../readAt';
import type { HeldLock } from './lock';
import { removeBytes } from './removeBytes';
import type { RowCounter } from './rowCount';

/** What an append did. */
export interface Appended {
  /** Where the row begins, in bytes. */
  readonly offset: number;
  /** Records of the file now, its header included. */
  readonly records: number;
  /** Whether the file was new or empty. */
  readonly begun: boolean;
}

/** How bytes reach a file; a test gives one that runs out of space. */
export type WriteOnce = (file: FileHandle, bytes: Buffer) => Promise<number>;

const writeOnce: WriteOnce = async (file, bytes) => (await file.write(bytes, 0, bytes.length)).bytesWritten;

export interface AppendRequest {
  readonly path: string;
  readonly csv: CsvDialect;
  /** Written before the row when the file is new or empty. */
  readonly header: string;
  readonly row: string;
}

interface WriteRequest {
  readonly path: string;
  readonly csv: CsvDialect;
  /** Of the file before. Bytes. */
  readonly size: number;
  readonly bytes: Buffer;
  readonly write: WriteOnce;
}

/**
 * Appends one row by a single write on a descriptor opened for appending, which neither another process of ours nor a
 * running Gradio app can tear. A last line without its end is completed in the same write.
 *
 * @throws ExpectedError when the row could not be written whole; the file is then as it was
 */
export async function appendRow(
  { path, csv, header, row }: AppendRequest,
  lock: HeldLock,
  counter: RowCounter,
  write: WriteOnce = writeOnce,
): Promise<Appended> {
  const file = await open(path, 'a+');
  try {
    const state = await settledEnd(() => counter.scan(path, file, csv));
    const before = state.offset === 0 ? header : completion(state, csv);
    const bytes = Buffer.from(before + row);
    await lock.note({ append: path, size: state.offset, text: before + row, quote: csv.quote });
    await writeWhole(file, { path, csv, size: state.offset, bytes, write });
    const at = await findBytes(file, bytes, state.offset);
    const records = await counter.count(path, file, csv);
    return { offset: at + Buffer.byteLength(before), records, begun: state.offset === 0 };
  } finally {
    await file.close();
  }
}

/**
 * The end of the file once nobody is in the middle of a write: a reader can see the beginning of another program's row
 * before its end. A last line that stays as it is has lost its end for good.
 */
async function settledEnd(scan: () => Promise<ScanState>): Promise<ScanState> {
  let state = await scan();
  for (let look = 0; look < 5 && state.offset > 0 && !isComplete(state); look++) {
    await wait(10);
    state = await scan();
  }
  return state;
}

/** What a file needs before a record may follow. */
function completion(state: ScanState, { quote, lineEnd }: CsvDialect): string {
  if (isComplete(state)) return '';
  return (isInsideQuotes(state) ? quote : '') + lineEnd;
}

/** Writes everything or leaves the file as it was. */
async function writeWhole(file: FileHandle, request: WriteRequest): Promise<void> {
  const { path, bytes, write } = request;
  let written = 0;
  let cause: unknown;
  try {
    written = await write(file, bytes);
  } catch (error) {
    cause = error;
  }
  if (written === bytes.length && cause === undefined) return;
  await takeBack(file, request, bytes.subarray(0, written));
  const full = cause === undefined || errorCode(cause) === 'ENOSPC';
  throw new ExpectedError(
    `The row could not be written to ${path}: ${full ? 'the disk is full' : messageOf(cause)}.`,
    full ? 'Nothing was added. Make room, then flag again.' : 'Nothing was added.',
    '',
    { cause },
  );
}

/**
 * Removes the beginning of a row whose end found no room. It is cut off where it is the end of the file, since a copy
 * without it would need the room that is missing; a row that another program put behind it is kept.
 */
async function takeBack(file: FileHandle, { path, csv, size }: WriteRequest, torn: Buffer): Promise<void> {
  if (torn.length > 0) {
    const appended = await readAt(file, size, (await file.stat()).size);
    const at = Math.max(appended.lastIndexOf(torn), 0);
    if (at + torn.length === appended.length) await file.truncate(size + at);
    else await removeBytes(path, size + at, torn.length, csv);
  }
  if (size === 0 && (await file.stat()).size === 0) await rm(path);
}

/**
 * Where bytes that were just appended begin: at the old end, unless another program appended in between. Undoing looks
 * at the content as well, so a program that rewrote the log meanwhile does no harm.
 */
async function findBytes(file: FileHandle, bytes: Buffer, from: number): Promise<number> {
  const appended = await readAt(file, from, (await file.stat()).size);
  return from + Math.max(appended.indexOf(bytes), 0);
}
