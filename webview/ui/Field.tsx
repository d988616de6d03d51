import type { ComponentChildren } from 'preact';
import type { Wiring } from './control';
import { Icon } from './Icon';

export interface FieldProps {
  /** Id of the control; those of its label, help and problem derive from it. */
  readonly id: string;
  readonly label: string;
  readonly showLabel?: boolean | undefined;
  /** One line of help. */
  readonly info?: string | undefined;
  /** The rule that the value breaks, or empty. */
  readonly problem?: string | undefined;
  readonly disabled?: boolean;
  /** True where the control is a group, which a `label` element cannot name; none where the control holds its own label. */
  readonly labelled?: 'control' | 'group' | 'inside';
  readonly children: (wiring: Wiring) => ComponentChildren;
}

/** A control with its label, help and problem. */
export function Field(props: FieldProps) {
  const { id, label, showLabel = true, info = '', problem = '', disabled = false, labelled = 'control' } = props;
  const labelId = `${id}-label`;
  const describedBy = [info && `${id}-info`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  const labelClass = showLabel ? 'field-label' : 'visually-hidden';
  const help = info && (
    <p class="field-info" id={`${id}-info`}>
      {info}
    </p>
  );
  return (
    <div class={problem ? 'field invalid' : 'field'}>
      {labelled === 'control' && (
        <label class={labelClass} id={labelId} for={id}>
          {label}
        </label>
      )}
      {labelled === 'group' && (
        <div class={labelClass} id={labelId}>
          {label}
        </div>
      )}
      {labelled !== 'inside' && help}
      {props.children({ id, labelId, describedBy, invalid: problem !== '', disabled })}
      {labelled === 'inside' && help}
      <div class="field-problem" id={`${id}-problem`} role="status">
        {problem && (
          <>
            <Icon name="error" />
            {problem}
          </>
        )}
      </div>
    </div>
  );
}
