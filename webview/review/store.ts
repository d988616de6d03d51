import { failureOf } from '../ui/rpcClient';
import { initialState, type Kept, type PageState } from './state';

/** Holds the state of the page, tells of its changes, and keeps what is to come back with the page. */
export class Store {
  private current: PageState;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly keep: (kept: Kept, restore: unknown) => void,
    { isBulk, figures }: Kept,
  ) {
    this.current = { ...initialState, isBulk, figures };
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
    const { view, isBulk, figures } = this.current;
    const isKept = ['view', 'isBulk', 'figures'].some((key) => key in change);
    if (isKept && view) this.keep({ isBulk, figures }, view.restore);
    for (const listener of this.listeners) listener();
  }

  /** Says something to those who do not see the page. */
  announce(text: string): void {
    this.update({ announcement: { text, count: this.current.announcement.count + 1 } });
  }

  fail(error: unknown, retry: (() => void) | null = null): void {
    this.update({ notice: { failure: failureOf(error), retry } });
  }

  /** Waits for something at the side; its failure is shown, and nothing else changes. */
  aside(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.fail(error));
  }
}
