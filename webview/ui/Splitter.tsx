import { useRef } from 'preact/hooks';

export interface SplitterProps {
  readonly label: string;
  /** Width of the pane behind it. Pixels. */
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly onResize: (width: number) => void;
}

const step = 16;

/** The line before a pane at the right edge; a drag or the arrow keys move it. */
export function Splitter({ label, width, min, max, onResize }: SplitterProps) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (wanted: number): void => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current) resize(start.current.width + start.current.x - event.clientX);
      }}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onKeyDown={(event) => {
        const direction = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
        if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        resize(width + direction * step);
      }}
    />
  );
}
