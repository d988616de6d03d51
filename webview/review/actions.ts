import { reviewActions, type ReviewAction, type ReviewPage } from '../../extension/protocol/review';
import type { Handlers } from '../../extension/protocol/rpc';
import type { Review } from './review';
import { strings } from './strings';

/** Does what a key or a button asks for; keys go to the table while it is shown, and to nothing below a dialog. */
export function perform(review: Review, action: ReviewAction): void {
  const { state, store, host } = review;
  if (!state.view || state.bulk.pending) return;
  if (state.dialog && action !== state.dialog) return;
  switch (action) {
    case 'help':
      store.update({ dialog: state.dialog ? null : 'help' });
      return;
    case 'chooseLabel':
      if (review.walk.seen || state.isBulk) store.update({ dialog: 'labels' });
      return;
    case 'note':
      review.walk.note();
      return;
    case 'bulk':
      review.setBulk(!state.isBulk);
      return;
    case 'charts':
      review.setFigures(!state.figures);
      return;
    case 'freeze':
      review.change(host.setFrozen(!state.view.frozen));
      return;
    case 'blind':
      review.change(host.setBlind(!state.view.blind));
      return;
    case 'undo':
    case 'redo':
      void review.decisions[action]();
      return;
    case 'next':
    case 'previous':
      move(review, action === 'next' ? 1 : -1);
      return;
    case 'nextPending':
      if (!state.isBulk) void review.walk.nextPending();
      return;
    case 'accept':
      if (state.isBulk) void review.bulk.decide('change');
      else review.decisions.accept();
      return;
    case 'keep':
    case 'ambiguous':
    case 'discard':
    case 'skip':
      if (state.isBulk) void review.bulk.decide(action);
      else review.decisions.decide({ decision: action, label: null });
  }
}

function move(review: Review, by: number): void {
  const { isBulk, bulk } = review.state;
  if (isBulk) review.bulk.goTo(bulk.at + by);
  else void review.walk.move(by);
}

/** Does what the key of the n-th label asks for, from 0. */
export function performLabel(review: Review, index: number): void {
  const { isBulk, view, shown, dialog, bulk } = review.state;
  if (dialog || bulk.pending) return;
  const label = isBulk ? view?.classes[index] : shown?.labels[index];
  if (label !== undefined) chooseLabel(review, label);
}

/** Decides for a label: the record that is seen, or the selection of the table. */
export function chooseLabel(review: Review, label: string): void {
  if (review.state.isBulk) void review.bulk.decide('change', [label]);
  else review.decisions.label(label);
}

/** Keys that are pressed before the field of the note has the focus come back as commands, and are meant as text. */
function isTyped({ state, store, walk }: Review): boolean {
  const isNoting = state.noting === 'next' || (state.noting !== null && state.noting === walk.seen?.record.row);
  if (isNoting) store.announce(strings.noting);
  return isNoting;
}

/** What the host may tell the page. The review is asked for late, since it is made with the host. */
export function pageHandlers(review: () => Review): Handlers<ReviewPage> {
  const isCount = (args: readonly unknown[]): boolean => args.length === 1 && Number.isSafeInteger(args[0]);
  return {
    // The host waits for no answer of a page that reads for long.
    changed: { accepts: isCount, handle: () => void review().follow() },
    perform: {
      accepts: ([action, ...more]) => more.length === 0 && reviewActions.some((known) => known === action),
      handle: (action) => {
        if (!isTyped(review())) perform(review(), action);
      },
    },
    performLabel: {
      accepts: isCount,
      handle: (index) => {
        if (!isTyped(review())) performLabel(review(), index);
      },
    },
    reveal: { accepts: isCount, handle: (row) => review().reveal(row) },
  };
}
