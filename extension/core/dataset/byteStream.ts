/**
 * Reads on until this many bytes are there; fewer when the stream ends, more when its last piece held more.
 *
 * @param before what was read already
 */
export async function takeBytes(bytes: AsyncIterator<Buffer>, count: number, before: Buffer): Promise<Buffer> {
  const pieces = before.length > 0 ? [before] : [];
  let length = before.length;
  while (length < count) {
    const next = await bytes.next();
    if (next.done) break;
    pieces.push(next.value);
    length += next.value.length;
  }
  return pieces.length === 1 ? (pieces[0] ?? before) : Buffer.concat(pieces, length);
}

/**
 * The rest of a stream in pieces of whole items; what is less than an item at its end is left out.
 *
 * @param before what was read already
 * @param width bytes of an item
 */
export async function* piecesOf(
  before: Buffer,
  bytes: AsyncIterator<Buffer>,
  width: number,
): AsyncGenerator<Buffer, void, undefined> {
  let rest = before;
  for (;;) {
    const whole = rest.length - (rest.length % width);
    if (whole > 0) yield rest.subarray(0, whole);
    const next = await takeBytes(bytes, width, rest.subarray(whole));
    if (next.length < width) return;
    rest = next;
  }
}
