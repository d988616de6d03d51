/** Seconds without a sign of life after which nobody is taken to read on. */
const idleAfter = 60;
/** Seconds that one record counts at most. */
const longest = 300;

/** How long a person looks at a record: while the page is seen, and not longer than signs of life suggest. */
export class Stopwatch {
  private counted = 0;
  /** When it was looked at last; undefined while the page is hidden. Milliseconds. */
  private since: number | undefined;

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number) {}

  /** Begins with another record. */
  restart(): void {
    this.counted = 0;
    this.since = this.now();
  }

  /** A key, or a movement of the mouse. */
  signOfLife(): void {
    if (this.since !== undefined) this.resume();
  }

  /** The page is no longer seen. */
  pause(): void {
    this.count();
    this.since = undefined;
  }

  /** The page is seen (again). */
  resume(): void {
    this.count();
    this.since = this.now();
  }

  /** Seconds so far, with one decimal. */
  read(): number {
    this.signOfLife();
    return Math.round(Math.min(longest, this.counted) * 10) / 10;
  }

  private count(): void {
    if (this.since === undefined) return;
    this.counted += Math.min(idleAfter, (this.now() - this.since) / 1000);
  }
}
