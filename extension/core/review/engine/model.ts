import type { FoldModel } from './reason';
import type { Found, LabelChange, Reranked } from './types';

/** What a search says of labels and their model. */
export type Findings = Omit<Found, 'settings' | 'records' | 'labelled' | 'issues'>;

/** The labels of a dataset as they are now, and what predicts them. */
export interface Model {
  readonly classes: readonly string[];
  /** Records that take part. */
  readonly labelled: number;
  /** Class indices of a record; null for one that takes no part. */
  labelsOf(row: number): readonly number[] | null;
  /** Of all records that have a label, or had one. */
  probabilities(row: number): readonly number[] | null;
  /** All there is to say after a search. */
  findings(): Findings;
  /**
   * Candidates and estimates by the labels as they are now; the arrays are new ones each time.
   *
   * @throws ExpectedError while the labels allow none
   */
  reranked(): Reranked;
  /** Gives records other labels. @returns false when the model does not follow them */
  change(changes: readonly LabelChange[]): boolean;
  /** What predicts a record, for the classes that two labellings differ in; null when nothing can be said. */
  modelOf(row: number, given: readonly string[], suggested: readonly string[]): Comparison | null;
}

/** A model of a record, and the two of its classes that are compared. */
export interface Comparison {
  readonly model: FoldModel;
  readonly given: number;
  readonly suggested: number;
}
