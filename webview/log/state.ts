import type { Failure } from '../../extension/protocol/envelope';
import type { LogQuery, LogView, SampleView } from '../../extension/protocol/log';
import { nothingTold, type Told } from '../ui/store';
import type { Place } from './keys';

/** A cell whose text is being typed. */
export interface Draft {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** What the cell held. */
  readonly before: string;
  /** The version that this was in. */
  readonly version: number;
}

/** A note that is being typed. */
export interface NoteDraft {
  readonly row: number;
  readonly text: string;
  /** Of the sample. */
  readonly timestamp: string | null;
  /** The version that the sample was seen in. */
  readonly version: number;
}

/** What a reload of the page brings back. */
export interface Kept {
  readonly query: LogQuery;
  /** Pixels by the column's index. */
  readonly widths: Readonly<Record<number, number>>;
  /** Indices of columns. */
  readonly hidden: readonly number[];
  readonly tall: boolean;
  readonly side: boolean;
  /** Pixels. */
  readonly sideWidth: number;
  readonly at: Place;
  readonly draft: Draft | null;
  readonly noteDraft: NoteDraft | null;
}

export interface PageState extends Kept, Told {
  readonly view: LogView | null;
  /** Why there is nothing to show. */
  readonly loadFailure: Failure | null;
  /** Rows of the view; undefined while unknown. */
  readonly matched: number | undefined;
  /** The other end of the selected rows. */
  readonly anchor: number;
  readonly sample: SampleView | null;
  /** Flagging options to choose from. */
  readonly options: readonly string[];
  readonly finding: boolean;
  /** The last search found nothing. */
  readonly missed: boolean;
  /** How much of the file a search has gone through, in per cent; null when there is none. */
  readonly progress: number | null;
  /** The column whose menu is open, by its index. */
  readonly menu: number | null;
  /** Grows when rows arrive. */
  readonly rowsVersion: number;
  /** Cells beyond the columns in the rows so far. */
  readonly extra: number;
  /** Grows when the place has to be scrolled into view. */
  readonly shown: number;
}

export const emptyQuery: LogQuery = { search: '', filters: [], sort: null };

/** Whether a query leaves every sample where the file has it. */
export function isWhole({ search, filters, sort }: LogQuery): boolean {
  return search === '' && filters.length === 0 && sort === null;
}

export const initialState: PageState = {
  ...nothingTold,
  query: emptyQuery,
  widths: {},
  hidden: [],
  tall: false,
  side: true,
  sideWidth: 360,
  at: { position: 0, column: 0 },
  draft: null,
  noteDraft: null,
  view: null,
  loadFailure: null,
  matched: undefined,
  anchor: 0,
  sample: null,
  options: [],
  finding: false,
  missed: false,
  progress: null,
  menu: null,
  rowsVersion: 0,
  extra: 0,
  shown: 0,
};
