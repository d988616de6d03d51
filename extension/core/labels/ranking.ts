import { calibrate, confidentThresholds, countConfidentJoint, labelCounts } from './confidentJoint';
import { spareAgreeing } from './filters';
import { findLabelIssues, inOrder, maskOfRows, rowsOfMask, type FindLabelIssuesOptions } from './findLabelIssues';
import type { Matrix, PredProbs } from './matrix';
import { discarded } from './naiveBayes';
import { labelQualityScores, type RankMethod } from './scores';

export interface RankingOptions extends FindLabelIssuesOptions {
  readonly rankedBy?: RankMethod;
  readonly adjustPredProbs?: boolean;
}

/** What confident learning says of labels. Rows keep their numbers when others are discarded. */
export interface Ranking {
  /** Of discarded records too. */
  readonly predProbs: PredProbs;
  /** Confident threshold of each class. */
  readonly thresholds: Float64Array;
  /** Confident joint, not calibrated; row = given label. */
  readonly joint: Matrix;
  /** The same, calibrated to the counts of the labels. */
  readonly calibrated: Matrix;
  /** How many label errors there are by the estimate, as `numLabelIssues` counts them. */
  readonly numLabelIssues: number;
  /** 1 for each label-error candidate. */
  readonly mask: Uint8Array;
  /** Rows of the candidates, the likeliest error first. */
  readonly order: Uint32Array;
  /** Label quality score of each candidate, in that order. */
  readonly scores: Float64Array;
  readonly warnings: readonly string[];
}

/**
 * Finds and ranks label-error candidates.
 *
 * @param labels class index of each record, or `discarded`: those take no part
 * @throws ExpectedError when the labels that are left allow none, such as those of a single class
 */
export function rankLabelErrors(labels: Int32Array, predProbs: PredProbs, options: RankingOptions = {}): Ranking {
  if (!labels.includes(discarded)) return { predProbs, ...rankKept(labels, predProbs, options) };
  const kept = keptOf(labels, predProbs);
  const ranked = rankKept(kept.labels, kept.predProbs, options);
  const order = ranked.order.map((index) => kept.rows[index] ?? 0);
  return { ...ranked, predProbs, order, mask: maskOfRows(order, labels.length) };
}

/** The records that are not discarded, and their rows. */
export function keptOf(labels: Int32Array, { data, columns }: PredProbs) {
  const rows = new Uint32Array(labels.length);
  const own = new Int32Array(labels.length);
  const probabilities = new Float64Array(data.length);
  let kept = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? discarded;
    if (label === discarded) continue;
    rows[kept] = row;
    own[kept] = label;
    for (let column = 0; column < columns; column++)
      probabilities[kept * columns + column] = data[row * columns + column] ?? 0;
    kept++;
  }
  const predProbs = { data: probabilities.subarray(0, kept * columns), rows: kept, columns };
  return { rows, labels: own.subarray(0, kept), predProbs };
}

function rankKept(
  labels: Int32Array,
  predProbs: PredProbs,
  { rankedBy = 'normalized_margin', adjustPredProbs = false, ...options }: RankingOptions,
): Omit<Ranking, 'predProbs'> {
  const thresholds = confidentThresholds(labels, predProbs);
  const { joint, offDiagonal } = countConfidentJoint(labels, predProbs, thresholds);
  const calibrated = calibrate(joint, labelCounts(labels, predProbs.columns));
  // Counted here once, so that it is not counted again for the filters that prune; confident learning alone needs none.
  const confidentJoint = options.filterBy === 'confident_learning' ? null : (options.confidentJoint ?? calibrated);
  const { mask, warnings } = findLabelIssues(labels, predProbs, { ...options, confidentJoint });
  const candidates = rowsOfMask(mask);
  const scores = labelQualityScores(labels, predProbs, rankedBy, adjustPredProbs, candidates);
  const order = inOrder(candidates, scores);
  const issues = maskOfRows(offDiagonal, labels.length);
  spareAgreeing(issues, labels, predProbs);
  const numLabelIssues = issues.reduce((count, flag) => count + flag, 0);
  return { thresholds, joint, calibrated, numLabelIssues, mask, order, scores: scores.sort(), warnings };
}
