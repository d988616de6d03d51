import { controlAttributes, type DraftProps } from './control';
import { NumberField } from './NumberField';
import { strings } from './strings';

export interface SliderProps extends DraftProps<number> {
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number | undefined;
}

/** A range with its value as a number beside it, which can be typed as well. */
export function Slider({ value, onChange, onProblem, minimum, maximum, step, ...wiring }: SliderProps) {
  const exactId = `${wiring.id}-exact`;
  return (
    <div class="slider">
      <input
        {...controlAttributes(wiring)}
        type="range"
        min={minimum}
        max={maximum}
        step={step ?? 'any'}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
      <span class="visually-hidden" id={`${exactId}-label`}>
        {strings.exactValue}
      </span>
      <NumberField
        {...wiring}
        id={exactId}
        labelledBy={`${wiring.labelId} ${exactId}-label`}
        minimum={minimum}
        maximum={maximum}
        step={step ?? (maximum - minimum) / 100}
        value={value}
        onChange={(typed) => (typed === null ? onProblem(strings.notANumber) : onChange(typed))}
        onProblem={onProblem}
      />
    </div>
  );
}
