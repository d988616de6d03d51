import { useEffect, useState } from 'preact/hooks';
import { initialState, reduce, type Action, type PageState } from './state';

/** Holds the state of the page and tells of its changes. */
export class Store {
  private current = initialState;
  private readonly listeners = new Set<() => void>();

  get state(): PageState {
    return this.current;
  }

  dispatch(action: Action): void {
    this.current = reduce(this.current, action);
    for (const listener of this.listeners) listener();
  }

  /** @returns the function that ends it */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** The state as it is now; the component is drawn again when it changes. */
export function useStore(store: Store): PageState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    const follow = (): void => setState(store.state);
    follow();
    return store.subscribe(follow);
  }, [store]);
  return state;
}
