import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readAt } from './rowCount';

/** A Gradio app that had the log open when it was replaced has written its row by then. Milliseconds. */
const grace = [5, 20, 60];

/**
 * Takes a range of bytes out of a log that another program may be appending to. The log is written anew beside itself
 * and renamed over the old one; what reached the old file after it was read is carried over, so that no row is lost.
 * Truncating in place would be quicker and could cut off a row that is being appended.
 */
export async function removeBytes(path: string, offset: number, length: number): Promise<void> {
  const target = await realpath(path);
  const old = await open(target, 'r');
  const temporary = join(dirname(target), `.flag-review-${randomUUID()}.tmp`);
  try {
    const { size, mode } = await old.stat();
    const copy = createWriteStream(temporary, { flags: 'wx', mode, flush: true });
    await pipeline(rangesOf(target, [0, offset], [offset + length, size]), copy);
    await rename(temporary, target);
    await carryOver(old, size, target);
  } finally {
    await old.close();
    await rm(temporary, { force: true });
  }
}

async function* rangesOf(
  path: string,
  ...ranges: readonly (readonly [start: number, end: number])[]
): AsyncIterable<Buffer> {
  for (const [start, end] of ranges) {
    if (start < end) yield* createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Buffer>;
  }
}

async function carryOver(old: FileHandle, copied: number, target: string): Promise<void> {
  let done = copied;
  for (const pause of [0, ...grace]) {
    await wait(pause);
    const late = await readAt(old, done, (await old.stat()).size);
    if (late.length === 0) continue;
    const file = await open(target, 'a');
    await file.write(late).finally(() => file.close());
    done += late.length;
  }
}
