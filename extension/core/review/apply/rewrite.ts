import { createHash } from 'node:crypto';
import { stat, type FileHandle } from 'node:fs/promises';
import type { TableOptions } from '../../dataset/table';
import { isSameVersion, versionOf, type FileVersion } from '../../fileVersion';
import { openForReading, readAt } from '../../readAt';
import { replaceBytes } from './beside';
import { changed } from './failures';
import { Patcher, type PatcherOptions } from './patcher';
import type { BytePatch } from './types';
import type { FileDigest } from './undoFile';

/** Even, so that no code unit of UTF-16 is cut. */
const pieceSize = 1 << 20;

export interface Rewrite extends TableOptions, PatcherOptions {
  /** Absolute, no link. */
  readonly file: string;
  readonly patch: BytePatch;
  /** SHA-256 of the file that the patch belongs to. */
  readonly sha256: string;
  /** Its version, which is looked at before anything is read. */
  readonly version?: FileVersion;
  /** Called after each piece. */
  readonly onPiece?: () => Promise<void>;
  /** Called when the new file is complete and on disk, before it takes the place of the old one. */
  readonly onReady?: (before: FileDigest, after: FileDigest) => Promise<void>;
}

/**
 * Carries out a patch in one pass, beside the file, and puts the new file in its place. Both are hashed on the way: what
 * was read has to be what the patch belongs to, to the last byte.
 *
 * @throws ChangedError when it is not; the reason of the signal when it is aborted
 */
export async function rewrite(work: Rewrite): Promise<void> {
  const { file, sha256, onReady } = work;
  const source = await openForReading(file);
  try {
    const version = versionOf(await source.stat());
    if (work.version && !isSameVersion(version, work.version)) throw changed(file);
    const digests = { before: new Digest(), after: new Digest() };
    await replaceBytes(
      file,
      (sink) => copy(source, version.size, sink, digests, work),
      async () => {
        const before = digests.before.finish();
        const isAsPlanned = before.sha256 === sha256 && isSameVersion(versionOf(await stat(file)), version);
        if (!isAsPlanned) throw changed(file);
        await onReady?.(before, digests.after.finish());
      },
    );
  } finally {
    await source.close();
  }
}

async function copy(
  source: FileHandle,
  size: number,
  sink: FileHandle,
  { before, after }: { readonly before: Digest; readonly after: Digest },
  { patch, signal, onProgress, onPiece, ...options }: Rewrite,
): Promise<void> {
  const patcher = new Patcher(patch, options);
  const put = async (pieces: readonly Buffer[]): Promise<void> => {
    const [only] = pieces;
    const bytes = only && pieces.length === 1 ? only : Buffer.concat(pieces);
    after.add(bytes);
    await sink.writeFile(bytes);
    await onPiece?.();
  };
  for (let at = 0; at < size; at += pieceSize) {
    signal?.throwIfAborted();
    const piece = await readAt(source, at, Math.min(at + pieceSize, size));
    before.add(piece);
    await put(patcher.push(piece));
    onProgress?.(at + piece.length, size);
  }
  await put(patcher.end());
}

class Digest {
  private readonly hash = createHash('sha256');
  private size = 0;

  add(bytes: Buffer): void {
    this.hash.update(bytes);
    this.size += bytes.length;
  }

  finish(): FileDigest {
    return { size: this.size, sha256: this.hash.digest('hex') };
  }
}
