import { useState } from 'preact/hooks';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { FileBar } from './FileOutput';
import { strings } from './strings';
import type { ShownFile } from './payload';

interface ImageOutputProps {
  readonly file: ShownFile;
  readonly alt: string;
  readonly context: OutputContext;
}

/** A picture that fits the page, or in its own size with scrolling. */
export function ImageOutput({ file, alt, context }: ImageOutputProps) {
  const [size, setSize] = useState('');
  return (
    <figure class="output-figure">
      <ZoomImage source={file.url} alt={alt} name={nameOf(file)} onSize={setSize} />
      <FileBar file={file} context={context} note={size} />
    </figure>
  );
}

interface ZoomImageProps {
  readonly source: string | null | undefined;
  readonly alt: string;
  /** What to call it when it cannot be shown. */
  readonly name: string;
  readonly onSize?: (size: string) => void;
}

export function ZoomImage({ source, alt, name, onSize }: ZoomImageProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const [actual, setActual] = useState(false);
  if (!source || broken === source) return <p class="output-warning">{strings.cannotShow(name)}</p>;
  return (
    <>
      <div
        class={actual ? 'output-picture actual' : 'output-picture'}
        tabIndex={actual ? 0 : undefined}
        role={actual ? 'region' : undefined}
        aria-label={actual ? alt : undefined}
      >
        <img
          src={source}
          alt={alt}
          onLoad={({ currentTarget: image }) => onSize?.(strings.pixels(image.naturalWidth, image.naturalHeight))}
          onError={() => setBroken(source)}
        />
      </div>
      <button type="button" class="small-button" aria-pressed={actual} onClick={() => setActual(!actual)}>
        {strings.actualSize}
      </button>
    </>
  );
}
