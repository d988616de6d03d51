/** How a control is tied to its field: the ids of its label, its help and its problem. */
export interface Wiring {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly disabled: boolean;
}

export interface ControlProps<Value> extends Wiring {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A control in which a person can write what is no value (yet). */
export interface DraftProps<Value> extends ControlProps<Value> {
  /** Called with the rule that the text breaks; the value stays as it was. */
  readonly onProblem: (problem: string) => void;
}

/** A choice and the value it stands for. */
export type Choice = readonly [label: string, value: string | number];

/** The attributes by which assistive technology knows a single native control. */
export function controlAttributes({ id, describedBy, invalid, disabled }: Wiring) {
  return {
    id,
    disabled,
    'aria-describedby': describedBy,
    'aria-invalid': invalid ? ('true' as const) : undefined,
  };
}

/** The attributes of a group of controls. */
export function groupAttributes({ id, labelId, describedBy }: Wiring) {
  return { id, 'aria-labelledby': labelId, 'aria-describedby': describedBy };
}
