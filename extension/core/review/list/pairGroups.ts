import type { Candidates, Labelling } from '../types';

/** Candidates that are given one label and suggested another. */
export interface PairGroup {
  readonly given: Labelling;
  readonly suggested: Labelling;
  /** Numbers of the records in the order in which they were selected. */
  readonly rows: Uint32Array;
}

/**
 * Parts candidates by given and suggested label: the overlap table, cell by cell.
 *
 * @param positions in `candidates`, in the order that the groups shall keep
 * @returns most candidates first, equal ones in the order of their labellings
 */
export function groupByPair(candidates: Candidates, positions: Uint32Array): PairGroup[] {
  const { given, suggested, labellings } = candidates;
  const keyOf = (position: number): number => (given[position] ?? 0) * labellings.length + (suggested[position] ?? 0);
  const counts = new Map<number, number>();
  for (const position of positions) counts.set(keyOf(position), (counts.get(keyOf(position)) ?? 0) + 1);
  const groups = new Map(
    [...counts]
      .sort(([a, most], [b, more]) => more - most || a - b)
      .map(([key, count]) => [key, { rows: new Uint32Array(count), filled: 0 }]),
  );
  for (const position of positions) {
    const group = groups.get(keyOf(position));
    if (group) group.rows[group.filled++] = candidates.rows[position] ?? 0;
  }
  return Array.from(groups, ([key, { rows }]) => ({
    given: labellings[Math.floor(key / labellings.length)] ?? [],
    suggested: labellings[key % labellings.length] ?? [],
    rows,
  }));
}
