import { useState } from 'preact/hooks';
import type { Audio, Video } from '../../../extension/core/demo/components';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { FileBar } from './FileOutput';
import { Player } from './Player';
import { strings } from './strings';
import type { ShownFile } from './payload';

interface PlayerOutputProps {
  readonly file: ShownFile;
  readonly component: Audio | Video;
  readonly context: OutputContext;
}

/** Sound or film in the browser's own player. */
export function PlayerOutput({ file, component, context }: PlayerOutputProps) {
  const [duration, setDuration] = useState('');
  return (
    <figure class="output-figure">
      <Player
        kind={component.kind}
        source={file.url}
        label={component.label ?? nameOf(file)}
        failure={strings.cannotPlay(nameOf(file))}
        onDuration={setDuration}
      />
      <FileBar file={file} context={context} note={duration} />
    </figure>
  );
}
