import { open, type FileHandle } from 'node:fs/promises';
import type { CsvDialect } from '../csv/dialect';
import { isComplete, isInsideQuotes, type ScanState } from '../csv/records';
import { ExpectedError, messageOf } from '../errors';
import type { HeldLock } from './lock';
import { removeBytes } from './removeBytes';
import { readAt, type RowCounter } from './rowCount';

/** What an append did. */
export interface Appended {
  /** Where the row begins, in bytes. */
  readonly offset: number;
  /** Records of the file now, its header included. */
  readonly records: number;
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
    const state = await counter.scan(path, file, csv);
    const before = state.offset === 0 ? header : completion(state, csv);
    const bytes = Buffer.from(before + row);
    await lock.note({ append: path, size: state.offset, text: before + row });
    await writeWhole(file, path, state.offset, bytes, write);
    const at = await findBytes(file, bytes, state.offset);
    return { offset: at + Buffer.byteLength(before), records: await counter.count(path, file, csv) };
  } finally {
    await file.close();
  }
}

/** What a file needs before a record may follow. */
function completion(state: ScanState, { quote, lineEnd }: CsvDialect): string {
  if (isComplete(state)) return '';
  return (isInsideQuotes(state) ? quote : '') + lineEnd;
}

async function writeWhole(
  file: FileHandle,
  path: string,
  size: number,
  bytes: Buffer,
  write: WriteOnce,
): Promise<void> {
  let written = 0;
  let cause: unknown;
  try {
    written = await write(file, bytes);
  } catch (error) {
    cause = error;
  }
  if (written === bytes.length && cause === undefined) return;
  if (written > 0) await removeBytes(path, await findBytes(file, bytes.subarray(0, written), size), written);
  const why = cause === undefined ? 'the disk is full' : messageOf(cause);
  throw new ExpectedError(
    `The row could not be written to ${path}: ${why}.`,
    'Nothing was added. Make room, then flag again.',
    '',
    { cause },
  );
}

/** Where bytes that were just appended begin: at the old end, unless another program appended in between. */
async function findBytes(file: FileHandle, bytes: Buffer, from: number): Promise<number> {
  const appended = await readAt(file, from, (await file.stat()).size);
  const at = appended.indexOf(bytes);
  if (at < 0)
    throw new ExpectedError(
      'The flag log was rewritten by another program while a row was added.',
      'Look whether the row is there before flagging again.',
    );
  return from + at;
}
