import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../../extension/protocol/envelope';
import type { LiveRegionProps } from './LiveRegion';
import { failureOf } from './rpcClient';

/** Holds the state of a page and tells of its changes. */
export class Store<State> {
  private current: State;
  private readonly listeners = new Set<() => void>();

  constructor(initial: State) {
    this.current = initial;
  }

  get state(): State {
    return this.current;
  }

  /** @returns the function that ends it */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  protected set(state: State): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}

/** Something that failed, and how to try it again where that makes sense. */
export interface PageNotice {
  readonly failure: Failure;
  readonly retry: (() => void) | null;
}

/** What a page tells a person besides what it shows. */
export interface Told {
  readonly notice: PageNotice | null;
  readonly announcement: LiveRegionProps;
}

export const nothingTold: Told = { notice: null, announcement: { text: '', count: 0 } };

/** A store whose fields are changed one by one. */
export class PageStore<State extends Told> extends Store<State> {
  update(change: Partial<State>): void {
    this.set({ ...this.state, ...change });
  }

  /** Says something to those who do not see the page. */
  announce(text: string): void {
    this.set({ ...this.state, announcement: { text, count: this.state.announcement.count + 1 } });
  }

  fail(error: unknown, retry: (() => void) | null = null): void {
    this.set({ ...this.state, notice: { failure: failureOf(error), retry } });
  }

  /** Waits for something at the side; its failure is shown, and nothing else changes. */
  aside(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.fail(error));
  }
}

/** The state as it is now; the component is drawn again when it changes. */
export function useStore<State>(store: Store<State>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    const follow = (): void => setState(store.state);
    follow();
    return store.subscribe(follow);
  }, [store]);
  return state;
}
