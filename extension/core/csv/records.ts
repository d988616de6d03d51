/** Where a scan stopped; a later scan of the bytes that follow goes on from here. */
export interface ScanState {
  /** Records that ended so far. */
  readonly records: number;
  /** Bytes read so far. */
  readonly offset: number;
  /** Where the record that has not ended begins; equal to `offset` after a complete record. */
  readonly recordStart: number;
  readonly position: Position;
}

/**
 * What the next byte may be. A quote opens a quoted cell only at `cell-start`; in `after-quote` a second quote is one
 * of the cell's characters; `after-cr` waits for the LF that may belong to the line end.
 */
export type Position = 'record-start' | 'cell-start' | 'plain' | 'quoted' | 'after-quote' | 'after-cr';
