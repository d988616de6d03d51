import { useEffect, useRef, useState } from 'preact/hooks';
import { Debounced } from './timer';

interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Milliseconds without a key after which rows are asked for. */
const delay = 200;

/** A text that narrows the rows while it is typed. */
export function FilterField({ label, value, onChange }: FilterFieldProps) {
  const [text, setText] = useState(value);
  const latest = useRef({ text, asked: value, onChange });
  latest.current.onChange = onChange;
  const [asking] = useState(
    () =>
      new Debounced(delay, () => {
        const { current } = latest;
        current.asked = current.text;
        current.onChange(current.text);
      }),
  );
  const type = (typed: string): void => {
    latest.current.text = typed;
    setText(typed);
  };
  useEffect(() => {
    // What was asked for here may be behind what is typed by now; anything else was changed elsewhere.
    if (value === latest.current.asked) return;
    latest.current.asked = value;
    asking.cancel();
    type(value);
  }, [value]);
  useEffect(() => () => asking.flush(), [asking]);
  return (
    <input
      class="text-input filter-field"
      type="text"
      dir="auto"
      autocomplete="off"
      spellcheck={false}
      aria-label={label}
      placeholder={label}
      value={text}
      onInput={({ currentTarget }) => {
        type(currentTarget.value);
        asking.ask();
      }}
      // The page may be hidden next, and with it all that is still waited for.
      onBlur={() => asking.flush()}
      onKeyDown={({ key, isComposing }) => {
        if (key === 'Enter' && !isComposing) asking.flush();
      }}
    />
  );
}
