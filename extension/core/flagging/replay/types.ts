import type { Failure } from '../../../protocol/envelope';

/**
 * What became of a flagged sample. `fixed`: the output is now the corrected one. `still-wrong`: it is not, or it is
 * unchanged where the flag reported a fault. `newly-different`: it changed, and nobody said what would be right. `same`:
 * unchanged where no fault was reported. `failed`: the function failed.
 */
export const verdicts = ['fixed', 'still-wrong', 'newly-different', 'same', 'failed'] as const;
export type Verdict = (typeof verdicts)[number];

/** How far outputs may be apart and still be equal. */
export interface Tolerance {
  /** Numbers and label confidences: `|now - then| <= absolute + relative * |then|`. */
  readonly absolute: number;
  readonly relative: number;
  /** Mean difference of images per channel, 0 to 255. */
  readonly pixels: number;
}

export const defaultTolerance: Tolerance = { absolute: 1e-6, relative: 1e-6, pixels: 1 };

/** A sample to run again. Payloads are as components hold them; media are FileData with absolute paths. */
export interface ReplaySample {
  /** Position in its log, from 0. */
  readonly row: number;
  readonly inputs: readonly unknown[];
  /** The outputs when it was flagged. */
  readonly logged: readonly unknown[];
  /** The right output by output position, where a person gave one. */
  readonly corrected: Readonly<Record<number, unknown>>;
  readonly option: string | null;
  /** Whether the flag reported a fault: false for options such as "correct", and for what auto mode recorded. */
  readonly reportsFault: boolean;
  /** Why it cannot be run: its cells are no values of the demo, or a file is missing. It then counts as failed. */
  readonly problem?: Failure | undefined;
}

/** One sample after it was run again. */
export interface ReplayResult {
  readonly sample: ReplaySample;
  readonly verdict: Verdict;
  /** The outputs now; null when the function failed. */
  readonly now: readonly unknown[] | null;
  /** Which outputs differ from what they are judged by. */
  readonly differs: readonly boolean[];
  readonly failure: Failure | null;
  readonly seconds: number;
}
