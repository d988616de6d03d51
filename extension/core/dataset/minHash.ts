import type { Progress } from '../labels/crossValidation';
import { mixed, shingleCount, shingleHash } from './shingles';
import { inTurns, stageOf } from './work';

/** Numbers of a signature; 48 can be cut into bands of many lengths. */
const signatureLength = 48;

/** A pair as similar as asked for is missed by the bands less often than this. */
const missed = 0.01;

/** A text is compared with the latest this many of a bucket, so that one that everything falls into costs no more. */
const reach = 16;

/** Makes a one-to-one hash of each number of a signature; fixed, so that results are always the same. */
const salts = Int32Array.from({ length: signatureLength }, (_, index) => mixed(2 * index + 1));
const factors = Int32Array.from({ length: signatureLength }, (_, index) => mixed(2 * index + 2) | 1);

/**
 * Calls back with pairs of texts that are likely as similar as asked for, by MinHash signatures in bands (Broder 1997;
 * Indyk and Motwani 1998). A pair may come in error, and come again; the later text comes first.
 *
 * @param threshold Jaccard similarity, above 0 and up to 1
 * @param onPair returns whether more like the text should be looked for in the same bucket
 */
export async function forSimilarPairs(
  texts: readonly string[],
  threshold: number,
  onPair: (text: number, earlier: number) => boolean,
  options: Progress,
): Promise<void> {
  const signatures = await signaturesOf(texts, stageOf(options, 0, 0.8));
  const length = bandLength(threshold);
  const bands = signatureLength / length;
  const fewest = fewestEqual(threshold);
  for (let band = 0; band < bands; band++) {
    const stage = stageOf(options, 0.8 + (0.2 * band) / bands, 0.8 + (0.2 * (band + 1)) / bands);
    const buckets = new Map<number, number>();
    const next = new Int32Array(texts.length);
    for await (const [from, to] of inTurns(texts.length, stage)) {
      for (let text = from; text < to; text++) {
        const key = bandKey(signatures, text * signatureLength + band * length, length);
        const latest = buckets.get(key) ?? -1;
        next[text] = latest;
        buckets.set(key, text);
        for (let earlier = latest, left = reach; earlier >= 0 && left > 0; left--) {
          if (equalNumbers(signatures, text, earlier) >= fewest && !onPair(text, earlier)) break;
          earlier = next[earlier] ?? -1;
        }
      }
    }
  }
}

async function signaturesOf(texts: readonly string[], options: Progress): Promise<Int32Array> {
  const signatures = new Int32Array(texts.length * signatureLength);
  for await (const [from, to] of inTurns(texts.length, options)) {
    for (let text = from; text < to; text++) {
      const at = text * signatureLength;
      sign(texts[text] ?? '', signatures.subarray(at, at + signatureLength));
    }
  }
  return signatures;
}

function sign(text: string, signature: Int32Array): void {
  const length = shingleCount(text);
  const hashes = new Int32Array(length);
  for (let at = 0; at < length; at++) hashes[at] = shingleHash(text, at);
  for (let index = 0; index < signatureLength; index++) {
    const [salt, factor] = [salts[index] ?? 0, factors[index] ?? 1];
    let least = 0x7fffffff;
    // not for…of: an iterator takes three times as long
    for (let at = 0; at < length; at++) {
      const value = Math.imul((hashes[at] ?? 0) ^ salt, factor);
      if (value < least) least = value;
    }
    signature[index] = least;
  }
}

/** The longest bands, which tell most apart, that still bring nearly all pairs of the threshold together. */
function bandLength(threshold: number): number {
  const lengths = [12, 8, 6, 4, 3, 2];
  return lengths.find((length) => (1 - threshold ** length) ** (signatureLength / length) < missed) ?? 1;
}

/** Four standard deviations below what is to be expected of a pair of the threshold. */
function fewestEqual(threshold: number): number {
  return signatureLength * threshold - 4 * Math.sqrt(signatureLength * threshold * (1 - threshold));
}

function bandKey(signatures: Int32Array, from: number, length: number): number {
  let key = 0;
  for (let at = from; at < from + length; at++) key = mixed(key ^ (signatures[at] ?? 0));
  return key;
}

function equalNumbers(signatures: Int32Array, text: number, other: number): number {
  const [a, b] = [text * signatureLength, other * signatureLength];
  let equal = 0;
  for (let index = 0; index < signatureLength; index++) if (signatures[a + index] === signatures[b + index]) equal++;
  return equal;
}
