import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ComponentKind } from '../../demo/components';
import { isFileData } from '../../demo/fileData';
import { isRecord } from '../../json';
import type { Tolerance } from './types';

/**
 * The mean difference of two images per channel, 0 to 255.
 *
 * @returns undefined when either cannot be decoded; Infinity when they differ in size
 */
export type PixelDifference = (one: string, other: string) => Promise<number | undefined>;

export interface Comparison {
  readonly tolerance: Tolerance;
  readonly pixels: PixelDifference;
}

/** Kinds whose numbers are results of computation; numbers elsewhere are data, and equal only when they are. */
const tolerant: readonly ComponentKind[] = ['number', 'slider', 'label'];

/** Whether two payloads of a component are equal: texts and JSON exactly, files by what they hold. */
export async function sameOutput(
  kind: ComponentKind,
  one: unknown,
  other: unknown,
  comparison: Comparison,
): Promise<boolean> {
  if (isFileData(one) && isFileData(other)) return sameFile(one.path, other.path, comparison);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && every(one, (item, index) => sameOutput(kind, item, other[index], comparison));
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return every(keys, (key) => sameOutput(kind, one[key] ?? null, other[key] ?? null, comparison));
  }
  if (typeof one === 'number' && typeof other === 'number') {
    return Object.is(one, other) || one === other || (tolerant.includes(kind) && isClose(one, other, comparison));
  }
  return one === other;
}

function isClose(one: number, other: number, { tolerance }: Comparison): boolean {
  return Math.abs(other - one) <= tolerance.absolute + tolerance.relative * Math.abs(one);
}

async function every<T>(items: readonly T[], holds: (item: T, index: number) => Promise<boolean>): Promise<boolean> {
  for (const [index, item] of items.entries()) {
    if (!(await holds(item, index))) return false;
  }
  return true;
}

async function sameFile(one: string, other: string, { tolerance, pixels }: Comparison): Promise<boolean> {
  if (await sameBytes(one, other)) return true;
  const difference = await pixels(one, other);
  return difference !== undefined && difference <= tolerance.pixels;
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([stat(one), stat(other)]);
  if (first.size !== second.size) return false;
  const chunks = createReadStream(other)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(one) as AsyncIterable<Buffer>) {
    while (rest.length < chunk.length) {
      const next = await chunks.next();
      if (next.done) return false;
      rest = Buffer.concat([rest, next.value]);
    }
    if (!rest.subarray(0, chunk.length).equals(chunk)) return false;
    rest = rest.subarray(chunk.length);
  }
  return true;
}
