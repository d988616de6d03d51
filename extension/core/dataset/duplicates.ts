import { ExpectedError } from '../errors';
import type { Progress } from '../labels/crossValidation';
import { forSimilarPairs } from './minHash';
import { jaccard, shinglesOf } from './shingles';
import { inTurns, stageOf } from './work';

export interface DuplicateOptions extends Progress {
  /** Jaccard similarity of the character shingles of two texts from which they are near duplicates; above 0, up to 1. */
  readonly threshold?: number;
  /** Whether they are looked for. */
  readonly near?: boolean;
}

/** Rows of texts that say the same, ascending; the groups by their first rows. */
export interface Duplicates {
  /** Texts that are equal when normalised. */
  readonly exact: readonly (readonly number[])[];
  /** Different texts, each a near duplicate of another of the group, with all their exact copies. */
  readonly near: readonly (readonly number[])[];
}

/**
 * Finds texts that are equal but for case, spaces and surrounding punctuation, and those that share most of their
 * five-character shingles. Texts without content are not compared. Near duplicates are looked up, not compared each with
 * each, so that a few may be missed that are only just similar enough; every one that is found is verified.
 *
 * @throws ExpectedError for a threshold that is none; the signal's reason when it is aborted
 */
export async function findDuplicates(
  texts: readonly (string | null)[],
  { threshold = 0.8, near = true, ...options }: DuplicateOptions = {},
): Promise<Duplicates> {
  if (!(threshold > 0 && threshold <= 1))
    throw new ExpectedError(`The similarity of near duplicates is ${threshold}.`, 'Give a number above 0, up to 1.');
  const rowsByText = await rowsByNormalised(texts, stageOf(options, 0, 0.3));
  const copies = [...rowsByText.values()];
  const different = near ? [...rowsByText.keys()] : [];
  const similar = await joinSimilar(different, threshold, stageOf(options, 0.3, 1));
  return {
    exact: copies.filter((rows) => rows.length > 1),
    near: similar.map((group) => group.flatMap((text) => copies[text] ?? []).sort((a, b) => a - b)),
  };
}

async function rowsByNormalised(texts: readonly (string | null)[], options: Progress): Promise<Map<string, number[]>> {
  const rowsByText = new Map<string, number[]>();
  for await (const [from, to] of inTurns(texts.length, options)) {
    for (let row = from; row < to; row++) {
      const text = normalised(texts[row] ?? '');
      if (text === '') continue;
      const rows = rowsByText.get(text);
      if (rows) rows.push(row);
      else rowsByText.set(text, [row]);
    }
  }
  return rowsByText;
}

/** Unicode's compatibility form in lower case, without punctuation around it; single spaces are all that separates. */
export function normalised(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  let [start, end] = [0, folded.length];
  while (start < end && surrounding.test(folded.charAt(start))) start++;
  while (end > start && surrounding.test(folded.charAt(end - 1))) end--;
  return start < end ? folded.slice(start, end) : folded;
}

const surrounding = /[\p{P}\s]/u;

/**
 * A text that proved different from this many which looked alike is no longer compared: where all are made from one
 * template, and none is similar enough, the time would grow without end.
 */
const patience = 16;

/** Groups of texts that are connected by near duplicates, two or more a group. */
async function joinSimilar(texts: readonly string[], threshold: number, options: Progress): Promise<number[][]> {
  const groups = new DisjointSets(texts.length);
  const shingles = new ShingleCache(texts);
  const refused = new Uint8Array(texts.length);
  const join = (text: number, earlier: number): boolean => {
    const tries = refused[text] ?? 0;
    if (tries === patience) return false;
    if (groups.find(text) === groups.find(earlier)) return true;
    if (jaccard(shingles.of(text), shingles.of(earlier)) >= threshold) groups.join(text, earlier);
    else refused[text] = tries + 1;
    return true;
  };
  await forSimilarPairs(texts, threshold, join, options);
  return groups.list().filter((group) => group.length > 1);
}

/** The shingles of the texts that were compared last. */
class ShingleCache {
  /** How many shingles are kept at once; 32 MB. */
  private static readonly capacity = 1 << 22;
  private readonly known = new Map<number, Float64Array>();
  private size = 0;

  constructor(private readonly texts: readonly string[]) {}

  of(text: number): Float64Array {
    const known = this.known.get(text);
    if (known) return known;
    const shingles = shinglesOf(this.texts[text] ?? '');
    if (this.size > ShingleCache.capacity) {
      this.known.clear();
      this.size = 0;
    }
    this.known.set(text, shingles);
    this.size += shingles.length;
    return shingles;
  }
}

/** Sets that are joined; each is named by its first member. */
class DisjointSets {
  private readonly parents: Int32Array;

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, member) => member);
  }

  find(member: number): number {
    let root = member;
    for (let parent = this.parents[root] ?? root; parent !== root; parent = this.parents[root] ?? root) {
      this.parents[root] = this.parents[parent] ?? parent;
      root = parent;
    }
    return root;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    this.parents[Math.max(a, b)] = Math.min(a, b);
  }

  /** Members ascending, sets by their first. */
  list(): number[][] {
    const sets = new Map<number, number[]>();
    for (const member of this.parents.keys()) {
      const root = this.find(member);
      const set = sets.get(root);
      if (set) set.push(member);
      else sets.set(root, [member]);
    }
    return [...sets.values()];
  }
}
