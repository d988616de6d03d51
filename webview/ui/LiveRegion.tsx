export interface LiveRegionProps {
  readonly text: string;
  /** Counts what was said: the same words are read again. */
  readonly count: number;
}

/** Words for screen readers about what just happened; they wait until the reader is silent. */
export function LiveRegion({ text, count }: LiveRegionProps) {
  return (
    <div class="visually-hidden" role="status">
      <span key={count}>{text}</span>
    </div>
  );
}
