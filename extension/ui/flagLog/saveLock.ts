import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../core/errors';
import { withLock } from '../../core/flagging/lock';
import { recovery } from '../../core/flagging/recovery';
import type { Log } from '../../core/log';

/** VS Code waits 1,500 ms for all that is done before a save, and this is only a part of it. Milliseconds. */
const patience = 1_000;
/** After so long without news the save is taken for given up; loggers wait longer. Milliseconds. */
const longestSave = 10_000;

/** Keeps our loggers, in any process, out of a flagging directory while VS Code saves a log in it. */
export class SaveLock {
  private held: (() => void) | undefined;

  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {}

  /** Settles when the lock is held, or cannot be had in time: a save does not fail for a logger that is busy. */
  async take(): Promise<void> {
    if (this.held) return;
    let letGo = (): void => undefined;
    const released = new Promise<void>((resolve) => (letGo = resolve));
    const timer = setTimeout(() => this.release(), longestSave);
    this.held = () => {
      clearTimeout(timer);
      letGo();
    };
    const taken = new Promise<void>((resolve) => {
      const holding = withLock(this.directory, recovery(this.directory, this.log), () => {
        resolve();
        return released;
      });
      holding.then(resolve, (error: unknown) => {
        this.log.warn(`A log in ${this.directory} is saved without its lock: ${messageOf(error)}`);
        resolve();
      });
    });
    await Promise.race([taken, wait(patience)]);
  }

  release(): void {
    this.held?.();
    this.held = undefined;
  }
}
