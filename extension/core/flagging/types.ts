import type { Component } from '../demo/components';
import type { LogFormat } from '../demo/definition';

/** A column of the log. */
export interface LoggedComponent {
  readonly kind: Component['kind'];
  /** Undefined or empty becomes `component N`, as in Gradio. */
  readonly label?: string | undefined;
}

/**
 * The contract of Gradio's `gradio.flagging.FlaggingCallback` (5.0+). `data` has one payload per component, in order;
 * media are FileData whose `path` is a file on this disk. A callback throws when the sample was not recorded.
 */
export interface FlaggingCallback {
  /** Called once before the first flag. */
  setup(components: readonly LoggedComponent[], flaggingDir: string): void | Promise<void>;
  /** @returns the number of rows in the log, this one included */
  flag(data: readonly unknown[], flagOption?: string | null, username?: string | null): number | Promise<number>;
}

/** One sample to record. */
export interface FlagSample {
  readonly data: readonly unknown[];
  /** The flagging option; null where the demo has none, so that the log has no `flag` column. */
  readonly option: string | null;
  /** Null when not known, so that the log has no `username` column. */
  readonly username: string | null;
  /** `YYYY-MM-DD HH:MM:SS.ffffff`, local; now when undefined. */
  readonly timestamp?: string | undefined;
}

/** What was written, enough to find it again and to take exactly it back. */
export interface FlagReceipt {
  /** Absolute path of the log. */
  readonly log: string;
  /** Rows in the log after this one, headers not counted. */
  readonly rows: number;
  /** Where the row began when it was written, in bytes. */
  readonly offset: number;
  /** The row's bytes as text, line end included. */
  readonly row: string;
  readonly timestamp: string;
  /** Files that were copied for this row, absolute. */
  readonly media: readonly string[];
}

/** A built-in logger: the contract, and a record that can be undone. */
export interface Logger extends FlaggingCallback {
  record(sample: FlagSample): Promise<FlagReceipt>;
  /** Removes exactly that row and its media; says so by `ExpectedError` when the row is no longer there. */
  undo(receipt: FlagReceipt): Promise<void>;
}

/** The name of each built-in logger in a definition's `flagging_callback`. */
export const builtInLoggers = ['CSVLogger', 'SimpleCSVLogger', 'ClassicCSVLogger'] as const;
export type BuiltInLogger = (typeof builtInLoggers)[number];

export interface LoggerOptions {
  readonly format: LogFormat;
  /** Path text of media cells in Gradio's formats begins with the flagging directory *as given* by the person. */
  readonly flaggingDirAsGiven: string;
  /** Whether the demo declares flagging options: the guide layout has a `flag` column only then. */
  readonly hasOptions: boolean;
}

/** What a person adds to a flag; kept in `notes.jsonl` beside the log, never in Gradio's columns. */
export interface FlagNote {
  readonly note?: string | undefined;
  /** Corrected payload per output label. */
  readonly corrected?: Readonly<Record<string, unknown>> | undefined;
}

/** One flag as the recorder keeps it for this session. */
export interface FlagRecord {
  readonly id: string;
  readonly option: string | null;
  /** `spooled`: the callback failed, the sample is safe in the spool and is offered again. */
  readonly state: 'flagged' | 'undone' | 'spooled';
  /** Absolute path of the log, or the flagging directory where a callback of somebody else decides. */
  readonly log: string;
  readonly rows: number;
  /** False for callbacks that are not built in: they have no way to take a row back. */
  readonly canUndo: boolean;
  /** Why it was spooled, or why its note could not be kept. */
  readonly error: Error | undefined;
}

/** Records samples through a callback and loses none of them. */
export interface FlagRecorder {
  flag(sample: FlagSample, note?: FlagNote): Promise<FlagRecord>;
  /** Takes back a record of this session: its row, its media and its note. */
  undo(id: string): Promise<FlagRecord>;
  /** How many samples wait in the spool for this flagging directory. */
  spooled(): Promise<number>;
  /** Offers them again, oldest first. @returns how many were recorded */
  retrySpooled(): Promise<number>;
  dispose(): Promise<void>;
}
