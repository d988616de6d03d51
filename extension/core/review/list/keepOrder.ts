/**
 * Numbers in the order in which they stood before, so that no line moves under the pointer; those that are new stand
 * behind, in their own order.
 */
export function keepOrder(before: Uint32Array, now: Uint32Array): Uint32Array {
  const left = new Set(now);
  const kept = before.filter((number) => left.has(number));
  for (const number of kept) left.delete(number);
  return Uint32Array.from([...kept, ...left]);
}
