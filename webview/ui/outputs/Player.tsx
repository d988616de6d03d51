import { useState } from 'preact/hooks';

interface PlayerProps {
  readonly kind: 'audio' | 'video';
  readonly source: string | null | undefined;
  readonly label: string;
  /** What to say when the browser cannot play it. */
  readonly failure: string;
  readonly onDuration?: (duration: string) => void;
}

/** The browser's own player; never starts by itself. */
export function Player({ kind: Tag, source, label, failure, onDuration }: PlayerProps) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!source || broken === source) return <p class="output-warning">{failure}</p>;
  return (
    <Tag
      class={`output-${Tag}`}
      key={source}
      src={source}
      controls
      preload="metadata"
      aria-label={label}
      onLoadedMetadata={({ currentTarget: { duration } }) => onDuration?.(formatDuration(duration))}
      onError={() => setBroken(source)}
    />
  );
}

/** Seconds as `m:ss`, with a decimal below ten seconds; empty when unknown, as for a stream. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
