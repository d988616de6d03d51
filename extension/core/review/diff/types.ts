import type { Table } from '../../dataset/table';
import type { DecisionEntry } from '../types';

/** One of two states that are compared. */
export interface DiffState {
  /** What people call it: `HEAD`, a file, a reviewer. */
  readonly name: string;
  readonly table: Table;
  /** Decisions that this state has, though its file has not, by number of the record. */
  readonly decisions?: ReadonlyMap<number, DecisionEntry> | undefined;
}

/** Which columns are compared. */
export interface DiffColumns {
  /** By which records are told apart; null for all columns but the label. */
  readonly text: string | null;
  readonly label: string;
}

/** A record that only one of the states has, or that was discarded. */
export interface DiffRecord {
  /** Number of the record from 0: in the state after, or where it has none, in the one before. */
  readonly row: number;
  /** The beginning of its text, one line. */
  readonly text: string;
  readonly label: string;
  /** Reviewers whose ledgers say so. */
  readonly by: readonly string[];
}

/** A label that is another one. */
export interface LabelChanged {
  /** Number of the record in the state after, from 0. */
  readonly row: number;
  /** The beginning of its text, one line. */
  readonly text: string;
  readonly before: string;
  readonly after: string;
  /** Reviewers whose ledgers say so. */
  readonly by: readonly string[];
  /** What they noted. */
  readonly notes: readonly string[];
}

/** How many records went from one label to another. */
export interface ChangedPair {
  readonly before: string;
  readonly after: string;
  readonly count: number;
}

/** Corrections between two states of a dataset, each list in the order of the records. */
export interface LabelDiff {
  readonly before: string;
  readonly after: string;
  readonly columns: DiffColumns;
  readonly records: { readonly before: number; readonly after: number };
  /** Most records first. */
  readonly pairs: readonly ChangedPair[];
  readonly changes: readonly LabelChanged[];
  readonly added: readonly DiffRecord[];
  readonly removed: readonly DiffRecord[];
  /** Removed by a decision, or marked as discarded. */
  readonly discarded: readonly DiffRecord[];
}
