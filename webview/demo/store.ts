import { Store as BaseStore } from '../ui/store';
import { initialState, reduce, type Action, type PageState } from './state';

/** The state of the page, which only actions change. */
export class Store extends BaseStore<PageState> {
  constructor() {
    super(initialState);
  }

  dispatch(action: Action): void {
    this.set(reduce(this.state, action));
  }
}
