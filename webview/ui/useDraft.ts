import { useState } from 'preact/hooks';

/** What a text means: a value, or the rule it breaks. */
export type Reading<Value> =
  { readonly value: Value; readonly problem?: never } | { readonly value?: never; readonly problem: string };

export interface DraftOptions<Value> {
  readonly value: Value;
  readonly format: (value: Value) => string;
  readonly read: (text: string) => Reading<Value>;
  readonly onChange: (value: Value) => void;
  readonly onProblem: (problem: string) => void;
}

/**
 * The text of a control whose value is not text: it stays as typed ("1.", "1e") while it stands for the value, and
 * follows the value when that is changed from elsewhere.
 */
export function useDraft<Value>({ value, format, read, onChange, onProblem }: DraftOptions<Value>) {
  const [draft, setDraft] = useState({ value, text: format(value) });
  const text = Object.is(draft.value, value) ? draft.text : format(value);
  const write = (typed: string): void => {
    const reading = read(typed);
    if (reading.problem !== undefined) {
      setDraft({ value, text: typed });
      onProblem(reading.problem);
    } else {
      setDraft({ value: reading.value, text: typed });
      onChange(reading.value);
    }
  };
  return { text, write };
}
