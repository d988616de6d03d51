import type { Verdict } from '../../extension/core/flagging/replay/types';
import type { ReplayView } from '../../extension/protocol/replay';
import { Icon, type IconName } from '../ui/Icon';
import { strings } from './strings';

/** In the order of the filter. */
const order: readonly Verdict[] = ['fixed', 'still-wrong', 'newly-different', 'same', 'failed'];

const icons: Readonly<Record<Verdict, IconName>> = {
  fixed: 'pass',
  'still-wrong': 'circle-slash',
  'newly-different': 'diff',
  same: 'dash',
  failed: 'error',
};

/** A verdict by its icon and its name. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span class={`verdict verdict-${verdict}`}>
      <Icon name={icons[verdict]} />
      <span>{strings.verdicts[verdict]}</span>
    </span>
  );
}

interface VerdictFilterProps {
  readonly view: ReplayView;
  /** Null for all. */
  readonly verdict: Verdict | null;
  readonly onChange: (verdict: Verdict | null) => void;
}

/** How many samples have each verdict; a press shows those alone. */
export function VerdictFilter({ view, verdict, onChange }: VerdictFilterProps) {
  return (
    <div class="verdict-filter" role="group" aria-label={strings.filter}>
      <button type="button" class="chip" aria-pressed={verdict === null} onClick={() => onChange(null)}>
        {strings.all} <span class="chip-count">{view.done}</span>
      </button>
      {order.map((candidate) => (
        <button
          key={candidate}
          type="button"
          class="chip"
          aria-pressed={verdict === candidate}
          title={strings.explained[candidate]}
          onClick={() => onChange(candidate)}
        >
          <VerdictMark verdict={candidate} /> <span class="chip-count">{view.counts[candidate]}</span>
        </button>
      ))}
    </div>
  );
}
