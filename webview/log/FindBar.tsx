import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../ui/Button';
import type { Log } from './log';
import type { PageState } from './state';
import { strings } from './strings';

interface FindBarProps {
  readonly log: Log;
  readonly state: PageState;
}

/** VS Code's own find sees only the rows that are drawn; this one asks the host. */
export function FindBar({ log, state }: FindBarProps) {
  const [text, setText] = useState('');
  const bar = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const close = (): void => {
    bar.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]')?.focus();
    log.store.update({ finding: false, missed: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isField = event.target === field.current;
    if (event.isComposing) return;
    if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' && isField) || event.key === 'F3') void log.findNext(text, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="find-bar" role="search" ref={bar} onKeyDown={onKeyDown}>
      <input
        ref={field}
        class={state.missed ? 'text-input missed' : 'text-input'}
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        aria-label={strings.find}
        placeholder={strings.find}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          if (state.missed) log.store.update({ missed: false });
        }}
      />
      {state.missed && <span class="find-missed">{strings.notFound}</span>}
      <IconButton icon="arrow-up" label={strings.findPrevious} onClick={() => void log.findNext(text, true)} />
      <IconButton icon="arrow-down" label={strings.findNext} onClick={() => void log.findNext(text, false)} />
      <IconButton icon="close" label={strings.findClose} onClick={close} />
    </div>
  );
}
