import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewRecord } from '../../extension/protocol/review';
import type { Review } from './review';
import { strings } from './strings';

interface NoteFieldProps {
  readonly review: Review;
  readonly record: ReviewRecord;
  /** Grows when the note is asked for. */
  readonly asked: number;
}

/** What a person writes about a record. It is there once it is asked for, or once there is a note. */
export function NoteField({ review, record: { row, own }, asked }: NoteFieldProps) {
  const kept = own?.note ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  const [open, setOpen] = useState(false);
  /** What is typed and not kept yet. */
  const [draft, setDraft] = useState<string | null>(null);
  const first = useRef(asked);
  useEffect(() => {
    if (asked === first.current) return;
    first.current = asked;
    if (field.current) field.current.focus();
    else setOpen(true);
  }, [asked]);
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  const keep = (): void => {
    if (draft !== null && draft.trim() !== kept) review.decisions.note(row, draft.trim());
    setDraft(null);
    if (!draft?.trim() && !kept) setOpen(false);
  };
  const latest = useRef(keep);
  latest.current = keep;
  // Another record may come while this one is written about.
  useEffect(() => () => latest.current(), []);
  const leave = (): void => {
    const { current } = field;
    current?.closest<HTMLElement>('[tabindex]')?.focus();
  };
  if (!open && !kept) return null;
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
        onBlur={keep}
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
