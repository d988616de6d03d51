import type { LoggedKind } from '../log/types';

/** What a column of a dataset takes from a sample. */
export type ColumnSource =
  | { readonly from: 'component'; readonly name: string }
  | { readonly from: 'option' | 'username' | 'timestamp' | 'note' }
  | { readonly from: 'constant'; readonly value: string };

/** Which column of a dataset takes what; columns without a source stay empty. Remembered per dataset and log. */
export type ColumnMapping = Readonly<Record<string, ColumnSource>>;

/** A sample to add to a dataset. */
export interface PromotedSample {
  readonly components: readonly PromotedValue[];
  readonly option: string | null;
  readonly username: string | null;
  readonly timestamp: string | null;
  readonly note: string;
}

export interface PromotedValue {
  readonly name: string;
  readonly kind: LoggedKind;
  /** The corrected payload where a person gave one, else the logged value. */
  readonly value: unknown;
  /** Absolute paths of the files it names, in order. */
  readonly files: readonly string[];
}

/** How a dataset file is written, found out from its beginning. */
export type DatasetLayout =
  | {
      readonly format: 'csv';
      readonly columns: readonly string[];
      readonly delimiter: string;
      /** Whether every cell of the first records is quoted. */
      readonly quotesAll: boolean;
      readonly lineEnd: '\n' | '\r\n';
    }
  | { readonly format: 'jsonl'; readonly columns: readonly string[]; readonly lineEnd: '\n' | '\r\n' };

/** A file to copy beside the dataset. */
export interface MediaCopy {
  /** Absolute. */
  readonly source: string;
  /** Relative to the dataset's folder, with `/`: the text of its cell. */
  readonly target: string;
}

/** What a promotion will do; nothing is written before a person saw it. */
export interface PromotionPlan {
  /** Absolute path of the dataset file. */
  readonly dataset: string;
  /** Whether the file is made, header included. */
  readonly begins: boolean;
  readonly samples: number;
  /** Text to append, the completion of an open last line not counted. */
  readonly text: string;
  readonly media: readonly MediaCopy[];
  /** Sentences on what a person may want to mend first. */
  readonly warnings: readonly string[];
}

/** What was written, enough to take exactly it back. */
export interface PromotionReceipt {
  readonly dataset: string;
  /** Where the text begins, in bytes. */
  readonly offset: number;
  readonly text: string;
  readonly begun: boolean;
  /** Absolute. */
  readonly media: readonly string[];
}
