import type { Failure } from '../../extension/protocol/envelope';
import type { LogQuery, LogView, SampleView } from '../../extension/protocol/log';
import type { Place } from './keys';

/** A cell whose text is being typed. */
export interface Draft {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly version: number;
}

/** What a reload of the page brings back. */
export interface Kept {
  readonly query: LogQuery;
  readonly widths: Readonly<Record<number, number>>;
  readonly hidden: readonly number[];
  readonly tall: boolean;
  readonly draft: Draft | null;
}

export interface PageState extends Kept {
  readonly view: LogView | null;
  readonly loadFailure: Failure | null;
  /** Rows of the view; undefined while unknown. */
  readonly matched: number | undefined;
  readonly at: Place;
  /** The other end of the selected rows. */
  readonly anchor: number;
  readonly sample: SampleView | null;
  /** Whether the selected sample is marked as reviewed. */
  readonly finding: boolean;
  readonly notice: Failure | null;
  readonly announcement: { readonly text: string; readonly count: number };
  /** Grows when rows arrive. */
  readonly rowsVersion: number;
  /** Cells beyond the columns in the rows so far. */
  readonly extra: number;
  /** A place that has to be scrolled to, counted so that the same one counts again. */
  readonly shown: { readonly position: number; readonly count: number };
}

export const emptyQuery: LogQuery = { search: '', filters: [], sort: null };

export const initialState: PageState = {
  query: emptyQuery,
  widths: {},
  hidden: [],
  tall: false,
  draft: null,
  view: null,
  loadFailure: null,
  matched: undefined,
  at: { position: 0, column: 0 },
  anchor: 0,
  sample: null,
  finding: false,
  notice: null,
  announcement: { text: '', count: 0 },
  rowsVersion: 0,
  extra: 0,
  shown: { position: 0, count: 0 },
};
