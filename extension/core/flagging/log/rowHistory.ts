/** A change of a log, in rows as they were before it. */
export interface RowChange {
  /** The version after the change. */
  readonly version: number;
  readonly first: number;
  readonly last: number;
  /** Whether rows behind it have other numbers now. */
  readonly shifts: boolean;
}

/** Older versions than these changes lead back to are not known any more. */
const mostChanges = 1000;

/** Tells whether a row that somebody saw in an older version is still the same row with the same cells. */
export class RowHistory {
  private readonly changes: RowChange[] = [];
  private oldest: number;

  constructor(version: number) {
    this.oldest = version;
  }

  add(change: RowChange): void {
    this.changes.push(change);
    if (this.changes.length > mostChanges) this.oldest = this.changes.shift()?.version ?? this.oldest;
  }

  /** Forgets all: no row of an older version counts as the same. */
  reset(version: number): void {
    this.changes.length = 0;
    this.oldest = version;
  }

  isSame(row: number, version: number): boolean {
    if (version < this.oldest) return false;
    return this.changes
      .filter((change) => change.version > version)
      .every(({ first, last, shifts }) => row < first || (!shifts && row > last));
  }
}
