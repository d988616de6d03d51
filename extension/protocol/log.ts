/** The messages between the flag-log editor's host half and its page. */
import type { ColumnRole, LoggedKind, LogLayoutName } from '../core/flagging/log/types';

/** What the page draws around the rows. */
export interface LogView {
  readonly fileName: string;
  readonly era: LogLayoutName;
  /** The era in words: "Gradio 4.22–4.44". */
  readonly eraText: string;
  readonly columns: readonly GridColumn[];
  /** Samples in the file. */
  readonly total: number;
  /** Why nothing can be changed here and what still works, or null. */
  readonly readOnly: string | null;
  /**
   * Where the log is read by parts of its file: why its rows are not sorted. Notes, marks and what is done with samples
   * are off there as well. Else null.
   */
  readonly byParts: string | null;
  /** What is wrong with the log as a whole, each a sentence. */
  readonly problems: readonly string[];
  /** Grows with each change of the document; answers carry the version they are of. */
  readonly version: number;
  /** The page keeps this with `setState` as `{ restore }`. */
  readonly restore?: unknown;
}

export interface GridColumn {
  /** Position in the record, from 0. */
  readonly index: number;
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: LoggedKind;
}

/** Which rows are shown, in which order. A view: the file is never reordered. */
export interface LogQuery {
  /** Rows that contain this anywhere, whatever the case; empty for all. */
  readonly search: string;
  /** Text that a column's cell must contain, by the column's index. */
  readonly filters: readonly { readonly column: number; readonly contains: string }[];
  readonly sort: { readonly column: number; readonly descending: boolean } | null;
}

export interface RowsReply {
  readonly version: number;
  /** Rows that match the query. */
  readonly matched: number;
  readonly from: number;
  readonly rows: readonly GridRow[];
}

export interface GridRow {
  /** Position among the samples of the file, from 0; the frozen row number shows one more. */
  readonly row: number;
  /** As many as the record has: fewer or more than columns when the record is ragged. */
  readonly cells: readonly SentCell[];
  readonly problem: string | null;
  readonly note: boolean;
  readonly corrected: boolean;
  readonly reviewed: boolean;
}

/** A cell on its way to the page: its text where that is all there is to know, as in a table of thousands of columns. */
export type SentCell = string | GridCell;

export function gridCellOf(cell: SentCell): GridCell {
  return typeof cell === 'string' ? { text: cell, length: cell.length, kind: 'text', media: [] } : cell;
}

export interface GridCell {
  /** The cell's text as in the file, clipped to some hundred characters. */
  readonly text: string;
  /** Of the whole text, in UTF-16 units. */
  readonly length: number;
  readonly kind: LoggedKind;
  /** Files that the cell names and that may be shown. */
  readonly media: readonly GridMedia[];
}

export interface GridMedia {
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly name: string;
  /** Address for the page; null when the file is missing or lies outside the workspace, as `problem` says. */
  readonly url: string | null;
  readonly problem: string | null;
}

/** A sample as its demo would show it. */
export interface SampleView {
  readonly row: number;
  readonly version: number;
  readonly inputs: readonly SampleValue[];
  readonly outputs: readonly SampleValue[];
  /** Empty when the demo is not known: all components are then among `inputs`, in the order of the log. */
  readonly demo: string;
  readonly option: string | null;
  readonly username: string | null;
  readonly timestamp: string | null;
  readonly note: string;
  readonly corrected: Readonly<Record<string, unknown>>;
}

export interface SampleValue {
  readonly column: number;
  readonly name: string;
  readonly kind: LoggedKind;
  /** Typed: text, number, boolean, JSON. */
  readonly value: unknown;
  /** Of the whole text in UTF-16 units, where `value` is only its beginning; else null. */
  readonly clippedFrom: number | null;
  readonly media: readonly GridMedia[];
}

/** A place that a search found. */
export interface FoundCell {
  /** Position in the view that the query gives, from 0. */
  readonly position: number;
  readonly row: number;
  readonly column: number;
}

/** What the page may ask of the host. Changes name the version they were made on; an older one is refused. */
export interface LogHost {
  view(): LogView;
  rows(query: LogQuery, from: number, count: number): RowsReply;
  sample(row: number): SampleView;
  /** Flagging options that the demo declares or that occur, for the list of a `flag` cell. */
  options(): readonly string[];
  /** The whole text of a cell, to edit or to read. */
  cell(row: number, column: number): string;
  /** The next cell with this text in the view, from a place on, around the end; null when there is none. */
  find(query: LogQuery, text: string, position: number, column: number, backwards: boolean): FoundCell | null;
  /** Ends a search that takes long; what was asked then fails. */
  stop(): void;
  /** Puts samples into the clipboard, as they stand in the file. */
  copy(rows: readonly number[]): void;
  setCell(row: number, column: number, text: string, version: number): void;
  setOption(rows: readonly number[], option: string, version: number): void;
  /** Asks about media first. @returns false when the person declined */
  deleteRows(rows: readonly number[], version: number): boolean;
  /** An empty note removes it. */
  setNote(row: number, note: string, version: number): void;
  setReviewed(rows: readonly number[], reviewed: boolean, version: number): void;
  undo(): void;
  redo(): void;
  save(): void;
  /** Shows the whole text of a cell in a text editor. */
  openCell(row: number, column: number): void;
  openMedia(row: number, column: number, index: number): void;
  act(action: 'openAsText' | 'checkLog' | 'replay' | 'promote' | 'showLog', rows: readonly number[]): void;
}

/** What the host tells the page. */
export interface LogPage {
  /** The document changed: ask again; the selection stays on its row. */
  changed(version: number): void;
  /** Shows and selects a row of the file. */
  reveal(row: number): void;
  /** How much of the file a search has gone through, in per cent; null once it is over. */
  progress(percent: number | null): void;
}
