import type { GridRow, LogQuery, RowsReply } from '../../extension/protocol/log';

const pageSize = 100;
/** Pages that are kept; those that were seen last. */
const keptPages = 40;

/** The rows of a view that were asked for, page by page. */
export class RowCache {
  private pages = new Map<number, readonly GridRow[]>();
  private readonly asked = new Set<number>();
  private turn = 0;
  /** Rows of the view; undefined until the first answer. */
  matched: number | undefined;
  /** The version of the document that the newest rows are of. */
  version = 0;

  constructor(
    private readonly ask: (query: LogQuery, from: number, count: number) => Promise<RowsReply>,
    private readonly onRows: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** The row at a position of the view, when it is there already. */
  at(position: number): GridRow | undefined {
    return this.pages.get(Math.floor(position / pageSize))?.[position % pageSize];
  }

  /** Forgets all, since the query or the document changed; old rows stay to be looked at until new ones come. */
  renew(): void {
    this.turn++;
    this.asked.clear();
  }

  /** Asks for the rows from `first` on that are not there. */
  look(query: LogQuery, first: number, count: number): void {
    const last = Math.max(first, first + count - 1);
    for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(last / pageSize); page++) {
      if (this.asked.has(page) || (this.asked.size > 0 && page * pageSize >= (this.matched ?? 0))) continue;
      this.asked.add(page);
      void this.load(query, page, this.turn);
    }
  }

  private async load(query: LogQuery, page: number, turn: number): Promise<void> {
    try {
      const reply = await this.ask(query, page * pageSize, pageSize);
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
    this.matched = matched;
    this.version = version;
    this.pages.delete(page);
    this.pages.set(page, rows);
    for (const old of this.pages.keys()) {
      if (this.pages.size <= keptPages && old * pageSize < matched) continue;
      if (old === page) continue;
      this.pages.delete(old);
      this.asked.delete(old);
    }
  }
}
