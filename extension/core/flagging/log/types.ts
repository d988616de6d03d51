import type { CsvDialect } from '../../csv/dialect';
import type { Era } from '../format/era';

/**
 * What a column of a log holds. `extra` is a column of a file that is no flag log, a cell that no column is known for,
 * or the address on the Hub that stands beside a file.
 */
export type ColumnRole = 'component' | 'flag' | 'username' | 'timestamp' | 'extra';

/** How the values of a column are to be shown, by what its cells look like; `text` when they disagree. */
export type LoggedKind = 'text' | 'number' | 'boolean' | 'json' | 'label' | 'image' | 'audio' | 'video' | 'file';

export interface LogColumn {
  /** Position in the record, from 0. */
  readonly index: number;
  /** The label as a person knows it: an apostrophe that guards against formulas is taken off. */
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: LoggedKind;
}

/**
 * The layout of a log. Besides the eras of `CSVLogger`: `simple` has no header (`SimpleCSVLogger`), `chat` has four
 * cells under five names (`ChatCSVLogger`), `hub` is the `data.csv` or `metadata.jsonl` of `HuggingFaceDatasetSaver`,
 * `unknown` is any other table: shown, never guessed at.
 */
export type LogLayoutName = Era | 'simple' | 'chat' | 'hub' | 'unknown';

export interface LogLayout {
  readonly era: LogLayoutName;
  /** `jsonl`: one JSON object a line; its keys are the columns, in the order of their first appearance. */
  readonly format: 'csv' | 'jsonl';
  /** Meaningless for `jsonl`. */
  readonly csv: CsvDialect;
  readonly columns: readonly LogColumn[];
  /** Records before the first sample: 1, or 0 without a header. */
  readonly headerRecords: 0 | 1;
  /** The header's cells as they stand in the file; empty without one. */
  readonly header: readonly string[];
}

/** The value of one component of a sample. */
export interface LoggedValue {
  readonly column: LogColumn;
  /** The cell as it stands in the file, quotes not counted. */
  readonly raw: string;
  /**
   * The typed value: a text without its guard, a number, a boolean, JSON, for media the path's text; null for an empty
   * cell. The raw text where the cell cannot be understood.
   */
  readonly value: unknown;
  /** What this cell holds; may differ from its column's. */
  readonly kind: LoggedKind;
  /** Texts of the paths that the cell names, in order; not resolved. */
  readonly media: readonly string[];
}

/** One sample of a log. */
export interface LoggedSample {
  /** Position among the samples of its log, from 0; headers and empty lines not counted. */
  readonly row: number;
  /** Cells as they stand in the file, quotes not counted; there may be more or fewer than columns. */
  readonly cells: readonly string[];
  readonly values: readonly LoggedValue[];
  readonly option: string | null;
  readonly username: string | null;
  /** As written; `YYYY-MM-DD HH:MM:SS.ffffff` where Gradio wrote it. */
  readonly timestamp: string | null;
  /** Why cells and columns do not agree, for people; null when they do. */
  readonly problem: string | null;
}
