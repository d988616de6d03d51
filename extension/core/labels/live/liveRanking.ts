import { calibrate, confidentThresholds, countConfidentJoint, labelCounts } from '../confidentJoint';
import type { CountMatrix } from '../countMatrix';
import { findLabelIssues, inOrder, maskOfRows, rowsOfMask, type FindLabelIssuesOptions } from '../findLabelIssues';
import type { Matrix, PredProbs } from '../matrix';
import { discarded } from '../naiveBayes';
import { labelQualityScores, type RankMethod } from '../scores';
import { LiveCrossValidation } from './liveCrossValidation';

export interface LiveRankingOptions extends FindLabelIssuesOptions {
  readonly rankedBy?: RankMethod;
  readonly adjustPredProbs?: boolean;
}

/** What confident learning says of the labels as they are now. Rows keep their numbers when others are discarded. */
export interface Ranking {
  /** Out-of-fold, of discarded records too; the array is used again after the next change. */
  readonly predProbs: PredProbs;
  /** Confident threshold of each class. */
  readonly thresholds: Float64Array;
  /** Confident joint, not calibrated; row = given label. */
  readonly joint: Matrix;
  /** 1 for each label-error candidate. */
  readonly mask: Uint8Array;
  /** Rows of the candidates, the likeliest error first. */
  readonly order: Uint32Array;
  /** Label quality score of each candidate, in that order. */
  readonly scores: Float64Array;
}

/**
 * Label-error candidates that follow each correction, equal to the last bit to cross-validating and finding anew with the
 * same folds and the labels as they are now.
 */
export class LiveRanking {
  private readonly validation: LiveCrossValidation;
  private ranked: Ranking | undefined;

  /**
   * @param matrix words of the records' texts
   * @param labels class index of each record now, or `discarded`
   * @param classes how many there are
   * @param folds the fold of each record, from 0; dealt once, by the labels as they were at first
   */
  constructor(
    matrix: CountMatrix,
    labels: Int32Array,
    classes: number,
    folds: Uint16Array,
    private readonly options: LiveRankingOptions = {},
  ) {
    this.validation = new LiveCrossValidation(matrix, labels, classes, folds);
  }

  /** Class index of each record now, or `discarded`. */
  get labels(): Readonly<Int32Array> {
    return this.validation.labels;
  }

  /** Gives a record another label; a discarded one takes part again. */
  change(row: number, label: number): void {
    this.validation.relabel(row, label);
    this.ranked = undefined;
  }

  /** Leaves a record out of training and of confident learning. */
  discard(row: number): void {
    this.change(row, discarded);
  }

  /**
   * The ranking after all changes so far.
   *
   * @throws ExpectedError while the remaining labels allow none, such as those of a single class; a change that mends
   *   them may follow
   */
  ranking(): Ranking {
    this.ranked ??= rank(this.validation.labels, this.validation.predProbs(), this.options);
    return this.ranked;
  }
}

function rank(labels: Int32Array, predProbs: PredProbs, options: LiveRankingOptions): Ranking {
  if (!labels.includes(discarded)) return { predProbs, ...rankKept(labels, predProbs, options) };
  const kept = keptOf(labels, predProbs);
  const ranked = rankKept(kept.labels, kept.predProbs, options);
  const order = ranked.order.map((index) => kept.rows[index] ?? 0);
  return { ...ranked, predProbs, order, mask: maskOfRows(order, labels.length) };
}

/** The records that are not discarded, and their rows. */
function keptOf(labels: Int32Array, { data, columns }: PredProbs) {
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
  { rankedBy = 'normalized_margin', adjustPredProbs = false, ...options }: LiveRankingOptions,
): Omit<Ranking, 'predProbs'> {
  const thresholds = confidentThresholds(labels, predProbs);
  const { joint } = countConfidentJoint(labels, predProbs, thresholds);
  // Found here once, so that it is not counted again for the filters that prune.
  const confidentJoint = options.confidentJoint ?? calibrate(joint, labelCounts(labels, predProbs.columns));
  const { mask } = findLabelIssues(labels, predProbs, { ...options, confidentJoint });
  const candidates = rowsOfMask(mask);
  const scores = labelQualityScores(labels, predProbs, rankedBy, adjustPredProbs, candidates);
  return { thresholds, joint, mask, order: inOrder(candidates, scores), scores: scores.sort() };
}
