import { decode, encode, type Encoding } from '../../csv/encodings';
import { unitSize } from '../../csv/units';

/**
 * Bytes as a text of one character a code unit, so that places in it are places in the file whatever the bytes say, also
 * where they are no valid UTF-8. All that divides records and cells is ASCII, and is the same in it.
 */
export function unitText(bytes: Buffer, encoding: Encoding): string {
  if (unitSize(encoding) === 1) return bytes.toString('latin1');
  return (encoding === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
}

/** The bytes of a text that is of one character a code unit. */
export function unitBytes(text: string, encoding: Encoding): Buffer {
  if (unitSize(encoding) === 1) return Buffer.from(text, 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

/** @returns undefined when the encoding has no bytes for one of its characters */
export function toUnitText(text: string, encoding: Encoding): string | undefined {
  const bytes = encode(text, encoding);
  return bytes && unitText(bytes, encoding);
}

export function fromUnitText(text: string, encoding: Encoding): string {
  return decode(unitBytes(text, encoding), encoding);
}
