import { useState } from 'preact/hooks';
import { strings } from './strings';

interface PictureProps {
  readonly source: string | null | undefined;
  readonly alt: string;
  /** What to say when the browser cannot show it. */
  readonly failure: string;
  /** Whether a pixel of the picture is a pixel of the page; otherwise it fits. */
  readonly actual: boolean;
  readonly onLoad?: (image: HTMLImageElement) => void;
}

/** A picture that fits the page, or in its own size with scrolling. */
export function Picture({ source, alt, failure, actual, onLoad }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!source || broken === source) return <p class="output-warning">{failure}</p>;
  const image = (
    <img
      src={source}
      alt={alt}
      onLoad={({ currentTarget }) => onLoad?.(currentTarget)}
      onError={() => setBroken(source)}
    />
  );
  if (!actual) return <div class="output-picture">{image}</div>;
  return (
    <div class="output-picture actual" tabIndex={0} role="region" aria-label={alt}>
      {image}
    </div>
  );
}

interface ActualSizeButtonProps {
  readonly actual: boolean;
  readonly onChange: (actual: boolean) => void;
}

export function ActualSizeButton({ actual, onChange }: ActualSizeButtonProps) {
  return (
    <button type="button" class="small-button" aria-pressed={actual} onClick={() => onChange(!actual)}>
      {strings.actualSize}
    </button>
  );
}
