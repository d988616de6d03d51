import { failureOf } from '../ui/rpcClient';
import { toKeep } from './kept';
import { initialState, type Kept, type PageState } from './state';

/** Holds the state of the page, tells of its changes, and keeps what a reload is to bring back. */
export class Store {
  private current: PageState;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly keep: (kept: Kept, restore: unknown) => void,
    kept: Partial<Kept> = {},
  ) {
    this.current = { ...initialState, ...kept, anchor: kept.at?.position ?? 0 };
  }

  get state(): PageState {
    return this.current;
  }

  /** @returns the function that ends it */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  update(change: Partial<PageState>): void {
    this.current = { ...this.current, ...change };
    const isKept = Object.keys(toKeep(this.current)).some((key) => key in change);
    if (isKept || change.view) this.keep(toKeep(this.current), this.current.view?.restore);
    for (const listener of this.listeners) listener();
  }

  /** Says something to those who do not see the page. */
  announce(text: string): void {
    this.update({ announcement: { text, count: this.current.announcement.count + 1 } });
  }

  fail(error: unknown): void {
    this.update({ notice: failureOf(error) });
  }

  /** Waits for something at the side; its failure is shown, and nothing else changes. */
  aside(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.fail(error));
  }
}
