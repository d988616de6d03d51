import { PageStore } from '../ui/store';
import { toKeep } from './kept';
import { initialState, type Kept, type PageState } from './state';

/** The state of the page, of which a part is kept for a reload to bring back. */
export class Store extends PageStore<PageState> {
  constructor(
    private readonly keep: (kept: Kept, restore: unknown) => void,
    kept: Partial<Kept> = {},
  ) {
    super({ ...initialState, ...kept, anchor: kept.at?.position ?? 0 });
  }

  override update(change: Partial<PageState>): void {
    super.update(change);
    const kept = toKeep(this.state);
    const isKept = Object.keys(kept).some((key) => key in change);
    if (isKept || change.view) this.keep(kept, this.state.view?.restore);
  }
}
