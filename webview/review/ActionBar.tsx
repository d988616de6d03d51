import type { ReviewAction, ReviewView } from '../../extension/protocol/review';
import { Icon, type IconName } from '../ui/Icon';
import { perform } from './actions';
import { isSameLabelling, labelText } from './labels';
import type { Review } from './review';
import type { PageState } from './state';
import { strings } from './strings';

interface ActionBarProps {
  readonly review: Review;
  readonly state: PageState;
  readonly view: ReviewView;
}

/** What can be decided, each with its key; always at the same place. */
export function ActionBar({ review, state, view }: ActionBarProps) {
  const { isBulk, ended, shown } = state;
  const isDecidable = isBulk || (shown !== null && !ended);
  const act = (action: ReviewAction) => () => perform(review, action);
  return (
    <footer class="action-bar" role="group" aria-label={strings.actions}>
      <Action icon="check" caption={keepCaption(state)} keys="K" disabled={!isDecidable} onClick={act('keep')} />
      <Action
        primary
        icon="edit"
        caption={changeCaption(review, state, view)}
        keys="Enter"
        disabled={!isDecidable || !canAccept(review, state, view)}
        onClick={act('accept')}
      />
      <span class="action-gap" />
      <Action icon="question" caption={strings.ambiguous} keys="A" disabled={!isDecidable} onClick={act('ambiguous')} />
      <Action icon="trash" caption={strings.discard} keys="D" disabled={!isDecidable} onClick={act('discard')} />
      <Action icon="debug-step-over" caption={strings.skip} keys="S" disabled={!isDecidable} onClick={act('skip')} />
      {!isBulk && <Action icon="note" caption={strings.note} keys="N" disabled={!isDecidable} onClick={act('note')} />}
      <Action icon="discard" caption={strings.undo} keys="U" disabled={!view.canUndo} onClick={act('undo')} />
      <span class="action-space" />
      <Action step caption={strings.previous} keys="←" onClick={act('previous')} />
      <Action step caption={strings.next} keys="→" onClick={act('next')} />
    </footer>
  );
}

function keepCaption({ isBulk, shown }: PageState): string {
  return isBulk || !shown ? strings.choices.keep : strings.keep(labelText(shown.record.given));
}

function changeCaption(review: Review, { isBulk, shown }: PageState, view: ReviewView): string {
  if (isBulk) return strings.choices.change;
  if (!shown || review.walk.isHidden(shown.record)) return strings.changeHidden;
  const { record, toggled } = shown;
  const label = view.multiLabel ? toggled : record.suggested;
  if (!label) return strings.changeHidden;
  return isSameLabelling(label, record.given) ? strings.keep(labelText(label)) : strings.change(labelText(label));
}

function canAccept(review: Review, { isBulk, shown }: PageState, view: ReviewView): boolean {
  if (isBulk) return !view.blind;
  if (!shown) return false;
  return view.multiLabel || (shown.record.suggested !== null && !review.walk.isHidden(shown.record));
}

/** Arrows by the names that assistive technology knows. */
const keyName: Readonly<Record<string, string>> = { '←': 'ArrowLeft', '→': 'ArrowRight' };

interface ActionProps {
  readonly icon?: IconName;
  readonly caption: string;
  /** As it is set unless the person has changed it. */
  readonly keys: string;
  readonly primary?: boolean;
  /** Whether its key alone says enough where room is scarce. */
  readonly step?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Action({ icon, caption, keys, primary = false, step = false, disabled = false, onClick }: ActionProps) {
  return (
    <button
      type="button"
      class={primary ? 'action primary' : step ? 'action step' : 'action'}
      aria-label={step ? caption : undefined}
      aria-keyshortcuts={keyName[keys] ?? keys}
      disabled={disabled}
      title={caption}
      onClick={(event) => {
        onClick();
        // After a press by mouse, Enter must not press this button once more.
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {icon && <Icon name={icon} />}
      <span class="action-caption" dir="auto">
        {caption}
      </span>
      <kbd>{keys}</kbd>
    </button>
  );
}
