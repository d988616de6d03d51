/** The messages between a replay's host half and its page. */
import type { Component } from '../core/demo/components';
import type { Verdict } from '../core/flagging/replay/types';
import type { Failure } from './envelope';

/** What the page draws around the rows. */
export interface ReplayView {
  /** Title of the demo. */
  readonly demo: string;
  /** The log as a person reads it, relative to the workspace. */
  readonly log: string;
  /** Samples to run. */
  readonly total: number;
  /** Samples that were judged. */
  readonly done: number;
  /** `idle`: a reload of the window brought the panel back, and nothing was run since. */
  readonly state: 'idle' | 'running' | 'cancelled' | 'finished' | 'failed';
  /** What takes time before the first sample ("Starting Python 3.11…"); may be empty. */
  readonly status: string;
  /** Whether the function changed after it was run. */
  readonly stale: boolean;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Fixed samples whose flag can still be taken back. */
  readonly flaggedFixed: number;
  /** Why the replay ended early, where it did. */
  readonly failure: Failure | null;
  readonly inputs: readonly Component[];
  readonly outputs: readonly Component[];
  /** Grows with every change; the rows of an older view may have moved. */
  readonly version: number;
  /** The page keeps this with `setState` as `{ restore }`. */
  readonly restore?: unknown;
}

/** One line of the table. */
export interface ReplayRow {
  /** Position in the log, from 0. */
  readonly row: number;
  readonly verdict: Verdict;
  readonly option: string | null;
  /** One readable line each, clipped. */
  readonly inputs: string;
  readonly logged: string;
  readonly now: string;
  /** What was said to be right; empty when nothing was. */
  readonly corrected: string;
  readonly seconds: number;
  /** Whether its flag was taken back since. */
  readonly unflagged: boolean;
}

export interface ReplayRows {
  readonly version: number;
  readonly matched: number;
  readonly from: number;
  readonly rows: readonly ReplayRow[];
}

/** A sample with its outputs side by side; payloads as in a demo panel, media with a `url` that the page may show. */
export interface ReplayDetail {
  readonly row: number;
  readonly verdict: Verdict;
  readonly option: string | null;
  readonly inputs: readonly unknown[];
  readonly logged: readonly unknown[];
  /** Null when the function failed. */
  readonly now: readonly unknown[] | null;
  readonly corrected: Readonly<Record<number, unknown>>;
  /** By output. */
  readonly differs: readonly boolean[];
  readonly failure: Failure | null;
}

/** What the page may ask of the host. */
export interface ReplayHost {
  view(): ReplayView;
  /** @param verdict null for all */
  rows(verdict: Verdict | null, from: number, count: number): ReplayRows;
  detail(row: number): ReplayDetail;
  /** Runs all samples again, with the function as it is now. */
  restart(): void;
  cancel(): void;
  /** Asks first. @returns how many flags were taken back */
  unflagFixed(): number;
  /** @returns how many lines were saved; null when the person chose no file */
  saveRegression(): number | null;
  /** Opens the sample in its log. */
  openSample(row: number): void;
  showLog(): void;
  /** Opens a link of sanitised Markdown or HTML after the host has asked. */
  openLink(url: string): void;
  /** Saves an output file where the person chooses. */
  saveFile(path: string): void;
}

/** What the host tells the page. */
export interface ReplayPage {
  /** More was judged, or flags were taken back: ask again. */
  changed(version: number): void;
}
