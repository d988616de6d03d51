/** What a watch ends its request with when nothing moves for too long. */
export class Silence extends Error {
  constructor(ms: number) {
    super(`nothing moved for ${Math.round(ms / 1000)} s`);
  }
}

/** Ends one request when a caller gives up, or when nothing moves for too long. */
export class Watch {
  private readonly ending = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private stopped = false;

  /** @param patience how long nothing may move, ms */
  constructor(
    patience: number,
    private readonly callers: readonly AbortSignal[],
  ) {
    this.timer = setTimeout(() => this.ending.abort(new Silence(patience)), patience);
    for (const caller of callers) caller.addEventListener('abort', this.giveUp);
    this.giveUp();
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Something moved. */
  readonly moved = (): void => {
    if (!this.stopped) this.timer.refresh();
  };

  /** From now on the callers have to wait for the answer. */
  release(): void {
    for (const caller of this.callers) caller.removeEventListener('abort', this.giveUp);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.release();
  }

  private readonly giveUp = (): void => {
    const caller = this.callers.find(({ aborted }) => aborted);
    if (caller) this.ending.abort(caller.reason);
  };
}
