import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/Icon';
import { strings } from './strings';

interface PlayButtonProps {
  readonly name: string;
  readonly url: string;
}

/** Plays a sound in its cell, for the pointer; the keyboard has the player beside the grid. */
export function PlayButton({ name, url }: PlayButtonProps) {
  const sound = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => () => sound.current?.pause(), [url]);
  const toggle = (): void => {
    if (playing) {
      sound.current?.pause();
      return;
    }
    const audio = new Audio(url);
    sound.current = audio;
    audio.onpause = audio.onended = audio.onerror = () => setPlaying(false);
    setPlaying(true);
    audio.play().catch(() => setPlaying(false));
  };
  return (
    <button
      type="button"
      class="icon-button"
      tabIndex={-1}
      aria-label={playing ? strings.stop(name) : strings.play(name)}
      onClick={toggle}
      onDblClick={(event) => event.stopPropagation()}
    >
      <Icon name={playing ? 'debug-stop' : 'play'} />
    </button>
  );
}
