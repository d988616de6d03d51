import type { Cell } from '../../csv/dialect';
import type { LoggedSample, LogLayout, LogLayoutName } from '../log/types';

/** A line of `notes.jsonl` or another file beside a log that says more about its rows. */
export interface RowLine {
  readonly log: string;
  readonly timestamp: string;
  /** SHA-256 of the row's bytes. */
  readonly row: string;
}

/** A log that is to be merged, with all that planning needs to know of the disk. */
export interface MergeSource {
  /** Absolute path. */
  readonly log: string;
  readonly layout: LogLayout;
  readonly samples: readonly MergeSample[];
  /** The files that paths in cells and notes name; a path without one is missing. */
  readonly files: ReadonlyMap<string, MergeFile>;
}

export interface MergeFile {
  /** Absolute. */
  readonly file: string;
  readonly bytes: number;
  /** Equal for files of equal content. */
  readonly identity: string;
}

export interface MergeSample {
  readonly sample: LoggedSample;
  readonly notes: readonly RowLine[];
  readonly marks: readonly RowLine[];
}

/** A sample of one of the logs. */
export interface SampleOf {
  /** Absolute path of its log. */
  readonly log: string;
  /** Position among the samples of its log, from 0. */
  readonly row: number;
}

/** A file to copy. */
export interface MergedFile {
  /** Absolute. */
  readonly source: string;
  /** Relative to the new directory, with `/`. */
  readonly target: string;
  readonly bytes: number;
}

/** What a merge will write; nothing is written before a person saw it. */
export interface MergePlan {
  /** Name of the new log in the new directory. */
  readonly logName: string;
  readonly columns: readonly string[];
  readonly sources: readonly { readonly log: string; readonly era: LogLayoutName; readonly samples: number }[];
  /** The log, by records; the header is the first. */
  readonly records: readonly string[];
  readonly media: readonly MergedFile[];
  /** Lines of the files beside the log, line ends included. */
  readonly notes: readonly string[];
  readonly marks: readonly string[];
  /** Samples that are the same as an earlier one, its time included. */
  readonly duplicates: readonly (SampleOf & { readonly of: SampleOf })[];
  /** Whether duplicates are left out. */
  readonly once: boolean;
  /** Paths without a file; their cells keep the text that they have. */
  readonly missing: readonly (SampleOf & { readonly path: string })[];
}

/** A row of the new log before its files have their names. */
export interface MergedRow extends SampleOf, MergeSample {
  readonly source: MergeSource;
  /** Paths of the files that are copied for it, as its cells have them, with the directory of each. */
  readonly attachments: readonly { readonly path: string; readonly directory: string; readonly file: MergeFile }[];
  /** @param names the new text for each attachment */
  readonly cells: (names: readonly string[]) => readonly Cell[];
}
