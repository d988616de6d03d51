import { controlAttributes, type DraftProps } from './control';
import { strings } from './strings';
import { TextField } from './TextField';

export interface DateTimeFieldProps extends DraftProps<string> {
  readonly includeTime: boolean;
}

/** A date, `YYYY-MM-DD`, with its time ` HH:MM:SS` where wanted. Other texts, such as "now", are edited as they are. */
export function DateTimeField({ includeTime, value, onChange, onProblem, ...wiring }: DateTimeFieldProps) {
  const native = toNative(value, includeTime);
  if (native === null) return <TextField {...wiring} value={value} onChange={onChange} />;
  return (
    <input
      {...controlAttributes(wiring)}
      class="text-input date-input"
      type={includeTime ? 'datetime-local' : 'date'}
      {...(includeTime ? { step: 1 } : {})}
      value={native}
      onInput={({ currentTarget }) => {
        if (currentTarget.validity.badInput) onProblem(includeTime ? strings.notADateTime : strings.notADate);
        else onChange(fromNative(currentTarget.value));
      }}
    />
  );
}

function toNative(value: string, includeTime: boolean): string | null {
  if (value === '') return value;
  const [, date, time = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(value) ?? [];
  if (date === undefined) return null;
  return includeTime ? `${date}T${time}` : date;
}

/** The browser leaves zero seconds out. */
function fromNative(value: string): string {
  return value.replace('T', ' ').replace(/ (\d\d:\d\d)$/, ' $1:00');
}
