import type { Reason } from '../../extension/core/review/engine/types';
import type { Labelling } from '../../extension/core/review/types';
import type { Failure } from '../../extension/protocol/envelope';
import type {
  BulkPreview,
  BulkTarget,
  PageChoice,
  ReviewCharts,
  ReviewRecord,
  ReviewRows,
  ReviewSimilar,
  ReviewView,
} from '../../extension/protocol/review';
import { nothingTold, type Told } from '../ui/store';

/** The record on the page, with what is known of it. */
export interface Shown {
  readonly record: ReviewRecord;
  /** Null where there is none, undefined until that is known. */
  readonly reason: Reason | null | undefined;
  /** Undefined until they are known. */
  readonly similar: readonly ReviewSimilar[] | undefined;
  /** The text with what is not sent at first; null until someone asks for it. */
  readonly wholeText: string | null;
  /** The classes in the order in which they are drawn, which stays while the record is shown. */
  readonly labels: readonly string[];
  /** The labels that are switched on, where records may have several. */
  readonly toggled: Labelling;
  /** Counts the records that were shown. */
  readonly turn: number;
}

/** A decision on many records that waits for a yes. */
export interface PendingBulk {
  readonly target: BulkTarget;
  readonly choice: PageChoice;
  readonly preview: BulkPreview;
}

/** The list of candidates as a table. */
export interface BulkState {
  /** The rows that were asked for last. */
  readonly rows: ReviewRows | null;
  /** Position of the row that the keys move. */
  readonly at: number;
  /** Position from which Shift selects. */
  readonly anchor: number;
  /** Numbers of the selected records; positions may move. */
  readonly selected: ReadonlySet<number>;
  /** Whether all that the filter leaves are selected, also those that were never loaded. */
  readonly all: boolean;
  readonly pending: PendingBulk | null;
}

export interface PageState extends Told {
  readonly view: ReviewView | null;
  readonly loadFailure: Failure | null;
  /** Whether a filter is on its way, whose candidates are not there yet. */
  readonly filtering: boolean;
  readonly shown: Shown | null;
  /** Whether nothing pending is left behind the record that was shown last. */
  readonly ended: boolean;
  /** Records to go back to, by number, from one that was opened from another. */
  readonly trail: readonly number[];
  readonly isBulk: boolean;
  readonly bulk: BulkState;
  readonly figures: boolean;
  /** Null until they are asked for. */
  readonly charts: ReviewCharts | null;
  readonly dialog: 'help' | 'labels' | null;
  /** Whether a decision takes long to reach the disk. */
  readonly saving: boolean;
  /**
   * Number of the record whose note is written: its field has the focus, or is about to have it. `next` while the record
   * that it was asked for is on its way.
   */
  readonly noting: number | 'next' | null;
}

/** What comes back with the page when it was hidden or the window was reloaded; the host knows the record. */
export interface Kept {
  readonly isBulk: boolean;
  readonly figures: boolean;
}

export const emptyBulk: BulkState = {
  rows: null,
  at: 0,
  anchor: 0,
  selected: new Set(),
  all: false,
  pending: null,
};

export const initialState: PageState = {
  ...nothingTold,
  view: null,
  loadFailure: null,
  filtering: false,
  shown: null,
  ended: false,
  trail: [],
  isBulk: false,
  bulk: emptyBulk,
  figures: false,
  charts: null,
  dialog: null,
  saving: false,
  noting: null,
};

/** Reads what an older page may have kept. */
export function keptOf(stored: unknown): Kept {
  const { kept } = fieldsOf(stored);
  const { isBulk, figures } = fieldsOf(kept);
  return { isBulk: isBulk === true, figures: figures === true };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
