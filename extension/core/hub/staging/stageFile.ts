import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { StagedFile } from './types';

/** Reads a file once for its hashes. @param path in the repository, with `/` */
export async function stageFile(path: string, file: string, signal?: AbortSignal): Promise<StagedFile> {
  const { size, mtimeMs } = await stat(file);
  const sha256 = createHash('sha256');
  const blob = createHash('sha1').update(`blob ${size}\0`);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    blob.update(chunk);
  }
  return { path, file, size, modified: mtimeMs, oid: blob.digest('hex'), sha256: sha256.digest('hex') };
}
