import type { Cell } from '../../csv/dialect';
import type { Encoding } from '../../csv/encodings';
import type { FileVersion } from '../../fileVersion';
import type { LogDialect } from '../format/era';
import type { RowKey } from '../log/notesOf';
import type { LoggedSample, LogLayout, LogLayoutName } from '../log/types';
import type { UnitedColumns } from './columns';

/** A log that is to be merged, with what must be known of it before its first row is written: not its rows. */
export interface MergeSource {
  /** Absolute path. */
  readonly log: string;
  readonly layout: LogLayout;
  readonly encoding: Encoding;
  readonly version: FileVersion;
  /** How many there are. */
  readonly samples: number;
  /** How many samples the logs before it have: with its row a sample has a number of its own. */
  readonly firstId: number;
  /** The files that paths in cells and notes name; a path without one is missing. */
  readonly files: ReadonlyMap<string, MergeFile>;
  /** Lines of `notes.jsonl` and `marks.jsonl` by row. */
  readonly notes: RowLines;
  readonly marks: RowLines;
}

export type RowLines = ReadonlyMap<number, readonly RowKey[]>;

/** Logs in the order in which they were named, and their columns as one. */
export interface MergeSources {
  readonly logs: readonly MergeSource[];
  readonly columns: UnitedColumns;
}

export interface MergeFile {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** Equal for files of equal content. */
  readonly identity: string;
}

/** A sample of one of the logs. */
export interface SampleOf {
  /** Absolute path of its log. */
  readonly log: string;
  /** Position among the samples of its log, from 0. */
  readonly row: number;
}

/** Files to copy. */
export interface Files {
  readonly count: number;
  readonly bytes: number;
}

/** What a merge will write; nothing is written before a person saw it. */
export interface MergePlan {
  /** Name of the new log in the new directory. */
  readonly logName: string;
  readonly columns: readonly { readonly name: string; /** In how many of the logs it is. */ readonly logs: number }[];
  readonly sources: readonly { readonly log: string; readonly era: LogLayoutName; readonly samples: number }[];
  readonly samples: number;
  readonly files: Files;
  /** Notes and marks. */
  readonly notes: number;
  /** Samples that are the same as an earlier one, its time included, and the files that only they bring. */
  readonly duplicates: {
    readonly count: number;
    readonly files: Files;
    readonly first: readonly (SampleOf & { readonly of: SampleOf })[];
  };
  /** Paths without a file; their cells keep the text that they have. */
  readonly missing: { readonly count: number; readonly first: readonly (SampleOf & { readonly path: string })[] };
  readonly work: MergeWork;
}

/** What carrying out a plan needs besides what it says. */
export interface MergeWork {
  readonly sources: MergeSources;
  readonly dialect: LogDialect;
  /** By the number of a sample: one more than that of the earlier one which is the same, else 0. */
  readonly originals: Uint32Array;
}

/** A row of the new log before its files have their names. */
export interface MergedRow extends SampleOf {
  /** Its number among the samples of all logs. */
  readonly id: number;
  readonly source: MergeSource;
  readonly sample: LoggedSample;
  /** Paths of the files that are copied for it, as its cells have them, with the directory of each. */
  readonly attachments: readonly { readonly path: string; readonly directory: string; readonly file: MergeFile }[];
  /** @param names the new text for each attachment */
  readonly cells: (names: readonly string[]) => readonly Cell[];
}
