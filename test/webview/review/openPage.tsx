import type { ReviewAction } from '../../../extension/protocol/review';
import { pageHandlers } from '../../../webview/review/actions';
import { Page } from '../../../webview/review/Page';
import { Review } from '../../../webview/review/review';
import { Store } from '../../../webview/review/store';
import { find, mount, perform } from '../outputs/mount';
import { FakeHost, type FakeRecord } from './fakeHost';

export const threeRecords: readonly FakeRecord[] = [{ row: 10 }, { row: 20 }, { row: 30 }];

/** A page over a host in memory, and what VS Code does to it. */
export async function openPage(host = new FakeHost(threeRecords), clock = { now: 0 }) {
  const kept: unknown[] = [];
  const store = new Store((keep, restore) => kept.push({ keep, restore }), { isBulk: false, figures: false });
  const review = new Review(host.remote, store, () => clock.now);
  const handlers = pageHandlers(() => review);
  const root = mount(<Page review={review} />);
  await perform(() => review.load());
  await settle();
  const act = (action: ReviewAction) => perform(() => handlers.perform.handle(action) as Promise<void>).then(settle);
  return {
    root,
    host,
    review,
    handlers,
    clock,
    kept,
    act,
    label: (index: number) => perform(() => handlers.performLabel.handle(index) as Promise<void>).then(settle),
    changed: () => perform(() => handlers.changed.handle(2) as Promise<void>).then(settle),
    heading: () => find(root, '#record-heading').textContent,
    said: () => [...root.querySelectorAll('[role=status]')].at(-1)?.textContent,
  };
}

/** Waits for the answers of the host, and for the page to have drawn them. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await perform(() => new Promise((resolve) => setTimeout(resolve)));
}
