import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { errorCode, ExpectedError } from '../../errors';
import { isSameVersion, versionOf } from '../../fileVersion';
import { openForReading } from '../../readAt';
import { blobHeader, blobId } from '../blobId';
import type { StagedFile } from './types';

/** What reading files takes and reports. */
export interface StageOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes that were read since the last call. */
  readonly onBytes?: (bytes: number) => void;
  /** Sees the bytes of a file as they pass; the buffer is used again afterwards. */
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** Bytes that are read and hashed at once; short enough not to keep others waiting. */
const chunkBytes = 256 * 1024;

/**
 * Sizes and hashes a file in one pass, in constant memory.
 *
 * @param path in the repository
 * @param file absolute path on this disk
 * @throws ExpectedError when the file is gone, may not be read, or changes meanwhile
 */
export async function stageFile(path: string, file: string, options: StageOptions = {}): Promise<StagedFile> {
  const handle = await openForReading(file).catch(unreadable(file));
  try {
    return { path, file, ...(await hashesOf(handle, file, options)) };
  } finally {
    await handle.close();
  }
}

/** To catch with: says in words that a file may not be read; throws every other failure on. */
function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') throw error;
    throw new ExpectedError(`You may not read ${file}.`, 'Change its permissions, or leave it out.', '', {
      cause: error,
    });
  };
}

async function hashesOf(
  handle: FileHandle,
  file: string,
  { signal, onBytes, onChunk }: StageOptions,
): Promise<Omit<StagedFile, 'path' | 'file'>> {
  const before = await handle.stat();
  const { size } = before;
  const blob = createHash('sha1').update(blobHeader(size));
  const content = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size + 1));
  let read = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, read);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    blob.update(chunk);
    content.update(chunk);
    onChunk?.(chunk);
    onBytes?.(bytesRead);
    read += bytesRead;
    if (read > size) break;
  }
  if (read !== size || !isSameVersion(versionOf(before), versionOf(await handle.stat()))) {
    throw new ExpectedError(`${file} changed while it was read.`, 'Push again when nothing writes to it any more.');
  }
  return { size, modified: before.mtimeMs, oid: blob.digest('hex'), sha256: content.digest('hex') };
}

/** The same of bytes that are no file. */
export function idsOf(bytes: Uint8Array): Pick<StagedFile, 'size' | 'oid' | 'sha256'> {
  return {
    size: bytes.length,
    oid: blobId(bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
