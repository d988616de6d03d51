import { ExpectedError } from '../../errors';

/** More splits than these are a column of something else. */
const mostSplits = 50;

/** What `datasets` takes for the name of a split. */
const splitName = /^\w+(?:\.\w+)*$/;

/** Counts the records of each split. */
export class SplitCounts {
  private readonly found = new Map<string, number>();
  private records = 0;

  /** @param column whose values are the names; undefined where files tell them */
  constructor(private readonly column: string | undefined) {}

  /** In the order in which they were met. */
  get counts(): ReadonlyMap<string, number> {
    return this.found;
  }

  /** @throws ExpectedError for what is no name of a split, and for more names than a dataset has splits */
  add(name: string, records: number): void {
    if (records === 0) return;
    const count = this.found.get(name) ?? 0;
    if (count === 0) this.check(name);
    this.found.set(name, count + records);
    this.records += records;
  }

  private check(name: string): void {
    if (!splitName.test(name)) {
      const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
      throw new ExpectedError(
        `Record ${this.records} has ${shown} in "${this.column ?? ''}", which is no name of a split.`,
        'Names are letters, digits and "_", such as train. Correct it, or choose another column.',
      );
    }
    if (this.found.size === mostSplits) {
      throw new ExpectedError(
        `The column "${this.column ?? ''}" has more than ${mostSplits} different values.`,
        'Choose the column that names the splits, such as train and test.',
      );
    }
  }
}
