import { useRef, useState } from 'preact/hooks';
import { canCapture, type Device } from './capture';
import { canReadClipboard } from './clipboard';
import { ChooseButton, PasteButton, TransferBar } from './controls';
import { filesOf, takesMany, withoutFile, type MediaComponent } from './payload';
import { Preview } from './Preview';
import { Camera, Microphone } from './Recorders';
import { strings } from './strings';
import type { Upload } from './upload';
import { useDrop } from './useDrop';
import { useFiles } from './useFiles';

export interface MediaInputProps {
  readonly component: MediaComponent;
  /** The payload: FileData or null; a list for a gallery and for many files. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly upload: Upload;
  readonly disabled: boolean;
  /** Id of the element that names the input. */
  readonly labelId: string;
  readonly describedBy?: string | undefined;
}

/** An input for files: chosen, dropped, pasted or captured; shown with a preview; sent to the host at once. */
export function MediaInput({ component, value, onChange, upload, disabled, labelId, describedBy }: MediaInputProps) {
  const files = useFiles({ component, value, onChange, upload });
  const [device, setDevice] = useState<Device | null>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const chosen = filesOf(value);

  const take = (given: readonly File[]) => {
    setDevice(null);
    if (!disabled) void files.take(given);
  };
  const fail = (problem: string) => {
    setDevice(null);
    files.setProblem(problem);
  };
  const giveUp = () => {
    files.cancel();
    setDevice(null);
    chooser.current?.focus();
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    take(pasted);
  };
  const drop = useDrop(disabled, (dropped) => (dropped.length > 0 ? take(dropped) : fail(strings.nothingDropped)));
  const capture = { onFile: (file: File) => take([file]), onProblem: fail, onClose: giveUp };

  return (
    <div
      class={drop.hovering ? 'media-input hovering' : 'media-input'}
      role="group"
      // A click gives it the focus, so that Ctrl+V then reaches it.
      tabIndex={-1}
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      onPaste={paste}
      {...drop.handlers}
    >
      {chosen.length > 0 && (
        <ul class={component.kind === 'gallery' ? 'media-items small' : 'media-items'} aria-label={strings.files}>
          {chosen.map((file) => (
            <Preview
              key={file.path}
              file={file}
              kind={component.kind}
              disabled={disabled}
              onRemove={() => {
                files.change(withoutFile(component, value, file));
                chooser.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {device === 'camera' && <Camera {...capture} />}
      {device === 'microphone' && <Microphone {...capture} />}
      {files.transfer && <TransferBar transfer={files.transfer} onCancel={giveUp} />}
      <div class="media-actions">
        <ChooseButton
          component={component}
          caption={chooseCaption(component, chosen.length)}
          disabled={disabled}
          button={chooser}
          onFiles={take}
        />
        {offersPaste(component) && <PasteButton disabled={disabled} onFile={(file) => take([file])} onProblem={fail} />}
        {devicesOf(component).map((offered) => (
          <button
            key={offered}
            type="button"
            class="small-button"
            disabled={disabled || device !== null}
            onClick={() => {
              files.setProblem('');
              setDevice(offered);
            }}
          >
            {offered === 'camera' ? strings.camera : strings.microphone}
          </button>
        ))}
        <span class="output-note">{strings.dropHint(takesMany(component))}</span>
      </div>
      <p class="output-warning" role="alert">
        {files.problem}
      </p>
      <p class="visually-hidden" role="status">
        {files.news}
      </p>
    </div>
  );
}

function chooseCaption(component: MediaComponent, chosen: number): string {
  if (takesMany(component)) return chosen > 0 ? strings.add : strings.chooseMany;
  return chosen > 0 ? strings.replace : strings.choose;
}

function offersPaste(component: MediaComponent): boolean {
  return component.kind === 'image' && (component.sources?.includes('clipboard') ?? true) && canReadClipboard();
}

/** The devices that the definition asks for and the editor grants. */
function devicesOf(component: MediaComponent): readonly Device[] {
  if (component.kind === 'image' && (component.sources?.includes('webcam') ?? true) && canCapture('camera'))
    return ['camera'];
  if (component.kind === 'audio' && (component.sources?.includes('microphone') ?? true) && canCapture('microphone'))
    return ['microphone'];
  return [];
}
