import { controlAttributes, type Choice, type ControlProps } from './control';
import { strings } from './strings';

export interface SelectProps extends ControlProps<string | number | null> {
  readonly choices: readonly Choice[];
}

/** One of a few choices, or none. */
export function Select({ choices, value, onChange, ...wiring }: SelectProps) {
  const chosen = choices.findIndex(([, choice]) => choice === value);
  return (
    <select
      {...controlAttributes(wiring)}
      class="text-input select-input"
      value={String(chosen)}
      onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)]?.[1] ?? null)}
    >
      <option value="-1">{strings.none}</option>
      {choices.map(([label], index) => (
        <option key={index} value={String(index)}>
          {label}
        </option>
      ))}
    </select>
  );
}
