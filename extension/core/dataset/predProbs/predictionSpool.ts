/**
 * Batches that a model has predicted, in a file of JSON lines: a header that tells what they belong to, then one line a
 * batch. A line that was torn when the process ended is passed over.
 */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appendLines } from '../../flagging/lineFile';
import { isRecord, jsonOrUndefined } from '../../json';
import { linesOf } from '../lines';

/** What a spool belongs to; under another one it is begun anew. */
export interface SpoolKey {
  /** As the person wrote it: `model.py:predict`. */
  readonly fn: string;
  /** SHA-256 of the function's file. */
  readonly file: string;
  /** What tells the texts apart. */
  readonly data: string;
}

export interface SpooledBatch {
  /** The first row, from 0. */
  readonly from: number;
  readonly classes: readonly string[] | null;
  readonly rows: readonly (readonly number[])[];
}

/** The finished batches from row 0 on without a gap; none when there is no spool, or one of another key. */
export async function* readSpool(path: string, key: SpoolKey): AsyncGenerator<SpooledBatch, void, undefined> {
  if (!(await exists(path))) return;
  let [isFirst, next] = [true, 0];
  for await (const line of linesOf(path)) {
    const value = jsonOrUndefined(line);
    if (isFirst && !isKey(value, key)) return;
    isFirst = false;
    if (!isBatch(value) || value.from !== next) continue;
    next += value.rows.length;
    yield value;
  }
}

/** Makes a spool without batches in place of what was there. */
export async function beginSpool(path: string, { fn, file, data }: SpoolKey): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify({ fn, file, data })}\n`);
}

export async function appendToSpool(path: string, batch: SpooledBatch): Promise<void> {
  await appendLines(path, [JSON.stringify(batch)]);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function isKey(value: unknown, { fn, file, data }: SpoolKey): boolean {
  return isRecord(value) && value.fn === fn && value.file === file && value.data === data;
}

function isBatch(value: unknown): value is SpooledBatch {
  return (
    isRecord(value) &&
    typeof value.from === 'number' &&
    (value.classes === null || isListOf(value.classes, 'string')) &&
    Array.isArray(value.rows) &&
    value.rows.every((row) => isListOf(row, 'number'))
  );
}

function isListOf(value: unknown, type: 'string' | 'number'): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === type);
}
