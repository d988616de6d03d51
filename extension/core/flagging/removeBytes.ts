import { createWriteStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readAt } from './rowCount';

const temporaryName = '.flag-review.rewrite';

/** A Gradio app that had the log open when it was replaced has written its row by then. Milliseconds. */
const grace = [5, 20, 60];

/**
 * Takes a range of bytes out of a log that another program may be appending to; under the lock. The log is written anew
 * beside itself and renamed over the old one; what reached the old file after it was read is carried over, so that no
 * row is lost. Truncating in place would be quicker and could cut off a row that is being appended.
 */
export async function removeBytes(path: string, offset: number, length: number): Promise<void> {
  const old = await open(path, 'r');
  const temporary = join(dirname(path), temporaryName);
  try {
    const { size, mode } = await old.stat();
    await rm(temporary, { force: true });
    const copy = createWriteStream(temporary, { flags: 'wx', mode, flush: true });
    await pipeline(rangesOf(old, [0, offset], [offset + length, size]), copy);
    await rename(temporary, path);
    await carryOver(old, size, path);
  } finally {
    await old.close();
    await rm(temporary, { force: true });
  }
}

/** Removes a log that holds nothing but its header; comes back when another program appended to it meanwhile. */
export async function removeLog(path: string, header: Buffer): Promise<void> {
  const old = await open(path, 'r');
  try {
    if (!(await readAt(old, 0, (await old.stat()).size)).equals(header)) return;
    await rm(path);
    await carryOver(old, header.length, path, header);
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

/** @param lead written before what is carried into a file that is new */
async function carryOver(
  old: FileHandle,
  copied: number,
  target: string,
  lead: Uint8Array = Buffer.alloc(0),
): Promise<void> {
  let done = copied;
  for (const pause of [0, ...grace]) {
    await wait(pause);
    const late = await readAt(old, done, (await old.stat()).size);
    if (late.length === 0) continue;
    const file = await open(target, 'a');
    try {
      const isNew = (await file.stat()).size === 0;
      await file.write(isNew ? Buffer.concat([lead, late]) : late);
    } finally {
      await file.close();
    }
    done += late.length;
  }
}
