import { controlAttributes, type DraftProps } from './control';
import { strings } from './strings';
import { useDraft, type Reading } from './useDraft';

export interface NumberFieldProps extends DraftProps<number | null> {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly step?: number | undefined;
  /** Ids of the elements that name it, where a `label` element does not. */
  readonly labelledBy?: string;
}

/** A number or nothing. A text field, since the browser's own number field hides what it cannot read. */
export function NumberField(props: NumberFieldProps) {
  const { value, minimum, maximum, step = 1, labelledBy, onChange, onProblem, ...wiring } = props;
  const { text, write } = useDraft({ value, format: formatNumber, read: readNumber, onChange, onProblem });
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = stepOf(event);
    if (direction === 0) return;
    event.preventDefault();
    write(formatNumber(stepped(value ?? 0, direction * step, minimum, maximum)));
  };
  return (
    <input
      {...controlAttributes(wiring)}
      class="text-input number-input"
      data-one-line
      type="text"
      role="spinbutton"
      inputMode="decimal"
      autocomplete="off"
      aria-labelledby={labelledBy}
      aria-valuenow={value ?? undefined}
      aria-valuetext={text === '' ? strings.none : text}
      aria-valuemin={minimum}
      aria-valuemax={maximum}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function stepOf(event: KeyboardEvent): number {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return 0;
  if (event.key === 'ArrowUp') return 1;
  return event.key === 'ArrowDown' ? -1 : 0;
}

/** Rounds to the digits of the operands, so that 0.1 + 0.2 is 0.3. */
function stepped(value: number, by: number, minimum = -Infinity, maximum = Infinity): number {
  const digits = Math.min(12, Math.max(fractionDigits(value), fractionDigits(by)));
  return Math.min(maximum, Math.max(minimum, Number((value + by).toFixed(digits))));
}

function fractionDigits(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

function formatNumber(value: number | null): string {
  return value === null ? '' : String(value);
}

function readNumber(text: string): Reading<number | null> {
  const trimmed = text.trim();
  if (trimmed === '') return { value: null };
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) && Number.isFinite(Number(trimmed));
  return isNumber ? { value: Number(trimmed) } : { problem: strings.notANumber };
}
