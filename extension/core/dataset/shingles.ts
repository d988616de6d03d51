/** Characters (UTF-16 units) of a shingle; of a shorter text, all of it is one. */
const shingleLength = 5;

/** The odd multipliers of two hashes that have nothing to do with each other. */
const multipliers = [0x9e3779b1, 0x85ebca6b] as const;

export function shingleCount(text: string): number {
  return Math.max(1, text.length - shingleLength + 1);
}

/** A 32-bit hash of the shingle that begins at a position of a text. */
export function shingleHash(text: string, from: number, multiplier: number = multipliers[0]): number {
  const to = Math.min(from + shingleLength, text.length);
  let hash = multiplier;
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
    hash ^= hash >>> 15;
  }
  return mixed(hash);
}

/** Spreads the bits of a 32-bit integer over all of it, one to one (the end of MurmurHash3). */
export function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** The different shingles of a text, ascending, each as a hash of 53 bits: that two share one is as good as impossible. */
export function shinglesOf(text: string): Float64Array {
  const hashes = new Float64Array(shingleCount(text));
  for (let at = 0; at < hashes.length; at++) {
    const high = shingleHash(text, at, multipliers[0]) >>> 0;
    const low = shingleHash(text, at, multipliers[1]) >>> 11;
    hashes[at] = high * 2 ** 21 + low;
  }
  hashes.sort();
  let different = 0;
  for (const hash of hashes) if (different === 0 || hash !== hashes[different - 1]) hashes[different++] = hash;
  return hashes.subarray(0, different);
}

/** The share of the shingles of either that both have. */
export function jaccard(a: Float64Array, b: Float64Array): number {
  let [atA, atB, common] = [0, 0, 0];
  while (atA < a.length && atB < b.length) {
    const difference = (a[atA] ?? 0) - (b[atB] ?? 0);
    if (difference === 0) common++;
    if (difference <= 0) atA++;
    if (difference >= 0) atB++;
  }
  return common / (a.length + b.length - common);
}
