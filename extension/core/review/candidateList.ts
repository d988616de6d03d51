import type { CandidateDetail } from './review';
import type { Candidates, Labelling } from './types';

export const noCandidates: Candidates = {
  rows: new Uint32Array(),
  given: new Uint32Array(),
  suggested: new Uint32Array(),
  labelQuality: new Float64Array(),
  normalizedMargin: new Float64Array(),
  selfConfidence: new Float64Array(),
  labelErrorCandidate: new Int32Array(),
  labellings: [],
};

/** Where each record stands among candidates. */
export class CandidatePositions {
  /** By row; -1 for those that are none. */
  private readonly positions: Int32Array;

  constructor({ rows }: Candidates) {
    this.positions = new Int32Array(rows.reduce((most, row) => Math.max(most, row + 1), 0)).fill(-1);
    for (let position = 0; position < rows.length; position++) this.positions[rows[position] ?? 0] = position;
  }

  of(row: number): number | undefined {
    const position = this.positions[row] ?? -1;
    return position < 0 ? undefined : position;
  }
}

/** What a search says of one record. */
export type RankedCandidate = Pick<
  CandidateDetail,
  'rank' | 'given' | 'suggested' | 'labelQuality' | 'normalizedMargin' | 'selfConfidence' | 'labelErrorCandidate'
>;

/** The same of a record that is no candidate. */
export const unranked: Omit<RankedCandidate, 'given'> = {
  rank: -1,
  suggested: [],
  labelQuality: NaN,
  normalizedMargin: NaN,
  selfConfidence: NaN,
  labelErrorCandidate: null,
};

export function rankedAt(candidates: Candidates, position: number): RankedCandidate {
  const { labellings } = candidates;
  const rank = candidates.labelErrorCandidate[position] ?? -1;
  return {
    rank: position,
    given: labellings[candidates.given[position] ?? 0] ?? [],
    suggested: labellings[candidates.suggested[position] ?? 0] ?? [],
    labelQuality: candidates.labelQuality[position] ?? 0,
    normalizedMargin: candidates.normalizedMargin[position] ?? 0,
    selfConfidence: candidates.selfConfidence[position] ?? 0,
    labelErrorCandidate: rank < 0 ? null : rank,
  };
}

/**
 * A new order of candidates in which some keep their places and what was said of them: those that were decided, and the one
 * that is looked at. The others follow the new order in the places that are left; who is no candidate any more goes.
 *
 * @param stays whether a record keeps its place, or stays no candidate
 */
export function reordered(old: Candidates, next: Candidates, stays: (row: number) => boolean): Candidates {
  const before = new CandidatePositions(old);
  const kept = old.rows.map((row) => Number(stays(row)));
  const coming = next.rows.filter((row) => !stays(row));
  const positions = new CandidatePositions(next);
  const order = merged(old.rows, kept, coming);
  const labels = new LabellingTable(old.labellings);
  const translated = next.labellings.map((labelling) => labels.indexOf(labelling));
  const result = emptyCandidates(order.length, labels.labellings);
  for (const [place, row] of order.entries()) {
    const earlier = before.of(row);
    if (earlier !== undefined && kept[earlier]) {
      copyCandidate(old, earlier, result, place);
      continue;
    }
    const at = positions.of(row) ?? 0;
    copyCandidate(next, at, result, place);
    result.given[place] = translated[next.given[at] ?? 0] ?? 0;
    result.suggested[place] = translated[next.suggested[at] ?? 0] ?? 0;
    result.labelErrorCandidate[place] = earlier === undefined ? -1 : (old.labelErrorCandidate[earlier] ?? -1);
  }
  return result;
}

/** Candidates whose records stand elsewhere now. @param places where each was, and its row now */
export function movedCandidates(
  candidates: Candidates,
  places: readonly { readonly at: number; readonly row: number }[],
): Candidates {
  const moved = emptyCandidates(places.length, candidates.labellings);
  for (const [position, { at, row }] of places.entries()) {
    copyCandidate(candidates, at, moved, position);
    moved.rows[position] = row;
  }
  return moved;
}

/** Rows where those that are kept stay at their places, and the coming ones fill the others. */
function merged(rows: Uint32Array, kept: Uint32Array, coming: Uint32Array): Uint32Array {
  const order = new Uint32Array(rows.length + coming.length);
  let count = 0;
  let next = 0;
  for (let position = 0; position < rows.length; position++) {
    if (kept[position]) order[count++] = rows[position] ?? 0;
    else if (next < coming.length) order[count++] = coming[next++] ?? 0;
  }
  order.set(coming.subarray(next), count);
  return order.slice(0, count + coming.length - next);
}

function emptyCandidates(count: number, labellings: readonly Labelling[]): Candidates {
  return {
    rows: new Uint32Array(count),
    given: new Uint32Array(count),
    suggested: new Uint32Array(count),
    labelQuality: new Float64Array(count),
    normalizedMargin: new Float64Array(count),
    selfConfidence: new Float64Array(count),
    labelErrorCandidate: new Int32Array(count),
    labellings,
  };
}

function copyCandidate(from: Candidates, at: number, to: Candidates, position: number): void {
  to.rows[position] = from.rows[at] ?? 0;
  to.given[position] = from.given[at] ?? 0;
  to.suggested[position] = from.suggested[at] ?? 0;
  to.labelQuality[position] = from.labelQuality[at] ?? 0;
  to.normalizedMargin[position] = from.normalizedMargin[at] ?? 0;
  to.selfConfidence[position] = from.selfConfidence[at] ?? 0;
  to.labelErrorCandidate[position] = from.labelErrorCandidate[at] ?? -1;
}

/** Labellings by number, each once; known ones keep their numbers. */
class LabellingTable {
  private readonly known = new Map<string, number>();
  readonly labellings: Labelling[] = [];

  constructor(labellings: readonly Labelling[]) {
    for (const labelling of labellings) this.indexOf(labelling);
  }

  indexOf(labelling: Labelling): number {
    const key = JSON.stringify(labelling);
    const index = this.known.get(key);
    if (index !== undefined) return index;
    this.known.set(key, this.labellings.length);
    return this.labellings.push(labelling) - 1;
  }
}
