import type { Encoding } from '../../csv/encodings';
import type { RecordFile } from '../../csv/recordTexts';
import type { TableFormat } from '../../dataset/table';
import type { FileVersion } from '../../fileVersion';
import type { Json } from '../../json';
import type { DecisionEntry } from '../types';

/** What becomes of a discarded record: it is taken out, or stays and is marked in a column `discarded`. */
export const discardModes = ['remove', 'column'] as const;
export type DiscardMode = (typeof discardModes)[number];

/** Bytes of a file and what stands in their place. Several belong to the file as it was before all of them. */
export interface ByteEdit {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Buffer;
}

/** Ascending numbers as pairs of the first one and how many follow each other. */
export type Ranges = readonly (readonly [first: number, count: number])[];

/** A delimiter more, and thereby an empty cell, at the end of many records. */
export interface Fill extends Omit<RecordFile, 'path'> {
  /** Numbers among all records of the file, from 0; header and empty lines count. */
  readonly records: Ranges;
}

/** How the bytes of a file change. */
export interface BytePatch {
  /** Ascending, without overlaps. */
  readonly edits: readonly ByteEdit[];
  readonly fill: Fill | null;
}

/** What a Parquet file is written anew with. */
export interface ParquetChanges {
  /** New cells by row and the name of their column. */
  readonly cells: readonly { readonly row: number; readonly column: string; readonly value: Json }[];
  /** Rows, ascending. */
  readonly discards: readonly number[];
}

/** The file that a plan was made for. */
export interface FileState {
  readonly version: FileVersion;
  /** SHA-256 of all of its bytes, hexadecimal. */
  readonly sha256: string;
}

/** How many records go from one label to another. */
export interface PairChanges {
  readonly given: Json;
  readonly label: Json;
  readonly count: number;
}

export interface ApplyExample {
  readonly row: number;
  /** How the record begins. */
  readonly text: string;
  readonly given: Json;
  /** Undefined for a record that is discarded. */
  readonly label: Json | undefined;
}

/**
 * Why a decision is not carried out: the record at its place says something else, and what was decided on is nowhere
 * (`content`); the file ends before it (`gone`); its label is neither the one given nor the one wanted (`label`); other
 * decisions want something else (`conflict`); the dataset has no such column (`column`).
 */
export const leftOutReasons = ['content', 'gone', 'label', 'conflict', 'column'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export interface LeftOut {
  readonly entry: DecisionEntry;
  readonly reason: LeftOutReason;
}

/** What carrying decisions out would do, as a person is told. */
export interface PlanOutline {
  /** Absolute, as it was named. */
  readonly dataset: string;
  readonly format: TableFormat;
  /** The file that was read; null for the text of an editor. */
  readonly read: FileState | null;
  /** Of the dataset. */
  readonly records: number;
  readonly discard: DiscardMode;
  /** Labels that change, the most frequent first. */
  readonly pairs: readonly PairChanges[];
  readonly changes: number;
  readonly discards: number;
  /** Ids of the decisions by which records are taken out. */
  readonly removes: readonly string[];
  readonly examples: readonly ApplyExample[];
  readonly leftOut: readonly LeftOut[];
  /** Decisions that the dataset shows already. */
  readonly applied: number;
  /** What else a person should know of what is written, a sentence each. */
  readonly notes: readonly string[];
}

/** What carrying decisions out would write into a file. Nothing is written before `runApply`. */
export interface ApplyPlan extends PlanOutline {
  /** What is read: the dataset with all links followed. */
  readonly file: string;
  /** What is written: the same file, or a new one beside a Parquet file. */
  readonly output: string;
  readonly encoding: Encoding;
  readonly read: FileState;
  readonly patch: BytePatch | ParquetChanges;
}
