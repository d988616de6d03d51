import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './refusal';

/** The LFS objects of one repository, in a folder: content of any size stays out of memory. */
export class LfsObjects {
  private uploads = 0;

  constructor(private readonly directory: string) {}

  has(sha256: string): boolean {
    return existsSync(this.file(sha256));
  }

  file(sha256: string): string {
    return join(this.directory, sha256);
  }

  size(sha256: string): number {
    return statSync(this.file(sha256)).size;
  }

  read(sha256: string): Promise<Buffer> {
    return readFile(this.file(sha256));
  }

  /** @throws Refusal for content that is not what its name says; nothing is kept then */
  async receive(sha256: string, body: Readable): Promise<void> {
    const file = this.temporary();
    const digest = await this.write(file, body, 'sha256').catch(async (error: unknown) => {
      await rm(file, { force: true });
      throw error;
    });
    if (digest !== sha256) {
      await rm(file, { force: true });
      throw new Refusal(400, 'BadDigest: the content is not the one that was announced.');
    }
    await rename(file, this.file(sha256));
  }

  /** @returns its file and its `ETag` */
  async receivePart(body: Readable): Promise<{ readonly file: string; readonly etag: string }> {
    const file = this.temporary();
    return { file, etag: `"${await this.write(file, body, 'md5')}"` };
  }

  /** Makes one object of its parts. */
  async join(sha256: string, parts: readonly string[]): Promise<void> {
    await this.receive(sha256, Readable.from(contents(parts)));
    for (const part of parts) await rm(part, { force: true });
  }

  async add(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.receive(sha256, Readable.from([Buffer.from(bytes)]));
    return sha256;
  }

  private temporary(): string {
    return join(this.directory, `upload-${this.uploads++}`);
  }

  private async write(file: string, body: Readable, algorithm: string): Promise<string> {
    await mkdir(this.directory, { recursive: true });
    const hash = createHash(algorithm);
    const hashing = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(body, hashing, createWriteStream(file));
    return hash.digest('hex');
  }
}

async function* contents(files: readonly string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Buffer>;
}
