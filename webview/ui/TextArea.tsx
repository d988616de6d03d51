import { useLayoutEffect, useRef } from 'preact/hooks';
import { controlAttributes, type ControlProps } from './control';

export interface TextAreaProps extends ControlProps<string> {
  /** Lines shown at least. */
  readonly lines: number;
  /** Lines up to which it grows with its text. */
  readonly maxLines: number;
  readonly placeholder?: string | undefined;
}

/** Several lines of text; grows with them. */
export function TextArea({ lines, maxLines, placeholder, value, onChange, ...wiring }: TextAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (area.current) area.current.rows = Math.max(lines, Math.min(maxLines, value.split('\n').length));
  }, [value, lines, maxLines]);
  return (
    <textarea
      {...controlAttributes(wiring)}
      ref={area}
      class="text-input"
      data-one-line={lines === 1 ? true : undefined}
      dir="auto"
      spellcheck={false}
      placeholder={placeholder}
      value={value}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
