import { controlAttributes, groupAttributes, type Choice, type ControlProps, type Wiring } from './control';

export interface CheckboxProps extends ControlProps<boolean> {
  readonly label: string;
}

/** A box with its label beside it. */
export function Checkbox({ label, value, onChange, ...wiring }: CheckboxProps) {
  return (
    <label class="check" id={wiring.labelId}>
      <input
        {...controlAttributes(wiring)}
        type="checkbox"
        checked={value}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

export interface CheckboxGroupProps extends ControlProps<readonly (string | number)[]> {
  readonly choices: readonly Choice[];
}

/** Any number of choices; their values stay in the order of the choices. */
export function CheckboxGroup({ choices, value, onChange, ...wiring }: CheckboxGroupProps) {
  const toggle = (toggled: string | number, on: boolean): void =>
    onChange(
      choices.map(([, choice]) => choice).filter((choice) => (choice === toggled ? on : value.includes(choice))),
    );
  return (
    <div class="choices" role="group" {...groupAttributes(wiring)}>
      {choices.map(([label, choice], index) => (
        <Checkbox
          key={index}
          {...itemWiring(wiring, index)}
          label={label}
          value={value.includes(choice)}
          onChange={(on) => toggle(choice, on)}
        />
      ))}
    </div>
  );
}

export interface RadioGroupProps extends ControlProps<string | number | null> {
  readonly choices: readonly Choice[];
}

/** One choice or none. */
export function RadioGroup({ choices, value, onChange, ...wiring }: RadioGroupProps) {
  return (
    <div
      class="choices"
      role="radiogroup"
      {...groupAttributes(wiring)}
      aria-invalid={wiring.invalid ? 'true' : undefined}
    >
      {choices.map(([label, choice], index) => (
        <label key={index} class="check">
          <input
            type="radio"
            name={wiring.id}
            disabled={wiring.disabled}
            checked={choice === value}
            onChange={() => onChange(choice)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

function itemWiring(wiring: Wiring, index: number): Wiring {
  const id = `${wiring.id}-${index}`;
  return { ...wiring, id, labelId: `${id}-label`, describedBy: undefined, invalid: false };
}
