/** What a column of a dataset is for `datasets` (`datasets.Features`). */
export type Feature =
  /** `string`, `int64`, `float64`, `bool`, `timestamp[us, tz=UTC]`, … */
  | { readonly kind: 'value'; readonly dtype: string }
  /** `ClassLabel`: integers in the file, names in their order. */
  | { readonly kind: 'classLabel'; readonly names: readonly string[] }
  /** Files of media: a struct `{bytes, path}` in Parquet. */
  | { readonly kind: 'image' | 'audio' | 'video' }
  | { readonly kind: 'list'; readonly of: Feature }
  | { readonly kind: 'struct'; readonly fields: Features }
  /** Mixed values, as JSON text. */
  | { readonly kind: 'json' };

/** Features by column, in the order of the columns. */
export type Features = readonly (readonly [column: string, feature: Feature])[];

/** One split of a configuration and its files. */
export interface StagedSplit {
  /** `train`, `test`, …: `^\w+(\.\w+)*$`. */
  readonly name: string;
  /** Paths in the repository; as written into `configs`, so a pattern may stand for several. */
  readonly paths: readonly string[];
  readonly rows: number;
}

/** What `load_dataset` will find: written into the front matter as `configs` and `dataset_info`. */
export interface StagedConfig {
  /** `default` where there is one only. */
  readonly name: string;
  readonly splits: readonly StagedSplit[];
  /** Empty where `datasets` is to find them out. */
  readonly features: Features;
  /**
   * More keys of the configuration, for the loader of `datasets`; for CSV these hold `features` too, since it alone keeps
   * texts that look like numbers (`dataset_info` comes too late there).
   */
  readonly loader: Readonly<Record<string, unknown>>;
}

/** A file as it will be in the repository. */
export interface StagedFile {
  /** In the repository, with `/`. */
  readonly path: string;
  /** Absolute path on this disk: of the workspace, or of the staging folder where it was made. */
  readonly file: string;
  readonly size: number;
  /** When it was written last, as it was hashed: `mtimeMs`. Milliseconds since 1970. */
  readonly modified: number;
  /** SHA-1 of the git blob of the content. */
  readonly oid: string;
  /** SHA-256 of the content. */
  readonly sha256: string;
}

/** A record is read as these; what a person should know before they leave the machine. */
export interface StagingWarning {
  readonly kind:
    | 'unappliedCorrections'
    | 'personalData'
    | 'absolutePath'
    | 'fileLimit'
    | 'secret'
    | 'caseCollision'
    | 'leftOut'
    | 'missingMedia'
    /** What `datasets` reads otherwise than it stands in the file. */
    | 'loader'
    | 'card'
    /** What stands in the repository already. */
    | 'repository';
  /** A sentence for people. Never holds a secret itself. */
  readonly message: string;
  /** Paths in the repository that it is about, some of them where there are many. */
  readonly paths: readonly string[];
}

/** Everything that a push would put into a repository but its card, read and hashed. */
export interface Staged {
  readonly files: readonly StagedFile[];
  readonly configs: readonly StagedConfig[];
  /** Records of all splits. */
  readonly rows: number;
  readonly warnings: readonly StagingWarning[];
  /** Corrections of the ledger, for the card; undefined where nothing was reviewed. */
  readonly corrections: CorrectionSummary | undefined;
  /** README.md of the folder that is pushed, which becomes the card; absent where there is none. */
  readonly card?: string | undefined;
}

/** What a review found and changed, as the card tells it. */
export interface CorrectionSummary {
  readonly reviewers: readonly string[];
  /** Candidates that were found; undefined where the list is gone. */
  readonly candidates: number | undefined;
  /** Standing decisions by kind. */
  readonly decided: Readonly<Record<'keep' | 'change' | 'ambiguous' | 'discard', number>>;
  /** Changes by pair of labels, most frequent first. */
  readonly pairs: readonly { readonly given: string; readonly label: string; readonly count: number }[];
  /** How the candidates were found, such as `built-in, 5 folds`. */
  readonly model: string | undefined;
  /** Decided but not yet applied to the dataset. */
  readonly unapplied: number;
}
