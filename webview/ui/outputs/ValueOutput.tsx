import type { Choice, Slider } from '../../../extension/core/demo/components';
import { CopyButton } from './CopyButton';
import { formatNumber } from './number';
import { strings } from './strings';

export function NumberOutput({ value }: { readonly value: number }) {
  return (
    <div class="output-row">
      <span class="output-number">{formatNumber(value)}</span>
      <CopyButton text={() => formatNumber(value)} />
    </div>
  );
}

export function SliderOutput({ value, component }: { readonly value: number; readonly component: Slider }) {
  const { minimum, maximum } = component;
  return (
    <div class="output-row">
      <span class="output-number">{formatNumber(value)}</span>
      <meter
        class="output-meter"
        min={minimum}
        max={maximum}
        value={Number.isFinite(value) ? value : minimum}
        aria-label={`${formatNumber(minimum)} – ${formatNumber(maximum)}`}
      />
    </div>
  );
}

export function CheckboxOutput({ value }: { readonly value: boolean }) {
  return <Mark on={value} text={value ? strings.yes : strings.no} />;
}

/** One chosen value, by the label of its choice. */
export function ChoiceOutput({
  value,
  choices,
}: {
  readonly value: string | number;
  readonly choices: readonly Choice[];
}) {
  return (
    <span class="output-plain" dir="auto">
      {labelOf(value, choices)}
    </span>
  );
}

interface ChoicesProps {
  readonly values: readonly (string | number)[];
  readonly choices: readonly Choice[];
}

/** Every choice with its tick, then values that are no choice. */
export function CheckboxGroupOutput({ values, choices }: ChoicesProps) {
  const strangers = values.filter((value) => !choices.some(([, known]) => known === value));
  const items: readonly Choice[] = [...choices, ...strangers.map((value) => [String(value), value] as const)];
  return (
    <ul class="output-marks">
      {items.map(([label, value]) => (
        <li key={`${typeof value}:${value}`}>
          <Mark on={values.includes(value)} text={label} />
        </li>
      ))}
    </ul>
  );
}

/** The chosen values of a dropdown, in their order. */
export function ChoicesOutput({ values, choices }: ChoicesProps) {
  return (
    <ul class="output-tags">
      {values.map((value, index) => (
        <li key={index} class="output-tag" dir="auto">
          {labelOf(value, choices)}
        </li>
      ))}
    </ul>
  );
}

function Mark({ on, text }: { readonly on: boolean; readonly text: string }) {
  return (
    <span class="output-mark">
      <span role="img" aria-label={on ? strings.ticked : strings.notTicked}>
        {on ? '☑' : '☐'}
      </span>
      <span dir="auto">{text}</span>
    </span>
  );
}

function labelOf(value: string | number, choices: readonly Choice[]): string {
  return choices.find(([, known]) => known === value)?.[0] ?? String(value);
}
