import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { createDecoder, detectEncoding, type Encoding } from '../../csv/encodings';

/**
 * The encoding of a file, all of it being looked at: a log that Gradio up to 3.1 wrote on western Windows may have its
 * first letter beyond ASCII at the very end.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of chunksOf(path)) {
      const { encoding, bomLength } = detectEncoding(first ? chunk : Buffer.alloc(0));
      if (bomLength > 0 || encoding !== 'utf-8') return encoding;
      first = false;
      utf8.decode(chunk, { stream: true });
    }
    utf8.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

/** The text of a file as UTF-8, without a byte order mark, in pieces. */
export async function* utf8Of(path: string, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = createDecoder(encoding);
  let first = true;
  for await (const chunk of chunksOf(path)) {
    const bytes = encoding === 'utf-8' ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
    yield first ? bytes.subarray(detectEncoding(bytes.subarray(0, 4)).bomLength) : bytes;
    first = false;
  }
  if (encoding !== 'utf-8') yield Buffer.from(decoder.decode());
}

function chunksOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 1 << 18 });
}
