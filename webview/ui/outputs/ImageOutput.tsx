import { useState } from 'preact/hooks';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { FileBar } from './FileOutput';
import type { ShownFile } from './payload';
import { strings } from './strings';
import { ActualSizeButton, Picture } from './Picture';

interface ImageOutputProps {
  readonly file: ShownFile;
  readonly alt: string;
  readonly context: OutputContext;
}

/** A picture with its name, its size in pixels and bytes, and a button that saves it. */
export function ImageOutput({ file, alt, context }: ImageOutputProps) {
  const [pixels, setPixels] = useState('');
  const [actual, setActual] = useState(false);
  const name = nameOf(file);
  return (
    <figure class="output-figure">
      <Picture
        source={file.url}
        alt={alt}
        failure={strings.cannotShow(name)}
        actual={actual}
        onLoad={({ naturalWidth, naturalHeight }) => setPixels(strings.pixels(naturalWidth, naturalHeight))}
      />
      <FileBar file={file} context={context} note={pixels}>
        {pixels && <ActualSizeButton actual={actual} onChange={setActual} />}
      </FileBar>
    </figure>
  );
}
