import type { GridRow, LogQuery, RowsReply } from '../../extension/protocol/log';

const mostRows = 100;
const fewestRows = 10;
/** A page of rows has about as many cells at most. */
const mostCells = 20_000;
/** Pages that are kept; those that came last. */
const keptPages = 40;

/** The rows of a view that were asked for, page by page. */
export class RowCache {
  private pageSize = mostRows;
  private readonly pages = new Map<number, readonly GridRow[]>();
  private readonly asked = new Map<number, Promise<void>>();
  private turn = 0;
  /** The turn that the pages are of. */
  private shownTurn = 0;
  /** Rows of the view; undefined until the first answer. */
  matched: number | undefined;
  /** The version of the document that the newest rows are of. */
  version = 0;

  constructor(
    private readonly ask: (query: LogQuery, from: number, count: number) => Promise<RowsReply>,
    private readonly onRows: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Whether the rows of the newest query are not there yet. */
  get isAsking(): boolean {
    return this.shownTurn !== this.turn;
  }

  /** The row at a position of the view, when it is there already. */
  at(position: number): GridRow | undefined {
    return this.pages.get(Math.floor(position / this.pageSize))?.[position % this.pageSize];
  }

  /** The position of a row of the file, when it is there. */
  positionOf(row: number): number | undefined {
    for (const [page, rows] of this.pages) {
      const index = rows.findIndex((candidate) => candidate.row === row);
      if (index >= 0) return page * this.pageSize + index;
    }
    return undefined;
  }

  /** Asks for all anew, since the query or the document changed; the old rows are there until the first answer. */
  renew(columns: number): void {
    const pageSize = Math.max(fewestRows, Math.min(mostRows, Math.floor(mostCells / Math.max(1, columns))));
    if (pageSize !== this.pageSize) this.pages.clear();
    this.pageSize = pageSize;
    this.turn++;
    this.asked.clear();
  }

  /** Asks for the rows from `first` on that are not there. @returns when they are, or failed */
  async look(query: LogQuery, first: number, count: number): Promise<void> {
    const from = Math.max(0, Math.floor(first / this.pageSize));
    const to = Math.max(from, Math.floor((first + count - 1) / this.pageSize));
    const loads = Array.from({ length: to - from + 1 }, (_, index) => {
      const page = from + index;
      const load = this.asked.get(page) ?? this.load(query, page, this.turn);
      this.asked.set(page, load);
      return load;
    });
    await Promise.all(loads);
  }

  private async load(query: LogQuery, page: number, turn: number): Promise<void> {
    try {
      const reply = await this.ask(query, page * this.pageSize, this.pageSize);
      if (turn !== this.turn) return;
      this.keep(page, reply);
      this.onRows();
    } catch (error) {
      if (turn !== this.turn) return;
      this.asked.delete(page);
      this.onFailure(error);
    }
  }

  private keep(page: number, { matched, rows, version }: RowsReply): void {
    if (this.shownTurn !== this.turn) this.pages.clear();
    this.shownTurn = this.turn;
    this.matched = matched;
    this.version = version;
    this.pages.delete(page);
    this.pages.set(page, rows);
    const [oldest] = this.pages.keys();
    if (this.pages.size <= keptPages || oldest === undefined) return;
    this.pages.delete(oldest);
    this.asked.delete(oldest);
  }
}
