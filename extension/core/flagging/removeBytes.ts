import { createWriteStream } from 'node:fs';
import { open, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { CsvDialect } from '../csv/dialect';
import type { Encoding } from '../csv/encodings';
import { scanRecords, scanStart } from '../csv/records';
import { toUnits, unitSize } from '../csv/units';
import { readAt } from '../readAt';

/** A log is written anew under this name, beside itself. */
export const temporaryName = '.flag-review.rewrite';

const noBytes = Buffer.alloc(0);

/** A Gradio app that had the log open when it was replaced has written its row by then. Milliseconds. */
const grace = [5, 20, 60];

export type Separators = Pick<CsvDialect, 'delimiter' | 'quote'>;

/**
 * Takes a range of bytes out of a log that another program may be appending to; under the lock. The log is written anew
 * beside itself and renamed over the old one; what reached the old file after it was read is carried over, so that no
 * row is lost. A row that is still being written counts as late, because only a part of it can be seen. Truncating in
 * place would be quicker and could cut off a row that is being appended.
 *
 * @param offset where a record begins
 */
export async function removeBytes(path: string, offset: number, length: number, csv: Separators): Promise<void> {
  const old = await open(path, 'r');
  const temporary = join(dirname(path), temporaryName);
  try {
    const { size, mode } = await old.stat();
    await rm(temporary, { force: true });
    const copy = createWriteStream(temporary, { flags: 'wx', mode, flush: true });
    let state = scanStart;
    await pipeline(async function* () {
      for await (const part of rangesOf(old, [0, offset], [offset + length, size])) {
        state = scanRecords(part, state, csv);
        yield part;
      }
    }, copy);
    const whole = Math.max(state.recordStart, offset);
    if (whole < state.offset) await truncate(temporary, whole);
    await rename(temporary, path);
    await carryOver(old, whole + length, { path, csv, header: noBytes });
  } finally {
    await old.close();
    await rm(temporary, { force: true });
  }
}

/** Removes a log that holds nothing but its header; comes back when another program appended to it meanwhile. */
export async function removeLog(path: string, header: Buffer, csv: Separators): Promise<void> {
  const old = await open(path, 'r');
  try {
    if (!(await readAt(old, 0, (await old.stat()).size)).equals(header)) return;
    await rm(path);
    await carryOver(old, header.length, { path, csv, header });
  } finally {
    await old.close();
  }
}

async function* rangesOf(
  file: FileHandle,
  ...ranges: readonly (readonly [start: number, end: number])[]
): AsyncIterable<Buffer> {
  for (const [start, end] of ranges) {
    if (start < end) {
      yield* file.createReadStream({ start, end: end - 1, autoClose: false }) as AsyncIterable<Buffer>;
    }
  }
}

interface Successor {
  readonly path: string;
  readonly csv: Separators;
  readonly encoding?: Encoding;
  /** Written before what is carried into a file that is new. */
  readonly header: Buffer;
}

/** Appends whole records that reach the old file to the new one; at last also what never became whole. */
export async function carryOver(old: FileHandle, copied: number, successor: Successor): Promise<void> {
  const { path, csv, header, encoding = 'utf-8' } = successor;
  let done = copied;
  for (const [look, pause] of [0, ...grace].entries()) {
    await wait(pause);
    const late = await readAt(old, done, (await old.stat()).size);
    const end = look === grace.length ? late.length : wholeLength(late, csv, encoding);
    if (end === 0) continue;
    const file = await open(path, 'a');
    try {
      const isNew = (await file.stat()).size === 0;
      await file.writeFile(isNew ? Buffer.concat([header, late.subarray(0, end)]) : late.subarray(0, end));
    } finally {
      await file.close();
    }
    done += end;
  }
}

/** How many bytes whole records take up. */
function wholeLength(bytes: Buffer, csv: Separators, encoding: Encoding): number {
  return scanRecords(toUnits(bytes, encoding), scanStart, csv).recordStart * unitSize(encoding);
}
