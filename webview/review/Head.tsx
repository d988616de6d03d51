import type { ReviewView } from '../../extension/protocol/review';
import { Icon, type IconName } from '../ui/Icon';
import { perform } from './actions';
import { leftOf, type Review } from './review';
import type { PageState } from './state';
import { strings } from './strings';

interface HeadProps {
  readonly review: Review;
  readonly state: PageState;
  readonly view: ReviewView;
}

/** How far the review is, and what can be switched. */
export function Head({ review, state, view }: HeadProps) {
  return (
    <div class="head-line">
      <h1 dir="auto" title={view.dataset}>
        <span class="visually-hidden">{strings.title(view.dataset)}</span>
        <span aria-hidden="true">{view.dataset}</span>
      </h1>
      <Progress state={state} view={view} />
      <Apply review={review} view={view} />
      <div class="head-switches" role="group" aria-label={strings.switches}>
        <Switch
          icon="table"
          caption={strings.table}
          pressed={state.isBulk}
          onClick={() => perform(review, 'bulk')}
          help={strings.tableSwitch}
        />
        <Switch
          icon="graph"
          caption={strings.figures}
          pressed={state.figures}
          onClick={() => perform(review, 'charts')}
          help={strings.figuresSwitch}
        />
        {view.live && (
          <Switch
            icon="pulse"
            caption={strings.live}
            pressed={!view.frozen}
            onClick={() => perform(review, 'freeze')}
            help={strings.liveHelp}
          />
        )}
        <Switch
          icon="eye-closed"
          caption={strings.blind}
          pressed={view.blind}
          onClick={() => perform(review, 'blind')}
          help={strings.blindHelp}
        />
        <button
          type="button"
          class="switch"
          aria-haspopup="dialog"
          title={strings.helpTitle}
          onClick={() => perform(review, 'help')}
        >
          <Icon name="question" />
          <span class="switch-caption">{strings.help}</span>
        </button>
      </div>
    </div>
  );
}

function Progress({ state, view }: Omit<HeadProps, 'review'>) {
  const { candidates } = view.counts;
  const left = leftOf(state);
  const text = strings.progress(candidates - left, candidates);
  return (
    <div class="head-progress">
      <progress max={Math.max(1, candidates)} value={candidates - left} aria-label={text} />
      <p>
        <strong>{text}</strong>
        <span>{strings.pending(left)}</span>
        <span>{strings.found(view.estimate.errors)}</span>
        {/* The place is kept, so that nothing moves when it comes and goes. */}
        <span class="head-saving" role="status">
          {state.saving && strings.saving}
        </span>
      </p>
    </div>
  );
}

/** It is there from the beginning, so that nothing moves with the first correction. */
function Apply({ review, view }: Omit<HeadProps, 'state'>) {
  const { unapplied } = view.counts;
  return (
    <button
      type="button"
      class="small-button"
      disabled={unapplied === 0}
      onClick={() => review.store.aside(review.host.apply())}
    >
      {strings.apply(unapplied)}
    </button>
  );
}

interface SwitchProps {
  readonly icon: IconName;
  readonly caption: string;
  readonly pressed: boolean;
  readonly help: string;
  readonly onClick: () => void;
}

function Switch({ icon, caption, pressed, help, onClick }: SwitchProps) {
  return (
    <button type="button" class="switch" aria-pressed={pressed} title={`${caption}: ${help}`} onClick={onClick}>
      <Icon name={icon} />
      <span class="switch-caption">{caption}</span>
    </button>
  );
}
