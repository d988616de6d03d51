import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

/** How the characters of a log are written. A byte order mark is no part of its text. */
export type LogEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Windows-1252 where it differs from Latin-1; Node 20 decodes it as Latin-1 altogether. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The encoding of a file: UTF-16 by its byte order mark, UTF-8 if all of it is, else Windows-1252, which Gradio up to
 * 3.1 wrote on western Windows.
 */
export async function encodingOf(path: string): Promise<LogEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of chunksOf(path)) {
      const marked = first ? markOf(chunk) : undefined;
      if (marked) return marked;
      first = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

/** The bytes of a file as UTF-8, without a byte order mark, in pieces. */
export async function* utf8Of(path: string, encoding: LogEncoding): AsyncGenerator<Buffer> {
  const decoder = new LogDecoder(encoding);
  for await (const chunk of chunksOf(path)) yield Buffer.from(decoder.decode(chunk));
  yield Buffer.from(decoder.end());
}

/** Decodes a text piece by piece. */
class LogDecoder {
  private readonly decoder: TextDecoder | undefined;

  constructor(encoding: LogEncoding) {
    this.decoder = encoding === 'windows-1252' ? undefined : new TextDecoder(encoding);
  }

  decode(bytes: Uint8Array): string {
    if (this.decoder) return this.decoder.decode(bytes, { stream: true });
    const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    return latin.replace(/[\u0080-\u009f]/g, (unit) => windows1252.charAt(unit.charCodeAt(0) - 0x80));
  }

  end(): string {
    return this.decoder?.decode() ?? '';
  }
}

function markOf([first, second]: Uint8Array): LogEncoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function chunksOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 1 << 18 });
}
