import { open, type FileHandle } from 'node:fs/promises';
import { ReadableStream } from 'node:stream/web';
import { ExpectedError, messageOf } from '../../errors';
import { readAt } from '../../readAt';

const pieceLength = 256 * 1024;

type Stream = ReturnType<Blob['stream']>;

/**
 * A file of this disk, or a part of it, that is opened when it is read and never held in memory as a whole.
 *
 * Reading fails with an ExpectedError when the file is not as long as it was when it was planned.
 */
export class FileContent extends Blob {
  override readonly size: number;

  constructor(
    private readonly file: string,
    /** Of the whole file, as planned. Bytes. */
    private readonly planned: number,
    private readonly start = 0,
    private readonly end = planned,
  ) {
    super([]);
    this.size = end - start;
  }

  override slice(start = 0, end = this.size): FileContent {
    const from = Math.min(this.start + start, this.end);
    return new FileContent(this.file, this.planned, from, Math.max(from, Math.min(this.start + end, this.end)));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const content = new Uint8Array(this.size);
    let at = 0;
    for await (const piece of this.pieces()) {
      content.set(piece, at);
      at += piece.length;
    }
    return content.buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  override stream(): Stream {
    return ReadableStream.from(this.pieces()) as Stream;
  }

  private async *pieces(): AsyncGenerator<Uint8Array> {
    const file = await this.open();
    try {
      for (let at = this.start; at < this.end; at += pieceLength) {
        yield await this.read(file, at, Math.min(at + pieceLength, this.end));
      }
    } finally {
      await file.close();
    }
  }

  private async open(): Promise<FileHandle> {
    const file = await open(this.file, 'r').catch((error: unknown) => {
      throw new ExpectedError(`${this.file} cannot be read any more: ${messageOf(error)}.`, 'Plan the push again.');
    });
    const { size } = await file.stat();
    if (size === this.planned) return file;
    await file.close();
    throw contentChanged(this.file);
  }

  private async read(file: FileHandle, start: number, end: number): Promise<Buffer> {
    const bytes = await readAt(file, start, end);
    if (bytes.length < end - start) throw contentChanged(this.file);
    return bytes;
  }
}

/** A text as UTF-8 that is encoded piece by piece while it is sent. */
export class TextContent extends Blob {
  override readonly size: number;

  constructor(private readonly content: string) {
    super([]);
    this.size = Buffer.byteLength(content);
  }

  override stream(): Stream {
    return ReadableStream.from(this.pieces()) as Stream;
  }

  private *pieces(): Generator<Uint8Array> {
    for (let at = 0; at < this.content.length;) {
      const end = Math.min(at + pieceLength, this.content.length);
      // The halves of a character beyond U+FFFF stay together.
      const whole = /[\ud800-\udbff]/.test(this.content.charAt(end - 1)) ? end + 1 : end;
      yield Buffer.from(this.content.slice(at, whole));
      at = whole;
    }
  }
}

/** What is thrown for a file that is no longer what was planned. */
export function contentChanged(file: string): ExpectedError {
  return new ExpectedError(`${file} has changed since the push was planned.`, 'Plan the push again.');
}

/** The same content; tells of each piece before a request takes it out. */
export class CountedContent extends Blob {
  /** What kept it from being read: `fetch` itself tells only that it failed. */
  failure: unknown;
  override readonly size: number;

  constructor(
    private readonly content: Blob,
    private readonly onPiece: (bytes: number) => void,
  ) {
    super([], { type: content.type });
    this.size = content.size;
  }

  override stream(): Stream {
    return ReadableStream.from(this.pieces()) as Stream;
  }

  private async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.content.stream() as AsyncIterable<Uint8Array>) {
        this.onPiece(piece.length);
        yield piece;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
