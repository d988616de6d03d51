/**
 * Reads zip archives (PKWARE's APPNOTE 6.3) as far as `.npz` files need them: members that are stored or deflated, with
 * or without the 64-bit fields, which numpy always writes.
 */
import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { ExpectedError } from '../errors';
import { readAt } from '../readAt';

export interface ZipMember {
  /** Its path within the archive. */
  readonly name: string;
  /** Bytes of what the member says when it is unpacked. */
  readonly size: number;
  readonly packedSize: number;
  readonly isDeflated: boolean;
  /** Where its local header begins. Bytes. */
  readonly offset: number;
}

/** Where the list of members is. Bytes. */
interface Directory {
  readonly start: number;
  readonly size: number;
}

const signatures = { local: 0x04034b50, member: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 };
const endLength = 22;
const locatorLength = 20;
const memberLength = 46;
const localLength = 30;
/** A comment of up to 65,535 bytes may follow the end record. */
const longestEnd = endLength + 0xffff;
/** Stands in a 32-bit field whose value is among the 64-bit ones. */
const elsewhere = 0xffffffff;
const chunkSize = 1 << 20;

/**
 * The members of an archive.
 *
 * @param name what messages call the file
 * @throws ExpectedError when it is no archive, ends early, or is encrypted
 */
export async function readZipMembers(file: FileHandle, name: string): Promise<readonly ZipMember[]> {
  const { start, size } = await findDirectory(file, name);
  const bytes = await readAt(file, start, start + size);
  const members: ZipMember[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < memberLength || bytes.readUInt32LE(at) !== signatures.member) throw damaged(name);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + memberLength + (nameLength ?? 0);
    const extraEnd = nameEnd + (extraLength ?? 0);
    const member = bytes.toString('utf8', at + memberLength, nameEnd);
    members.push(memberOf(bytes.subarray(at, at + memberLength), bytes.subarray(nameEnd, extraEnd), member, name));
    at = extraEnd + (commentLength ?? 0);
  }
  return members;
}

/** What a member says, unpacked piece by piece. */
export async function* unpack(
  file: FileHandle,
  member: ZipMember,
  name: string,
): AsyncGenerator<Buffer, void, undefined> {
  const header = await readAt(file, member.offset, member.offset + localLength);
  if (header.length < localLength || header.readUInt32LE(0) !== signatures.local) throw damaged(name);
  const start = member.offset + localLength + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = chunksOf(file, start, start + member.packedSize);
  if (!member.isDeflated) return yield* packed;
  const inflate = createInflateRaw({ chunkSize });
  // What fails on either side is thrown where the pieces are read.
  pipeline(Readable.from(packed), inflate, () => undefined);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } catch (error) {
    throw damaged(name, error);
  }
}

async function* chunksOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = start; at < end; at += chunkSize) {
    const chunk = await readAt(file, at, Math.min(at + chunkSize, end));
    yield chunk;
    if (chunk.length === 0) return;
  }
}

async function findDirectory(file: FileHandle, name: string): Promise<Directory> {
  const { size: fileSize } = await file.stat();
  const tailStart = Math.max(0, fileSize - longestEnd);
  const tail = await readAt(file, tailStart, fileSize);
  let end = tail.length - endLength;
  while (end >= 0 && !isEnd(tail, end)) end--;
  if (end < 0) throw new ExpectedError(`${name} is no .npz file, or ends early.`, 'Save it again with numpy.savez.');
  const short = { size: tail.readUInt32LE(end + 12), start: tail.readUInt32LE(end + 16) };
  const isShort = short.size !== elsewhere && short.start !== elsewhere;
  const directory = isShort ? short : await findDirectory64(file, tailStart + end - locatorLength, name);
  if (directory.start + directory.size > fileSize) throw damaged(name);
  return directory;
}

/** The signature alone may stand within a comment, too. */
function isEnd(tail: Buffer, at: number): boolean {
  return tail.readUInt32LE(at) === signatures.end && at + endLength + tail.readUInt16LE(at + 20) === tail.length;
}

async function findDirectory64(file: FileHandle, locatorStart: number, name: string): Promise<Directory> {
  const locator = await readAt(file, Math.max(0, locatorStart), Math.max(0, locatorStart) + locatorLength);
  if (locatorStart < 0 || locator.readUInt32LE(0) !== signatures.locator) throw damaged(name);
  const at = Number(locator.readBigUInt64LE(8));
  const record = await readAt(file, at, at + 56);
  if (record.length < 56 || record.readUInt32LE(0) !== signatures.end64) throw damaged(name);
  return { size: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)) };
}

function memberOf(entry: Buffer, extra: Buffer, member: string, name: string): ZipMember {
  const [flags, method] = [entry.readUInt16LE(8), entry.readUInt16LE(10)];
  if (flags & 1) throw new ExpectedError(`${name} is encrypted.`, 'Save it again with numpy.savez.');
  if (method !== 0 && method !== 8)
    throw new ExpectedError(
      `${member} in ${name} is packed by method ${method}, which is not read.`,
      'Save it with numpy.savez or numpy.savez_compressed.',
    );
  const short = [24, 20, 42].map((field) => entry.readUInt32LE(field));
  const long = longFields(extra);
  const [size = 0, packedSize = 0, offset = 0] = short.map((value) =>
    value === elsewhere ? (long.shift() ?? value) : value,
  );
  return { name: member, size, packedSize, isDeflated: method === 8, offset };
}

/** The 64-bit values of an extra field, which are there for the 32-bit ones that say so, in this order. */
function longFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)];
    const body = extra.subarray(at + 4, at + 4 + length);
    if (id === 1)
      return Array.from({ length: Math.floor(body.length / 8) }, (_, index) => Number(body.readBigUInt64LE(index * 8)));
    at += 4 + length;
  }
  return [];
}

function damaged(name: string, cause?: unknown): ExpectedError {
  return new ExpectedError(`${name} is damaged.`, 'Save it again with numpy.savez.', '', { cause });
}
