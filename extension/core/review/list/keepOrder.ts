/**
 * Numbers in the order in which they stood before, so that no line moves under the pointer; those that are new stand
 * behind, in their own order.
 */
export function keepOrder(before: Uint32Array, now: Uint32Array): Uint32Array {
  const isLeft = new Uint8Array(now.reduce((most, number) => Math.max(most, number), 0) + 1);
  for (const number of now) isLeft[number] = 1;
  const kept = before.filter((number) => isLeft[number] === 1);
  for (const number of kept) isLeft[number] = 0;
  const ordered = new Uint32Array(now.length);
  ordered.set(kept);
  ordered.set(
    now.filter((number) => isLeft[number] === 1),
    kept.length,
  );
  return ordered;
}
