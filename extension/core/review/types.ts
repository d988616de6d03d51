import type { Json } from '../json';

/** What a reviewer says of a label; `skip` leaves it pending. */
export const decisionKinds = ['keep', 'change', 'ambiguous', 'discard', 'skip'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** The column of discarded records that stay in their dataset: `true` there. It belongs to no record's content. */
export const discardColumn = 'discarded';

/** How a record is found again when its file has changed: where it stood, and what was in it. */
export interface RecordKey {
  /** Number of the record, from 0; the header is none. */
  readonly row: number;
  /** Of its content without the label: the first 16 hex digits of a SHA-256. */
  readonly hash: string;
}

/** What every line of a ledger says. */
interface Signed {
  /** Version of the format. */
  readonly v: 1;
  /** Unique among all ledgers. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly reviewer: string;
}

/** A decision on one record. Cells are what the table gives: texts in CSV, typed values in JSON Lines and Parquet. */
export interface DecisionEntry extends Signed, RecordKey {
  /** The column that the hash is of; null when it is of all columns but that of the label. */
  readonly text: string | null;
  /** The label column. */
  readonly column: string;
  /** Its cell when the decision was made. */
  readonly given: Json;
  readonly decision: DecisionKind;
  /** What the cell shall be, with `change`. */
  readonly label?: Json;
  /** What the model suggested. */
  readonly suggested?: Json;
  /** Label quality score when the decision was made, 0 to 1. */
  readonly score?: number;
  /** Rank among the candidates when the decision was made, from 0. */
  readonly rank?: number;
  /** Where the probabilities came from, such as `built-in, 5 folds`. */
  readonly model?: string;
  /** How long the record was looked at. */
  readonly seconds?: number;
  readonly note?: string;
  /** The same for decisions that were made together and are taken back together. */
  readonly batch?: string;
  /** `model` for the proposal of a language model, which decides nothing. */
  readonly source?: 'model';
}

/** Takes decisions back, or takes back that they were taken back. */
export interface UndoEntry extends Signed {
  readonly decision: 'undo';
  /** Ids of the lines that no longer count. */
  readonly undoes: readonly string[];
}

/** One line of a ledger, `.flag-review/<dataset>/<reviewer>.jsonl`. */
export type LedgerEntry = DecisionEntry | UndoEntry;

/** The labels of a record by the names of their classes: one, or any number where records may have several. */
export type Labelling = readonly string[];

/**
 * Label-error candidates column by column, in the order in which they are to be reviewed; one entry a candidate. Typed
 * arrays, so that 100,000 of them pass between threads in no time.
 */
export interface Candidates {
  /** Number of the record in the dataset, from 0. */
  readonly rows: Uint32Array;
  /** Index into `labellings`. */
  readonly given: Uint32Array;
  /** Index into `labellings`. */
  readonly suggested: Uint32Array;
  /** What they are ordered by; 0 to 1, low for likely errors. */
  readonly labelQuality: Float64Array;
  readonly normalizedMargin: Float64Array;
  readonly selfConfidence: Float64Array;
  /** Argilla's rank from 0, as it was found; -1 without an order, and for those that came up later. */
  readonly labelErrorCandidate: Int32Array;
  /** Every labelling that occurs, once; those of a single class come first, in the order of the classes. */
  readonly labellings: readonly Labelling[];
}

/** Which candidates are looked at. What is left out does not restrict. */
export interface CandidateQuery {
  readonly given?: string | undefined;
  readonly suggested?: string | undefined;
  readonly status?: CandidateStatus | undefined;
  /** Label quality scores, both included. */
  readonly scores?: readonly [low: number, high: number] | undefined;
  /** In the text of the record; case is ignored. */
  readonly text?: string | undefined;
  /** Records of a group of issues, such as duplicates with different labels. */
  readonly rows?: ReadonlySet<number> | undefined;
  readonly sort?: CandidateSort | undefined;
}

export const candidateSorts = ['likelihood', 'prediction', 'row', 'label_error_candidate'] as const;
/** Likeliest error first; lowest probability of the given label first; as in the file; as it was found. */
export type CandidateSort = (typeof candidateSorts)[number];

/** What this reviewer decided; `pending`: nothing yet, not even to skip it. */
export type CandidateStatus = 'pending' | DecisionKind;

/** What a person does to one record. */
export interface Choice {
  readonly row: number;
  readonly decision: DecisionKind;
  /** With `change`. */
  readonly label?: Labelling | undefined;
  readonly note?: string | undefined;
  readonly seconds?: number | undefined;
}
