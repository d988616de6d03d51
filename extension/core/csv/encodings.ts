import { isUtf8 } from 'node:buffer';

/** How a file's bytes are read as text. `windows-1252` is what VS Code calls it; any bytes are valid in it. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark; 0 when there is none. */
  readonly bomLength: number;
}

const byteOrderMarks: readonly (readonly [Encoding, ...number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/**
 * The encoding of a file by its byte order mark, else UTF-8 where the bytes are valid in it, else Windows-1252.
 *
 * @param head the beginning of the file
 * @param isWhole whether that is all of it, so that an incomplete last character is no UTF-8
 */
export function detectEncoding(head: Uint8Array, isWhole = false): DetectedEncoding {
  for (const [encoding, ...mark] of byteOrderMarks) {
    if (mark.every((byte, index) => head[index] === byte)) return { encoding, bomLength: mark.length };
  }
  return { encoding: isUtf8(isWhole ? head : withoutLastCharacter(head)) ? 'utf-8' : 'windows-1252', bomLength: 0 };
}

/** The text of bytes; a byte order mark stays its first character, what is invalid becomes U+FFFD. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  return createDecoder(encoding).decode(bytes);
}

/**
 * The bytes of a text, without a byte order mark.
 *
 * @returns undefined when the encoding has no bytes for one of its characters
 */
export function encode(text: string, encoding: Encoding): Buffer | undefined {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'windows-1252') return toWindows1252(text);
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

/** Reads bytes that come in pieces: `decode(piece, { stream: true })`, and `decode()` at the end. */
export interface Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

export function createDecoder(encoding: Encoding): Decoder {
  return encoding === 'windows-1252' ? windows1252 : new TextDecoder(encoding, { ignoreBOM: true });
}

/** What the last character of a sample would be may be cut. */
function withoutLastCharacter(bytes: Uint8Array): Uint8Array {
  let end = bytes.length - 1;
  while (end > bytes.length - 4 && isContinuation(bytes[end])) end--;
  return bytes.subarray(0, Math.max(0, end));
}

function isContinuation(byte = 0): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

/** What Windows-1252 has for 0x80 to 0x9f; the five bytes that it leaves out stand for themselves, as on the web. */
const from80 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Of our own, because the `TextDecoder` of some Node.js releases reads Windows-1252 as Latin-1. */
const windows1252: Decoder = {
  decode(bytes = new Uint8Array()) {
    const { buffer, byteOffset, byteLength } = bytes;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
    return text.replace(/[\x80-\x9f]/g, (unit) => from80.charAt(unit.charCodeAt(0) - 0x80));
  },
};

function toWindows1252(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isLatin1 = unit < 0x80 || (unit >= 0xa0 && unit <= 0xff);
    const place = isLatin1 ? 0 : from80.indexOf(text.charAt(at));
    if (place < 0) return undefined;
    bytes[at] = isLatin1 ? unit : 0x80 + place;
  }
  return bytes;
}
