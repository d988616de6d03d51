import type { ReviewView } from '../../extension/protocol/review';
import { Icon } from '../ui/Icon';
import { chooseLabel, perform } from './actions';
import { digitKeys, shownLabels } from './labels';
import type { Review } from './review';
import { probabilityText } from './shares';
import type { Shown } from './state';
import { strings } from './strings';

interface LabelBarsProps {
  readonly review: Review;
  readonly view: ReviewView;
  readonly shown: Shown;
}

/** Every class with its probability; a press or its key decides for it, or switches it. */
export function LabelBars({ review, view, shown }: LabelBarsProps) {
  const { record, labels, toggled } = shown;
  // What was decided stays in sight among many classes.
  const drawn = labels.filter((label, index) => index < shownLabels || record.given.includes(label));
  const more = labels.length - drawn.length;
  const byName = new Map(view.classes.map((name, index) => [name, record.probabilities?.[index]]));
  const isHidden = review.walk.isHidden(record);
  return (
    <section class="label-bars" aria-labelledby="labels-heading">
      <h3 id="labels-heading">{record.probabilities ? strings.probabilities : strings.labels}</h3>
      <ol>
        {drawn.map((label, index) => (
          <LabelBar
            key={label}
            label={label}
            digit={index < digitKeys ? index + 1 : null}
            probability={byName.get(label)}
            pressed={view.multiLabel ? toggled.includes(label) : undefined}
            marks={{
              given: record.given.includes(label),
              suggested: !isHidden && record.suggested?.includes(label) === true,
              changed: record.own?.label?.includes(label) === true,
            }}
            onClick={() => chooseLabel(review, label)}
          />
        ))}
      </ol>
      {labels.length > digitKeys && (
        <button type="button" class="small-button find-label" onClick={() => perform(review, 'chooseLabel')}>
          <Icon name="search" /> {more > 0 ? strings.moreLabels(more) : strings.findLabel} <kbd>L</kbd>
        </button>
      )}
    </section>
  );
}

type Mark = keyof typeof strings.marks;
const marks: readonly Mark[] = ['given', 'suggested', 'changed'];

interface LabelBarProps {
  readonly label: string;
  readonly digit: number | null;
  readonly probability: number | undefined;
  /** Undefined where a record has one label. */
  readonly pressed: boolean | undefined;
  readonly marks: Readonly<Record<Mark, boolean>>;
  readonly onClick: () => void;
}

function LabelBar({ label, digit, probability, pressed, marks: has, onClick }: LabelBarProps) {
  const marked = marks.filter((mark) => has[mark]);
  return (
    <li>
      <button
        type="button"
        class={['label-bar', ...marked].join(' ')}
        aria-pressed={pressed}
        aria-keyshortcuts={digit === null ? undefined : String(digit)}
        title={label}
        onClick={onClick}
      >
        {pressed !== undefined && <span class="label-switch">{pressed && <Icon name="check" />}</span>}
        <kbd>{digit}</kbd>
        <span class="label-name" dir="auto">
          {label}
        </span>
        <span class="label-marks">{marked.map((mark) => strings.marks[mark]).join(', ')}</span>
        <span class="label-percent">{probability !== undefined && probabilityText(probability)}</span>
        {probability !== undefined && (
          <svg class="label-share" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={100 * Math.min(1, Math.max(0, probability))} height={1} />
          </svg>
        )}
      </button>
    </li>
  );
}
