import { controlAttributes, type ControlProps } from './control';

export interface TextFieldProps extends ControlProps<string> {
  readonly type?: 'text' | 'password' | 'email';
  readonly placeholder?: string | undefined;
}

const types = { text: { type: 'text' }, password: { type: 'password' }, email: { type: 'email' } } as const;

/** One line of text. */
export function TextField({ type = 'text', placeholder, value, onChange, ...wiring }: TextFieldProps) {
  return (
    <input
      {...controlAttributes(wiring)}
      class="text-input"
      data-one-line
      dir="auto"
      {...types[type]}
      autocomplete="off"
      spellcheck={false}
      placeholder={placeholder}
      value={value}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
