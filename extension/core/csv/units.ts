import type { Encoding } from './encodings';

/** How many bytes a code unit of a text file has. */
export function unitSize(encoding: Encoding): 1 | 2 {
  return encoding.startsWith('utf-16') ? 2 : 1;
}

/** Bytes as the code units that `scanRecords` reads; a last half of one is left out. */
export function toUnits(bytes: Uint8Array, encoding: Encoding): Uint8Array | Uint16Array {
  if (unitSize(encoding) === 1) return bytes;
  // A copy of its own begins where a code unit may begin in memory.
  const copy = Buffer.alloc(bytes.length & ~1, bytes);
  if (encoding === 'utf-16be') copy.swap16();
  return new Uint16Array(copy.buffer, copy.byteOffset, copy.length >> 1);
}
