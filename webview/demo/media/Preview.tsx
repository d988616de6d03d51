import { useState } from 'preact/hooks';
import { nameOf, sizeText } from '../../ui/outputs/file';
import type { ShownFile } from '../../ui/outputs/payload';
import { Player } from '../../ui/outputs/Player';
import type { MediaComponent } from './payload';
import { strings } from './strings';

interface PreviewProps {
  readonly file: ShownFile;
  readonly kind: MediaComponent['kind'];
  readonly disabled: boolean;
  readonly onRemove: () => void;
}

/** A chosen file: what it looks or sounds like, its name, its size, and a button that takes it away. */
export function Preview({ file, kind, disabled, onRemove }: PreviewProps) {
  const name = nameOf(file);
  return (
    <li class="media-item">
      <Look file={file} kind={kind} name={name} />
      <div class="output-bar">
        <span class="output-name" dir="auto" title={name}>
          {name}
        </span>
        <span class="output-note">{sizeText(file)}</span>
        <button
          type="button"
          class="small-button"
          disabled={disabled}
          aria-label={strings.removeNamed(name)}
          onClick={onRemove}
        >
          {strings.remove}
        </button>
      </div>
    </li>
  );
}

function Look({ file, kind, name }: Pick<PreviewProps, 'file' | 'kind'> & { readonly name: string }) {
  const look = kind === 'gallery' || kind === 'file' ? familyOf(file) : kind;
  if (look === 'audio' || look === 'video')
    return <Player kind={look} source={file.url} label={name} failure={strings.cannotPreview(name)} />;
  return look === 'image' ? <Picture source={file.url} name={name} /> : null;
}

function Picture({ source, name }: { readonly source: string | null | undefined; readonly name: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!source || broken === source) return <p class="output-note">{strings.cannotPreview(name)}</p>;
  return <img class="media-picture" src={source} alt={name} onError={() => setBroken(source)} />;
}

function familyOf({ mime_type }: ShownFile): string {
  return mime_type?.split('/')[0] ?? '';
}
