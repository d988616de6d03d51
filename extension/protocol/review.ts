/** The messages between a review's host half and its page. */
import type { Json } from '../core/json';
import type { Reason } from '../core/review/engine/types';
import type { PrecisionEstimate } from '../core/review/precision';
import type { PairCount, ReviewCounts } from '../core/review/review';
import type { ScoreBin } from '../core/review/scoreBins';
import type { CandidateSort, CandidateStatus, DecisionKind, Labelling } from '../core/review/types';

/** What the page draws around the record. */
export interface ReviewView {
  /** The dataset as a person reads it, relative to the workspace. */
  readonly dataset: string;
  readonly textColumn: string | null;
  readonly labelColumn: string;
  readonly classes: readonly string[];
  readonly multiLabel: boolean;
  readonly reviewer: string;
  /** Where the probabilities came from, for people. */
  readonly model: string;
  readonly records: number;
  readonly accuracy: number;
  readonly healthScore: number;
  readonly counts: ReviewCounts;
  readonly filter: ReviewFilter;
  /** Records that the filter leaves. */
  readonly matched: number;
  /** Where a page that has just come begins: the record that was looked at last, in the filtered list. */
  readonly position: number;
  /** Pairs of given and suggested labels among all candidates, most first: the overlap table. */
  readonly pairs: readonly PairCount[];
  /** Whether decisions may change the order of what is left; not with given probabilities. */
  readonly live: boolean;
  readonly frozen: boolean;
  /** Hides what the model suggests until the decision is made. */
  readonly blind: boolean;
  readonly estimate: PrecisionEstimate;
  /** Stop when precision at this rank falls below it; 0 to 1. */
  readonly stopAt: number;
  /** The dataset is another file than that in which the candidates were found. */
  readonly stale: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether a language model of the editor can be asked for a label. */
  readonly secondOpinion: boolean;
  /** Grows with every change; positions of an older view may have moved. */
  readonly version: number;
  /** The page keeps this with `setState` as `{ restore }`. */
  readonly restore?: unknown;
}

export interface ReviewFilter {
  readonly given: string | null;
  readonly suggested: string | null;
  readonly status: CandidateStatus | null;
  /** Label quality scores, both included. */
  readonly scores: readonly [low: number, high: number] | null;
  readonly text: string;
  readonly sort: CandidateSort;
  /** Absent for all candidates. */
  readonly only?: ChosenRecords;
}

/** What is reviewed unless a person filters. */
export const everything: ReviewFilter = {
  given: null,
  suggested: null,
  status: null,
  scores: null,
  text: '',
  sort: 'likelihood',
};

/** Records that were chosen elsewhere, such as those on which reviewers differ. */
export interface ChosenRecords {
  /** What people call them. */
  readonly name: string;
  readonly rows: readonly number[];
}

/** A record large. */
export interface ReviewRecord {
  /** In the filtered list, from 0; -1 for a record that is looked at from elsewhere. */
  readonly position: number;
  /** Number of the record in the dataset, from 0. */
  readonly row: number;
  /** Its text, or the path of its media. */
  readonly text: string;
  /** Characters of the text that are not sent; `wholeText` gives them. */
  readonly clipped: number;
  readonly media: { readonly kind: 'image' | 'audio'; readonly url: string } | null;
  /** The other columns. */
  readonly columns: readonly { readonly name: string; readonly value: Json }[];
  readonly given: Labelling;
  /** Null in blind mode until it is decided, and for a record that is no candidate. */
  readonly suggested: Labelling | null;
  /** In the order of the classes; null where there are none, or in blind mode until it is decided. */
  readonly probabilities: readonly number[] | null;
  readonly labelQuality: number | null;
  readonly normalizedMargin: number | null;
  readonly selfConfidence: number | null;
  /** Position in the order of all candidates, from 0. */
  readonly rank: number | null;
  readonly labelErrorCandidate: number | null;
  readonly status: CandidateStatus;
  readonly own: ShownDecision | null;
  readonly others: readonly ShownDecision[];
  readonly stale: boolean;
}

export interface ShownDecision {
  readonly reviewer: string;
  readonly decision: DecisionKind;
  readonly label: Labelling | null;
  readonly note: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The proposal of a language model. */
  readonly proposed: boolean;
}

/** One line of the bulk table. */
export interface ReviewRow {
  readonly position: number;
  readonly row: number;
  /** One readable line, clipped. */
  readonly text: string;
  readonly given: Labelling;
  /** Null in blind mode, and for a record that is no candidate. */
  readonly suggested: Labelling | null;
  /** Null for a record that is no candidate. */
  readonly labelQuality: number | null;
  readonly labelErrorCandidate: number | null;
  readonly status: CandidateStatus;
  readonly label: Labelling | null;
}

export interface ReviewRows {
  readonly version: number;
  readonly matched: number;
  readonly from: number;
  readonly rows: readonly ReviewRow[];
}

export interface ReviewSimilar {
  readonly row: number;
  readonly text: string;
  readonly labels: Labelling;
  /** Cosine, 0 to 1. */
  readonly similarity: number;
  readonly status: CandidateStatus;
}

/** Figures behind the small charts. */
export interface ReviewCharts {
  /** Candidates by label quality score, from 0 to 1. */
  readonly scores: readonly ScoreBin[];
  /** K × K candidates, row = given, column = suggested; null where records may have several labels, or classes are too many. */
  readonly confusion: readonly (readonly number[])[] | null;
}

/** What a person decides on the record that is shown, or on many. */
export interface PageChoice {
  readonly decision: DecisionKind;
  /** With `change`; null for what the model suggests for each record, which blind mode refuses. */
  readonly label: Labelling | null;
}

/** Which records a bulk decision is about. */
export type BulkTarget = { readonly rows: readonly number[] } | { readonly all: true };

/** What a bulk decision would do, shown before it is made. */
export interface BulkPreview {
  readonly count: number;
  /** Of those, how many have a decision already. */
  readonly decided: number;
  readonly pairs: readonly PairCount[];
  readonly examples: readonly ReviewRow[];
}

/** What the page may ask of the host. */
export interface ReviewHost {
  view(): ReviewView;
  /**
   * The record to show; from then on neither it nor what stands above it moves, however the rest is ordered anew.
   *
   * @param position in the filtered list
   * @param ahead it is not shown yet, and may still move
   */
  record(position: number, ahead: boolean): ReviewRecord | null;
  recordOfRow(row: number): ReviewRecord | null;
  wholeText(row: number): string;
  /** Where review goes on: the first pending record from a position on, else from the start; null when none is left. */
  nextPending(position: number): number | null;
  /** Of the part of the text that `record` gives. Null in blind mode until it is decided, as `similar` is empty. */
  reason(row: number): Reason | null;
  similar(row: number): readonly ReviewSimilar[];
  charts(): ReviewCharts;
  rows(from: number, count: number): ReviewRows;
  setFilter(filter: ReviewFilter): void;
  /** Settles when the decision is on disk. @param seconds the record was looked at */
  decide(row: number, choice: PageChoice, seconds: number): void;
  preview(target: BulkTarget, choice: PageChoice): BulkPreview;
  decideMany(target: BulkTarget, choice: PageChoice): number;
  note(row: number, text: string): void;
  /** @returns the first record it touched; null when there was nothing to take back */
  undo(): number | null;
  redo(): number | null;
  setFrozen(frozen: boolean): void;
  setBlind(blind: boolean): void;
  setStopAt(share: number): void;
  /** Shows the plan, and applies it when the person agrees. */
  apply(): void;
  openInFile(row: number): void;
  secondOpinion(row: number): void;
  showLog(): void;
}

/** Keys of VS Code that mean something to the page, as commands that a person can bind anew. */
export const reviewActions = [
  'keep',
  'accept',
  'ambiguous',
  'discard',
  'skip',
  'note',
  'undo',
  'redo',
  'next',
  'previous',
  'nextPending',
  'help',
  'bulk',
  'charts',
  'freeze',
  'blind',
  'chooseLabel',
] as const;
export type ReviewAction = (typeof reviewActions)[number];

/** What the host tells the page. */
export interface ReviewPage {
  /** Something changed: ask again. */
  changed(version: number): void;
  /** A key was pressed, or a command was chosen. */
  perform(action: ReviewAction): void;
  /** The key of the n-th label, from 0 in the order of the page. */
  performLabel(index: number): void;
  /** Shows a record that was chosen elsewhere. */
  reveal(row: number): void;
}
