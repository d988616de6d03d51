/** A part of a text, in UTF-16 units; `start` equals `end` for a cursor. */
export interface Span {
  readonly start: number;
  /** One behind the last unit. */
  readonly end: number;
}

/** Where a cell stands, its quotes included. */
export interface CellSpan extends Span {
  readonly quoted: boolean;
}

/** Where a record stands and how it is made up. */
export interface RecordSpan extends Span {
  /** Where its line end begins; `end` when the last record has none. */
  readonly contentEnd: number;
  /** None for an empty line. */
  readonly cells: readonly CellSpan[];
}

/** One replacement in a text. Several belong to one text as it was before all of them and do not overlap. */
export interface TextEdit extends Span {
  readonly text: string;
}
