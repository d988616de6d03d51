/** Rows that are asked for beyond those that are seen, on either side. */
const margin = 30;

/** A part of the rows of a table. */
export interface RowsPart<Row> {
  /** Rows of the whole table. */
  readonly matched: number;
  /** Position of the first that is here. */
  readonly from: number;
  readonly rows: readonly Row[];
}

/** Asks for the rows of a table that are seen, and for some around them. */
export class RowWindow<Rows extends RowsPart<unknown>> {
  private window = { from: 0, count: 2 * margin };
  /** Counts questions: the answer to an older one than the last is dropped. */
  private turn = 0;

  constructor(private readonly ask: (from: number, count: number) => Promise<Rows>) {}

  /** Moves to the rows that are seen. @returns whether some of them are not among those that are there */
  moveTo(there: Rows | null, first: number, count: number): boolean {
    this.window = { from: Math.max(0, first - margin), count: count + 2 * margin };
    if (!there) return false;
    const last = Math.min(first + count, there.matched);
    return first < there.from || last > there.from + there.rows.length;
  }

  /** @returns undefined when newer rows were asked for meanwhile */
  async load(): Promise<Rows | undefined> {
    const turn = ++this.turn;
    const rows = await this.ask(this.window.from, this.window.count);
    return turn === this.turn ? rows : undefined;
  }
}

/** The row at a position, when it is there. */
export function rowAt<Row>(part: RowsPart<Row> | null, position: number): Row | undefined {
  return part?.rows[position - part.from];
}
