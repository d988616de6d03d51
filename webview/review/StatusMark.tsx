import type { CandidateStatus } from '../../extension/core/review/types';
import { Icon, type IconName } from '../ui/Icon';
import { strings } from './strings';

const statusIcons: Readonly<Record<CandidateStatus, IconName>> = {
  pending: 'circle-outline',
  keep: 'check',
  change: 'edit',
  ambiguous: 'question',
  discard: 'trash',
  skip: 'debug-step-over',
};

/** A status by its icon and its name. */
export function StatusMark({ status }: { readonly status: CandidateStatus }) {
  return (
    <span class={`status status-${status}`}>
      <Icon name={statusIcons[status]} />
      <span>{strings.statuses[status]}</span>
    </span>
  );
}
