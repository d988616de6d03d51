import { isExpected, messageOf } from '../../errors';
import type { Log } from '../../log';
import { counted } from '../../counted';
import { hubFailureOf, isPassing } from '../hubError';
import { redact } from '../redact';
import type { FlagQueue } from './flagQueue';
import { QueueBusy, sendBatch, type SendOptions } from './sendBatch';
import type { SenderState } from './types';

export interface SenderOptions extends Pick<SendOptions, 'connect'> {
  readonly log: Log;
  readonly onChange: (state: SenderState) => void;
  /** How long flags gather before they are sent together, ms. */
  readonly gather?: number;
  /** Between two commits, ms: the Hub takes about 128 of them an hour. */
  readonly spacing?: number;
  /** How long it waits after the first failure, ms; twice as long after each further one. */
  readonly backoff?: number;
}

/** The longest wait that is ours to choose, ms. */
const longestWait = 10 * 60_000;

/**
 * Sends what waits in a queue, in order. It waits by itself where that may help (no network, too many requests), and stops
 * where somebody has to do something first. Nothing leaves the queue before it is in the repository.
 */
export class FlagSender {
  private current: SenderState = { kind: 'idle' };
  private running: Promise<void> | undefined;
  /** Ends the wait that is going on. */
  private skip: (() => void) | undefined;
  private isWoken = false;
  /** When the last commit was made, ms since 1970. */
  private sentAt = 0;
  private readonly end = new AbortController();

  constructor(
    readonly queue: FlagQueue,
    private readonly options: SenderOptions,
  ) {}

  get state(): SenderState {
    return this.current;
  }

  /** Something waits. It is sent in time, unless the sender has stopped. */
  wake(): void {
    this.isWoken = true;
    if (this.running || this.current.kind === 'stopped' || this.isOver()) return;
    this.running = this.run();
  }

  /** Sends at once, also after it has stopped. */
  sendNow(): void {
    if (this.current.kind === 'stopped') this.become({ kind: 'idle' });
    this.wake();
    this.skip?.();
  }

  /** Settles when nothing is under way any more: all is sent, or it has stopped. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** Stops where it is; a commit that is under way is recognised by the next sender. */
  async dispose(): Promise<void> {
    this.end.abort();
    this.skip?.();
    await this.running;
  }

  private async run(): Promise<void> {
    await this.gather();
    let failures = 0;
    while (!this.isOver()) {
      try {
        if (!(await this.sendSome())) break;
        failures = 0;
      } catch (error) {
        if (this.isOver()) break;
        const pause = this.pauseAfter(error, failures++);
        if (pause === undefined) {
          this.stop(error);
          return;
        }
        await this.wait(error, pause);
      }
    }
    this.running = undefined;
    this.become({ kind: 'idle' });
    if (this.isWoken) this.wake();
  }

  /** @returns false when nothing waits */
  private async sendSome(): Promise<boolean> {
    const { connect } = this.options;
    this.become({ kind: 'sending' });
    this.isWoken = false;
    const count = await sendBatch(this.queue, { connect, signal: this.end.signal });
    if (count > 0) await this.sent(count);
    return count > 0;
  }

  private isOver(): boolean {
    return this.end.signal.aborted;
  }

  private async wait(error: unknown, pause: number): Promise<void> {
    const reason = redact(messageOf(error));
    this.options.log.warn(`Flags wait for ${this.queue.repo}: ${reason}`);
    this.become({ kind: 'waiting', reason, retryAt: Date.now() + pause });
    await this.rest(pause);
  }

  private async sent(count: number): Promise<void> {
    this.options.log.info(`${counted(count, 'flag')} went to ${this.queue.repo}.`);
    this.sentAt = Date.now();
    const { waiting } = await this.queue.read();
    this.become({ kind: 'idle' });
    if (waiting.length > 0) await this.gather();
  }

  private gather(): Promise<void> {
    const { gather = 3000, spacing = 30_000 } = this.options;
    return this.rest(Math.max(gather, this.sentAt + spacing - Date.now()));
  }

  private stop(error: unknown): void {
    const reason = redact(messageOf(error));
    if (isExpected(error)) this.options.log.warn(`Flags for ${this.queue.repo} are not sent: ${reason}`);
    else this.options.log.error(error instanceof Error ? error : reason);
    this.running = undefined;
    this.become({ kind: 'stopped', reason });
  }

  /** How long to wait until it may go well, ms; undefined for what does not mend itself. */
  private pauseAfter(error: unknown, failures: number): number | undefined {
    const passes = isPassing(error) || hubFailureOf(error) === 'conflict';
    if (!passes && !(error instanceof QueueBusy)) return undefined;
    const { backoff = 5000 } = this.options;
    const own = Math.min(backoff * 2 ** failures, longestWait);
    return Math.max(retryAtOf(error) - Date.now(), own * (0.75 + Math.random() / 2));
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.skip = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.skip = done;
    });
  }

  private become(state: SenderState): void {
    this.current = state;
    this.options.onChange(state);
  }
}

/** When the Hub takes requests again, in ms since 1970. */
function retryAtOf(error: unknown): number {
  const answer = error instanceof Error && 'answer' in error ? (error.answer as { readonly retryAt?: number }) : {};
  return answer.retryAt ?? 0;
}
