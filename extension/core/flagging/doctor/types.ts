import type { Span, TextEdit } from '../../csv/spans';

export type FindingKind =
  | 'ragged'
  | 'other-header'
  | 'repeated-header'
  | 'glued-rows'
  | 'bad-line'
  | 'open-end'
  | 'duplicate'
  | 'missing-media'
  | 'unused-media'
  | 'absolute-path'
  | 'spread-logs';

/** One thing that is wrong with a log. */
export interface Finding {
  readonly kind: FindingKind;
  /** The part of the text that it is about; the header when it is about the log as a whole. */
  readonly span: Span;
  /** Where `span` begins, from 1. */
  readonly line: number;
  /** Position among the samples of the log, from 0; null when it is about no single one. */
  readonly row: number | null;
  /** One sentence for people. */
  readonly message: string;
  /** Null when only a person can know what is right. */
  readonly fix: Fix | null;
}

/** What would mend a finding. Nothing is done before a person saw it. */
export type Fix =
  | {
      readonly type: 'edits';
      /** What it does, as a command: "Remove the second header". */
      readonly title: string;
      readonly edits: readonly TextEdit[];
    }
  /** Absolute paths of files to put to the trash. */
  | { readonly type: 'trash'; readonly title: string; readonly files: readonly string[] }
  /** Absolute paths of logs to join into a new one. */
  | { readonly type: 'merge'; readonly title: string; readonly logs: readonly string[] };

/** What the disk says about a path that a cell names. */
export type MediaFact = { readonly file: string } | { readonly problem: string };

/** What the disk says about a log; gathered before anything is judged. */
export interface LogFacts {
  /** Absolute path of the log. */
  readonly log: string;
  /** The log's folder with links followed, as the paths of `media` are. */
  readonly folder: string;
  readonly media: ReadonlyMap<string, MediaFact>;
  /** Content hash of a file, by its absolute path; absent where it was not needed. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Files in the folders of this log's components that no log and no note of the flagging directory names; absolute. */
  readonly unused: readonly string[];
  /** Logs of the same name and another number in the directory, this one included; absolute, in order. */
  readonly siblings: readonly string[];
}
