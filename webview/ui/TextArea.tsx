import { controlAttributes, type ControlProps } from './control';

export interface TextAreaProps extends ControlProps<string> {
  /** Lines shown at least; a field of one line is submitted by Enter. */
  readonly lines: number;
  /** Lines up to which it grows with its text. */
  readonly maxLines: number;
  readonly placeholder?: string | undefined;
}

/** Several lines of text; the style sheet lets it grow with them. */
export function TextArea({ lines, maxLines, placeholder, value, onChange, ...wiring }: TextAreaProps) {
  return (
    <textarea
      {...controlAttributes(wiring)}
      class="text-input growing-input"
      style={{ minHeight: height(lines), maxHeight: height(Math.max(lines, maxLines)) }}
      data-one-line={lines === 1 ? true : undefined}
      rows={lines}
      dir="auto"
      spellcheck={false}
      placeholder={placeholder}
      value={value}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** With the padding and the border of `.text-input`. */
function height(lines: number): string {
  return `calc(${lines}lh + 10px)`;
}
