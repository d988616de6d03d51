import type { DatasetIssues } from '../../dataset/datasetIssues';
import type { ProbabilitySource } from '../../dataset/probabilitySource';
import type { SortBy } from '../../labels/findLabelErrors';
import type { FilterBy } from '../../labels/filters';
import type { Candidates, Labelling } from '../types';

/** What a search for label errors is asked with; remembered for each dataset. */
export interface FindSettings {
  /** Absolute. */
  readonly dataset: string;
  /** Null when the probabilities are given and no column holds texts. */
  readonly text: string | null;
  readonly label: string;
  readonly source: ProbabilitySource;
  readonly filterBy: FilterBy;
  readonly sortBy: SortBy;
  readonly multiLabel: boolean;
  readonly separator?: string | undefined;
  /** Their names in their order; from the dataset card, or those that occur, when left out. */
  readonly classes?: readonly string[] | undefined;
  readonly normalizeRows: boolean;
}

/** What a search found. Survives `postMessage`. */
export interface Found {
  readonly settings: FindSettings;
  /** Records of the dataset. */
  readonly records: number;
  /** Those with a label, which took part. */
  readonly labelled: number;
  readonly classes: readonly string[];
  readonly candidates: Candidates;
  /** Share of the records whose given label is the most probable one. */
  readonly accuracy: number;
  /** Share of the records whose label is right by the estimate of confident learning. */
  readonly healthScore: number;
  readonly numLabelIssues: number;
  /** K × K, row = given label, calibrated; null where records may have several labels. */
  readonly confidentJoint: readonly (readonly number[])[] | null;
  readonly thresholds: readonly number[] | readonly (readonly number[])[];
  /** Duplicates, imbalance, empty texts; null without a text column. */
  readonly issues: DatasetIssues | null;
  readonly warnings: readonly string[];
}

/** What follows when labels change. */
export interface Reranked {
  readonly candidates: Candidates;
  readonly accuracy: number;
  readonly healthScore: number;
  readonly numLabelIssues: number;
}

/** The label that a record shall have. One that the search did not know leaves the record out until the next search. */
export interface LabelChange {
  readonly row: number;
  /** Null for a discarded record, which takes no part. */
  readonly label: Labelling | null;
}

/**
 * Why the model would rather have the other label: additive, exact for multinomial naive Bayes. Where records may have
 * several labels, it is of the one class that contradicts the given labels most, absent against present.
 */
export interface Reason {
  /** Natural logarithm of P(suggested) / P(given): the sum of the prior and of all tokens. */
  readonly logOdds: number;
  /** What the shares of the classes alone contribute. */
  readonly prior: number;
  /** Places in the text that contribute, in its order; UTF-16 units. Words the model does not know are none. */
  readonly tokens: readonly TokenReason[];
  /** The words by what all their occurrences contribute, the largest amount first. */
  readonly words: readonly WordReason[];
}

export interface TokenReason {
  readonly start: number;
  readonly end: number;
  /** Positive speaks for the suggested label. */
  readonly contribution: number;
}

export interface WordReason {
  readonly word: string;
  readonly count: number;
  readonly contribution: number;
}

export interface SimilarRecord {
  readonly row: number;
  /** Cosine of tf-idf vectors, 0 to 1. */
  readonly similarity: number;
  readonly labels: Labelling;
}

export interface EngineProgress {
  readonly signal?: AbortSignal;
  /** @param done 0 to 1 */
  readonly onProgress?: (what: string, done: number) => void;
}

/**
 * Finds label errors of one dataset, and knows its model afterwards. It runs in a thread of its own; every call is answered,
 * rejected, or ended by `close`.
 */
export interface ReviewEngine {
  /**
   * The folds of the built-in model are dealt by the labels of this search and stay until the next one.
   *
   * @param labels that differ from those of the file: decisions that were not applied yet
   * @throws ExpectedError when there is nothing to find; the signal's reason when it is aborted
   */
  find(settings: FindSettings, labels: readonly LabelChange[], progress?: EngineProgress): Promise<Found>;
  /**
   * Changes labels of the built-in model; the same record may be changed again and again, and back.
   *
   * @returns null with another model, several labels a record, or while the labels that remain allow no model
   */
  change(changes: readonly LabelChange[]): Promise<Reranked | null>;
  /** Predicted probabilities of a record in the order of the classes; null for one without a label. */
  probabilities(row: number): Promise<readonly number[] | null>;
  /**
   * @returns null without the built-in model, and for a record or a label that it does not know
   * @throws ExpectedError when the text is no longer the one that was searched
   */
  reason(row: number, given: Labelling, suggested: Labelling): Promise<Reason | null>;
  /** The records most similar to one that have another label, most similar first. None without texts. */
  similar(row: number, count: number): Promise<readonly SimilarRecord[]>;
  close(): Promise<void>;
}
