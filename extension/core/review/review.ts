import type { Json } from '../json';
import type { EngineProgress, FindSettings, Found, Reason, SimilarRecord } from './engine/types';
import type { LedgerFileProblem } from './ledger/ledgerLines';
import type { PrecisionEstimate } from './precision';
import type {
  CandidateQuery,
  Candidates,
  CandidateStatus,
  Choice,
  DecisionEntry,
  DecisionKind,
  Labelling,
} from './types';

/** What a search found, without the candidates: what is known as soon as a review is opened. */
export type FoundSummary = Omit<Found, 'candidates'>;

/** How far a review is. */
export interface ReviewCounts extends Readonly<Record<CandidateStatus, number>> {
  readonly candidates: number;
  /** Decisions to change or discard that the dataset does not show yet. */
  readonly unapplied: number;
}

/** How many candidates are given one label and suggested another. */
export interface PairCount {
  readonly given: Labelling;
  readonly suggested: Labelling;
  readonly candidates: number;
  readonly pending: number;
}

/** A decision that counts, as the reviews of others and earlier ones are shown. */
export interface Standing {
  readonly entry: DecisionEntry;
  /** Names of the classes; null unless the decision is to change. */
  readonly label: Labelling | null;
}

/** Everything about one candidate but its text. */
export interface CandidateDetail {
  /** Number of the record in the dataset, from 0. */
  readonly row: number;
  /** Position in the order of all candidates, from 0; -1 for a record that is no candidate, which has no scores either. */
  readonly rank: number;
  readonly given: Labelling;
  readonly suggested: Labelling;
  readonly labelQuality: number;
  readonly normalizedMargin: number;
  readonly selfConfidence: number;
  /** Null without an order, and for one that came up later. */
  readonly labelErrorCandidate: number | null;
  readonly status: CandidateStatus;
  /** What this reviewer decided. */
  readonly own: Standing | null;
  /** What others decided of the same record, and what language models propose. */
  readonly others: readonly Standing[];
  /** The record or its label is no longer what it was when the candidates were found. */
  readonly stale: boolean;
}

/** What a change of a review touched, so that views follow without drawing everything anew. */
export interface ReviewChange {
  /**
   * `candidates`: other ones, or another order; `decisions`: those of `rows`; `progress`: a search goes on; `records`: the
   * file is another one, and numbers of records may mean others than before. The candidates follow.
   */
  readonly kind: 'candidates' | 'decisions' | 'progress' | 'records';
  /** Records; undefined for all. */
  readonly rows?: readonly number[] | undefined;
}

/** What a search in progress says; undefined when there is none. */
export interface FindProgress {
  readonly what: string;
  /** 0 to 1. */
  readonly done: number;
}

/**
 * The review of one dataset by one reviewer: candidates, decisions and what follows from them. All views of a dataset share
 * one, so that a decision in one of them is seen in all. Decisions are on disk before `decide` and `undo` settle.
 */
export interface Review {
  /** Absolute path of the dataset. */
  readonly dataset: string;
  readonly reviewer: string;
  /** Undefined until something was found. */
  readonly found: FoundSummary | undefined;
  /** Likeliest error first, as of now; those that were decided stay where they were. None until something was found. */
  readonly candidates: Candidates;
  readonly counts: ReviewCounts;
  readonly finding: FindProgress | undefined;
  /** Whether the file has changed so that candidates are gone, have other labels, or new records were never looked at. */
  readonly stale: boolean;
  /** What a person should look at in the ledgers: lines that do not count, markers of a merge. */
  readonly ledgerProblems: readonly LedgerFileProblem[];
  /** Whether decisions change the order of what is left. */
  readonly live: boolean;
  /** Whether that is switched off. */
  frozen: boolean;
  /** The record that is looked at: it keeps its place while the order of the others changes. */
  held: number | undefined;
  /** Whether there is a decision to take back, or one that was taken back. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;

  /** @returns the function that ends it */
  subscribe(listener: (change: ReviewChange) => void): () => void;

  /**
   * Looks for label errors with the labels as the decisions have them, and writes `candidates.csv`. One search at a time.
   *
   * @throws ExpectedError when there is nothing to find; the signal's reason when it is aborted: the old candidates stay
   */
  find(settings: FindSettings, progress?: EngineProgress): Promise<void>;

  /** Positions in `candidates` in the order that is asked for. Reads the file when a text is looked for. */
  select(query: CandidateQuery, signal?: AbortSignal): Promise<Uint32Array>;
  /** Numbers of the records in `query.rows` that are no candidates, in the order of the file. */
  selectUnranked(query: CandidateQuery, signal?: AbortSignal): Promise<Uint32Array>;
  /** Counted over those positions; most candidates first. */
  pairs(positions: Uint32Array): readonly PairCount[];
  /** By number of the record; also one that is no candidate, which then has no suggestion. */
  detail(row: number): CandidateDetail | undefined;
  /** What was decided of the record, by position or row without reading anything. */
  statusOf(row: number): CandidateStatus;
  /** Cells of records in the order of `columns`. @throws ExpectedError when the file cannot be read */
  records(rows: readonly number[]): Promise<readonly (readonly Json[])[]>;
  /** Names of the columns of the dataset. */
  readonly columns: readonly string[];

  /**
   * Decides; several choices are one step for `undo`.
   *
   * @throws ExpectedError when the ledger cannot be written: nothing was decided then
   */
  decide(choices: readonly Choice[]): Promise<void>;
  /** A note on the decision on a record; one that is not decided is skipped with it. */
  note(row: number, text: string): Promise<void>;
  /** Stores what a language model proposes; it decides nothing. */
  propose(row: number, decision: DecisionKind, label: Labelling | undefined, note: string): Promise<void>;
  /** Takes the last step back, of earlier sessions too. @returns the records it touched; none when there was no step */
  undo(): Promise<readonly number[]>;
  redo(): Promise<readonly number[]>;

  /** Null for records without any; starts the model anew after a restart. */
  probabilities(row: number): Promise<readonly number[] | null>;
  /** Of the given against the suggested label; null where the model gives none. */
  reason(row: number): Promise<Reason | null>;
  similar(row: number, count: number): Promise<readonly SimilarRecord[]>;
  /** By the decisions on candidates of this order so far. */
  estimate(): PrecisionEstimate;

  /** Decisions of all reviewers that count, for plans, agreement and reports. */
  standings(): readonly Standing[];
  /** Reads ledgers and dataset anew, after they changed on disk. */
  reload(): Promise<void>;
  dispose(): Promise<void>;
}
