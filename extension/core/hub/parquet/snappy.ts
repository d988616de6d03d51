const tableBits = 14;
/** Where four bytes of this hash were seen last. */
const lastSeen = new Uint32Array(1 << tableBits);
/** How far back a copy may reach. */
const farthest = 0xffff;
/** So many bytes at the end are not looked for. */
const margin = 15;

/**
 * Compresses bytes into the format of Snappy (https://github.com/google/snappy/blob/main/format_description.txt), in the
 * way of its reference implementation: the farther the last match is behind, the fewer bytes are looked at. It makes no
 * object for a match, of which a row group has tens of thousands.
 */
export function snappyCompress(input: Uint8Array): Uint8Array {
  const { length } = input;
  const words = new DataView(input.buffer, input.byteOffset, length);
  const output = new Elements(length);
  lastSeen.fill(0);
  let written = 0;
  for (let at = 1, misses = 32; at < length - margin;) {
    const word = words.getUint32(at, true);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - tableBits);
    const before = lastSeen[slot] ?? 0;
    lastSeen[slot] = at;
    if (at - before > farthest || words.getUint32(before, true) !== word) {
      at += misses++ >>> 5;
      continue;
    }
    const end = matchEnd(input, before + 4, at + 4);
    output.addLiteral(input, written, at);
    output.addCopy(at - before, end - at);
    at = written = end;
    misses = 32;
  }
  output.addLiteral(input, written, length);
  return output.finish();
}

/** Where bytes from `at` on no longer equal those from `before` on. */
function matchEnd(input: Uint8Array, before: number, at: number): number {
  while (at < input.length && input[before] === input[at]) {
    before++;
    at++;
  }
  return at;
}

/** What compressed bytes are made of: their length, then literals and copies of what came before. */
class Elements {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(32 + length + Math.ceil(length / 6));
    let rest = length;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.at++] = (rest & 0x7f) | 0x80;
    this.bytes[this.at++] = rest;
  }

  addLiteral(input: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    const last = to - from - 1;
    if (last < 60) this.bytes[this.at++] = last << 2;
    else {
      const lengthBytes = 4 - (Math.clz32(last) >>> 3);
      this.bytes[this.at++] = (59 + lengthBytes) << 2;
      for (let byte = 0; byte < lengthBytes; byte++) this.bytes[this.at++] = last >>> (8 * byte);
    }
    for (let index = from; index < to; index++) this.bytes[this.at++] = input[index] ?? 0;
  }

  addCopy(distance: number, length: number): void {
    let left = length;
    // What is left for the last copy has four bytes at least, the fewest of its short form.
    for (; left >= 68; left -= 64) this.addShortCopy(distance, 64);
    if (left > 64) {
      this.addShortCopy(distance, 60);
      left -= 60;
    }
    this.addShortCopy(distance, left);
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  /** @param length 4 to 64 */
  private addShortCopy(distance: number, length: number): void {
    const isNear = length < 12 && distance < 2048;
    this.bytes[this.at++] = isNear ? 1 | ((length - 4) << 2) | ((distance >>> 8) << 5) : 2 | ((length - 1) << 2);
    this.bytes[this.at++] = distance & 0xff;
    if (!isNear) this.bytes[this.at++] = distance >>> 8;
  }
}
