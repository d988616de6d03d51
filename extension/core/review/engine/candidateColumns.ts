import type { Candidate } from '../../labels/candidates';
import type { SortBy } from '../../labels/findLabelErrors';
import { argmax } from '../../labels/numeric';
import type { Ranking } from '../../labels/ranking';
import { labelQualityScores } from '../../labels/scores';
import type { Candidates } from '../types';
import { Labellings } from './labellings';

/** The ranks that candidates had when they were found, by their records; -1 for all others. */
export type FoundRanks = Int32Array;

/**
 * Candidates among records of one label each.
 *
 * @param labels class index of each record
 */
export function singleColumns(
  { order, predProbs }: Ranking,
  labels: Int32Array,
  classes: readonly string[],
  sortBy: SortBy,
  ranks: FoundRanks,
): Candidates {
  const rows = sortBy === 'none' ? order.slice().sort() : order.slice();
  const { data, columns } = predProbs;
  const normalizedMargin = labelQualityScores(labels, predProbs, 'normalized_margin', false, rows);
  const selfConfidence = labelQualityScores(labels, predProbs, 'self_confidence', false, rows);
  return {
    rows,
    given: rows.map((row) => labels[row] ?? 0),
    suggested: rows.map((row) => argmax(data, row * columns, (row + 1) * columns)),
    labelQuality: (sortBy === 'likelihood' ? normalizedMargin : selfConfidence).slice(),
    normalizedMargin,
    selfConfidence,
    labelErrorCandidate: Int32Array.from(rows, (row) => ranks[row] ?? -1),
    labellings: classes.map((name) => [name]),
  };
}

/**
 * Candidates among records that may have several labels.
 *
 * @param candidates with positions among the records that took part
 * @param records their numbers
 */
export function multilabelColumns(
  candidates: readonly Candidate[],
  records: Uint32Array,
  classes: readonly string[],
): Candidates {
  const labellings = new Labellings(classes);
  const numbers = (of: (one: Candidate) => number): Float64Array => Float64Array.from(candidates, of);
  return {
    rows: Uint32Array.from(candidates, ({ row }) => records[row] ?? 0),
    given: Uint32Array.from(candidates, ({ given }) => labellings.indexOf(given)),
    suggested: Uint32Array.from(candidates, ({ suggested }) => labellings.indexOf(suggested)),
    labelQuality: numbers(({ labelQuality }) => labelQuality),
    normalizedMargin: numbers(({ normalizedMargin }) => normalizedMargin),
    selfConfidence: numbers(({ selfConfidence }) => selfConfidence),
    labelErrorCandidate: Int32Array.from(candidates, ({ labelErrorCandidate }) => labelErrorCandidate ?? -1),
    labellings: labellings.all,
  };
}
