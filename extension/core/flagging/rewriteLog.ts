import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { detectEncoding, encode, type Encoding } from '../csv/encodings';
import { isComplete, scanEnd, scanRecords, scanStart } from '../csv/records';
import { toUnits, unitSize } from '../csv/units';
import { ExpectedError, notFound } from '../errors';
import { readAt } from '../readAt';
import { carryOver, temporaryName, type Separators } from './removeBytes';

/** A log as it stands in its file. */
export interface LogBytes {
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /** Where each record begins, in bytes; at last where the last one ends. */
  readonly starts: readonly number[];
  /** Where the whole records end, in bytes: what follows has no line end, or is still being written. */
  readonly whole: number;
}

/** Bytes of a file and what stands in their place. */
export interface ByteChange {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Buffer;
}

export interface RewriteOptions {
  readonly csv: Separators;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Changes a log that another program may be appending to; under the lock. It is read once and written once, beside
 * itself, then renamed over the old one; what reached the old file meanwhile is carried over, so that no row is lost.
 *
 * @param change the changes, in any order and without overlaps; without any the file is left alone
 */
export async function rewriteLog(
  path: string,
  { csv, signal }: RewriteOptions,
  change: (log: LogBytes) => readonly ByteChange[],
): Promise<void> {
  const old = await openLog(path);
  try {
    const { size, mode } = await old.stat();
    const log = parseBytes(await readAt(old, 0, size), csv);
    const changes = [...change(log)].sort((a, b) => a.offset - b.offset);
    const last = changes.at(-1);
    if (!last) return;
    signal?.throwIfAborted();
    const done = Math.max(log.whole, last.offset + last.length);
    await replaceFile(path, mode, applyChanges(log.bytes.subarray(0, done), changes));
    await carryOver(old, done, { path, csv, encoding: log.encoding, header: Buffer.alloc(0) });
  } finally {
    await old.close();
  }
}

/**
 * Finds records by their texts, in one pass. Of equal ones those that stand last are taken, one for each text.
 *
 * @returns the position of each text's record, undefined where there is none
 */
export function findRecords({ bytes, encoding, starts }: LogBytes, texts: readonly string[]): (number | undefined)[] {
  const wanted = new Map<string, number[]>();
  const lengths = new Set<number>();
  for (const [index, text] of texts.entries()) {
    const encoded = encode(text, encoding);
    if (!encoded) continue;
    lengths.add(encoded.length);
    const key = encoded.toString('latin1');
    const known = wanted.get(key);
    if (known) known.push(index);
    else wanted.set(key, [index]);
  }
  const found = new Array<number | undefined>(texts.length).fill(undefined);
  for (let record = starts.length - 2; record >= 0; record--) {
    const [start = 0, end = 0] = [starts[record], starts[record + 1]];
    if (!lengths.has(end - start)) continue;
    const index = wanted.get(bytes.toString('latin1', start, end))?.pop();
    if (index !== undefined) found[index] = record;
  }
  return found;
}

/**
 * The bytes of a text in the encoding of its log.
 *
 * @throws ExpectedError naming the character that the encoding does not have
 */
export function encodeFor(text: string, encoding: Encoding): Buffer {
  const bytes = encode(text, encoding);
  if (bytes) return bytes;
  const lost = Array.from(text).find((character) => encode(character, encoding) === undefined) ?? '';
  throw new ExpectedError(
    `The log is in ${encoding}, which has no “${lost}”. Nothing was changed.`,
    'Write it without that character, or save the log as UTF-8.',
  );
}

function parseBytes(bytes: Buffer, csv: Separators): LogBytes {
  const { encoding, bomLength } = detectEncoding(bytes, true);
  const unit = unitSize(encoding);
  const starts: number[] = [];
  const collect = (start: number): void => void starts.push(bomLength + start * unit);
  const state = scanRecords(toUnits(bytes.subarray(bomLength), encoding), scanStart, csv, collect);
  scanEnd(state, collect);
  const whole = isComplete(state) ? bytes.length : bomLength + state.recordStart * unit;
  return { bytes, encoding, starts: [...starts, bytes.length], whole };
}

function applyChanges(bytes: Buffer, changes: readonly ByteChange[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const change of changes) {
    parts.push(bytes.subarray(at, change.offset), change.bytes);
    at = change.offset + change.length;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

function openLog(path: string): Promise<FileHandle> {
  return open(path, 'r').catch(notFound(`There is no log ${path} any more.`));
}

async function replaceFile(path: string, mode: number, bytes: Buffer): Promise<void> {
  const temporary = join(dirname(path), temporaryName);
  await rm(temporary, { force: true });
  try {
    const copy = await open(temporary, 'wx', mode);
    await writeAndClose(copy, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeAndClose(file: FileHandle, bytes: Buffer): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
