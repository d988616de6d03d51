/** Something that is done a while after it was last asked for. */
export class Debounced {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly run: () => void,
  ) {}

  ask(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.milliseconds);
  }

  /** Does it now, when it was asked for. */
  flush(): void {
    if (this.timer === undefined) return;
    this.cancel();
    this.run();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
