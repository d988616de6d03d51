import type { PredProbs } from '../../labels/matrix';
import type { TableOptions } from '../table';
import type { RowSums } from './rowSums';

/** Predicted probabilities from any source. */
export interface NamedPredProbs {
  readonly predProbs: PredProbs;
  /** What the columns stand for, in their order; null when the source names none. */
  readonly classes: readonly string[] | null;
  /** Whole sentences on what was left out or assumed. */
  readonly warnings: readonly string[];
}

/** What probabilities have to fit. */
export interface WantedPredProbs {
  /** How many labels there are; as many rows are needed. */
  readonly rows?: number;
  /**
   * The order that the classes are wanted in. Columns with names are brought into it, those of further classes behind
   * them; columns without names are taken to be in this order already.
   */
  readonly classes?: readonly string[];
  /**
   * Asked when rows miss the sum 1, which they need not have in multi-label data: whether to divide each by its sum.
   * Nothing is looked at when it is left out.
   */
  readonly normalizeRows?: (sums: RowSums) => boolean | Promise<boolean>;
}

export type PredProbsOptions = WantedPredProbs & TableOptions;
