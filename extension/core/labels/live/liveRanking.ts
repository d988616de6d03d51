import type { CountMatrix } from '../countMatrix';
import type { Progress } from '../crossValidation';
import type { PredProbs } from '../matrix';
import { discarded } from '../naiveBayes';
import { rankLabelErrors, type Ranking, type RankingOptions } from '../ranking';
import { LiveCrossValidation } from './liveCrossValidation';

/**
 * Label-error candidates that follow each correction, equal to the last bit to cross-validating and finding anew with the
 * same folds and the labels as they are now.
 */
export class LiveRanking {
  readonly validation: LiveCrossValidation;
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
    private readonly options: RankingOptions = {},
    progress: Progress = {},
  ) {
    this.validation = new LiveCrossValidation(matrix, labels, classes, folds, progress);
  }

  /** Class index of each record now, or `discarded`. */
  get labels(): Int32Array {
    return this.validation.labels;
  }

  /** Of all records, by the labels as they are now; written over after the next change. */
  predProbs(): PredProbs {
    return this.validation.predProbs();
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
   * The ranking after all changes so far; its probabilities are written over after the next one.
   *
   * @throws ExpectedError while the remaining labels allow none, such as those of a single class; a change that mends
   *   them may follow
   */
  ranking(): Ranking {
    this.ranked ??= rankLabelErrors(this.validation.labels, this.predProbs(), this.options);
    return this.ranked;
  }
}
