import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { formatBytes } from '../../ui/outputs/number';
import { acceptAttribute } from './accept';
import { clipboardImage, clipboardProblem } from './clipboard';
import { takesMany, type MediaComponent } from './payload';
import { strings } from './strings';
import type { Transfer } from './useTransfer';

interface ChooseButtonProps {
  readonly component: MediaComponent;
  readonly caption: string;
  readonly disabled: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Opens the system's file picker. */
export function ChooseButton({ component, caption, disabled, button, onFiles }: ChooseButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="small-button"
        ref={button}
        disabled={disabled}
        onClick={() => picker.current?.click()}
      >
        {caption}
      </button>
      <input
        type="file"
        hidden
        ref={picker}
        accept={acceptAttribute(component)}
        multiple={takesMany(component)}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // Else the same file could not be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

interface PasteButtonProps {
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
  readonly onProblem: (problem: string) => void;
}

export function PasteButton({ disabled, onFile, onProblem }: PasteButtonProps) {
  const paste = () => {
    clipboardImage().then(
      (image) => (image ? onFile(image) : onProblem(strings.nothingToPaste)),
      (error: unknown) => onProblem(clipboardProblem(error)),
    );
  };
  return (
    <button type="button" class="small-button" disabled={disabled} onClick={paste}>
      {strings.paste}
    </button>
  );
}

/** How far a file has come, with a button that stops it. */
export function TransferBar({ transfer, onCancel }: { readonly transfer: Transfer; readonly onCancel: () => void }) {
  const { name, sent, total } = transfer;
  const text = strings.sending(name, formatBytes(sent), formatBytes(total));
  return (
    <div class="media-transfer">
      <span class="output-note">{text}</span>
      <progress class="output-progress" max={Math.max(1, total)} value={sent} aria-label={text} />
      <button type="button" class="small-button" onClick={onCancel}>
        {strings.cancel}
      </button>
    </div>
  );
}
