import { PageStore } from '../ui/store';
import { initialState, type Kept, type PageState } from './state';

/** The state of the page, of which a part is kept to come back with the page. */
export class Store extends PageStore<PageState> {
  constructor(
    private readonly keep: (kept: Kept, restore: unknown) => void,
    { isBulk, figures }: Kept,
  ) {
    super({ ...initialState, isBulk, figures });
  }

  override update(change: Partial<PageState>): void {
    super.update(change);
    const { view, isBulk, figures } = this.state;
    const isKept = ['view', 'isBulk', 'figures'].some((key) => key in change);
    if (isKept && view) this.keep({ isBulk, figures }, view.restore);
  }
}
