import type { FlagSample, LoggedComponent } from '../../flagging/types';
import type { PythonValue } from '../../flagging/format/pythonValue';
import type { RepositoryId, Visibility } from '../repository';

/** The name of this flagging callback in a definition, as in Gradio 2.7 to 4.44. */
export const datasetSaver = 'HuggingFaceDatasetSaver';

/** The repository that flags are sent to, and how they lie there. */
export interface SaverTarget {
  readonly repo: RepositoryId;
  /** Of a repository that is made. Nothing private is sent to one that is public. */
  readonly visibility: Visibility;
  /**
   * `parquet`: append-only shards with the files inside. `gradio`: `data.csv`, as Gradio 3.28 to 4.44 wrote it.
   * `gradioDirs`: a folder with `metadata.jsonl` for each flag, Gradio's `separate_dirs`.
   */
  readonly layout: 'parquet' | 'gradio' | 'gradioDirs';
  /** Where Gradio's layouts keep the features. */
  readonly infoFilename: string;
}

/** A flag that waits to be sent. */
export interface QueuedFlag {
  readonly id: string;
  readonly target: SaverTarget;
  readonly components: readonly LoggedComponent[];
  /** Files of its payloads lie beside the queue. */
  readonly sample: FlagSample & { readonly data: readonly PythonValue[]; readonly timestamp: string };
  /** How many files its payloads have. */
  readonly files: number;
}

/** Flags that go into one commit. */
export interface Batch {
  /** A UUID; stands in the description of the commit. */
  readonly id: string;
  /** When it was made: ISO 8601, UTC. */
  readonly time: string;
  /** Ids of its flags, in their order. */
  readonly flags: readonly string[];
  /** The commit that it was to follow: 40 hex digits. */
  readonly parent: string;
}

/** What sends flags, as people are told. */
export type SenderState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  /** Goes on by itself. @see `retryAt` in ms since 1970 */
  | { readonly kind: 'waiting'; readonly reason: string; readonly retryAt: number }
  /** Goes on when it is asked to. */
  | { readonly kind: 'stopped'; readonly reason: string };
