import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/Button';
import type { Log } from './log';
import { strings } from './strings';

/** VS Code's own find sees only the rows that are drawn; this one asks the host. */
export function FindBar({ log }: { readonly log: Log }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const close = (): void => {
    log.find(false);
    document.querySelector<HTMLElement>('.grid')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void log.findNext(text, event.shiftKey);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  return (
    <div class="find-bar" role="search">
      <input
        ref={field}
        class="find-field"
        type="text"
        aria-label={strings.find}
        placeholder={strings.find}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button caption={strings.findPrevious} onClick={() => void log.findNext(text, true)} />
      <Button caption={strings.findNext} onClick={() => void log.findNext(text, false)} />
      <Button caption={strings.findClose} onClick={close} />
    </div>
  );
}
