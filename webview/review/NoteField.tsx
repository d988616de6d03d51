import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReviewRecord } from '../../extension/protocol/review';
import type { Review } from './review';
import { strings } from './strings';

interface NoteFieldProps {
  readonly review: Review;
  readonly record: ReviewRecord;
  /** Whether the field has the focus, or is about to have it. */
  readonly writing: boolean;
}

/** What a person writes about a record. It is there once it is asked for, or once there is a note. */
export function NoteField({ review, record: { row, own }, writing }: NoteFieldProps) {
  const kept = own?.note ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  /** Whether something was written of which the record does not tell yet. */
  const [written, setWritten] = useState(false);
  /** What is typed and not kept yet. */
  const [draft, setDraft] = useState<string | null>(null);
  // Before the browser paints, so that the next key is text already.
  useLayoutEffect(() => {
    if (writing) field.current?.focus();
  }, [writing]);
  const keep = (): void => {
    if (draft !== null && draft.trim() !== kept) review.decisions.note(row, draft.trim());
    setDraft(null);
    setWritten(Boolean(draft?.trim()));
    if (review.state.noting === row) review.store.update({ noting: null });
  };
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(
    () => () => {
      // Another record may come while this one is written about; the blur of a field that is removed adds nothing.
      latest.current();
      latest.current = () => undefined;
    },
    [],
  );
  const leave = (): void => {
    const { current } = field;
    current?.closest<HTMLElement>('[tabindex]')?.focus();
  };
  if (!writing && !written && !kept) return null;
  return (
    <div class="note">
      <label for="note-field">{strings.noteOf(row)}</label>
      <textarea
        id="note-field"
        ref={field}
        class="text-input growing-input"
        dir="auto"
        rows={1}
        aria-describedby="note-help"
        value={draft ?? kept}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onFocus={() => review.store.update({ noting: row })}
        onBlur={() => latest.current()}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          const isKept = event.key === 'Enter' && !event.shiftKey;
          if (!isKept && event.key !== 'Escape') return;
          event.preventDefault();
          leave();
        }}
      />
      <p class="field-info" id="note-help">
        {strings.noteHelp}
      </p>
    </div>
  );
}
