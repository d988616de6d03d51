import { useRef } from 'preact/hooks';
import { controlAttributes, type ControlProps } from './control';
import { strings } from './strings';

/** Lines up to which it grows with its text. */
const maxLines = 20;

export interface CodeFieldProps extends ControlProps<string> {
  readonly lines: number;
}

/** Text in the editor's font. Tab indents; Escape first lets it leave, so that no keyboard is trapped. */
export function CodeField({ lines, value, onChange, describedBy, ...wiring }: CodeFieldProps) {
  const leaving = useRef(false);
  const helpId = `${wiring.id}-leave`;
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey, currentTarget } = event;
    const leaves = leaving.current || shiftKey || ctrlKey || metaKey || altKey;
    leaving.current = key === 'Escape';
    if (key !== 'Tab' || leaves) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = currentTarget;
    currentTarget.setRangeText('  ', selectionStart, selectionEnd, 'end');
    onChange(currentTarget.value);
  };
  return (
    <>
      <textarea
        {...controlAttributes({ ...wiring, describedBy: [describedBy, helpId].filter(Boolean).join(' ') })}
        class="text-input code-input"
        rows={Math.max(lines, Math.min(maxLines, value.split('\n').length))}
        spellcheck={false}
        autocapitalize="off"
        wrap="off"
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => (leaving.current = false)}
      />
      <p class="field-info" id={helpId}>
        {strings.leaveCode}
      </p>
    </>
  );
}
