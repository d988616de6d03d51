import type { Log } from '../../log';
import type { FlagReceipt, FlagSample, LoggedComponent, Logger } from '../../flagging/types';
import { toPythonValue } from '../../flagging/format/pythonValue';
import { FlagQueue } from './flagQueue';
import type { SaverTarget } from './types';

export interface HubSaverOptions {
  readonly target: SaverTarget;
  readonly log: Log;
  /** Told of a flag that waits now; sends it when it can. */
  readonly onQueued: (queue: FlagQueue, target: SaverTarget) => void;
}

/**
 * `HuggingFaceDatasetSaver`: each flag is recorded on this disk first, then queued beside the log. It never waits for the
 * Hub, and a flag that cannot be queued is not recorded either, so that the recorder keeps it for later.
 */
export class HubSaver implements Logger {
  private columns: readonly LoggedComponent[] = [];
  private queue: FlagQueue | undefined;
  private readonly queued = new WeakMap<FlagReceipt, string>();

  /** @param local what records on this disk */
  constructor(
    private readonly local: Logger,
    private readonly options: HubSaverOptions,
  ) {}

  setup(components: readonly LoggedComponent[], flaggingDir: string): void | Promise<void> {
    this.columns = components;
    this.queue = new FlagQueue(flaggingDir, this.options.target.repo);
    return this.local.setup(components, flaggingDir);
  }

  async flag(
    data: readonly unknown[],
    flagOption: string | null = null,
    username: string | null = null,
  ): Promise<number> {
    return (await this.record({ data, option: flagOption, username })).rows;
  }

  async record(sample: FlagSample): Promise<FlagReceipt> {
    const queue = this.ready();
    const receipt = await this.local.record(sample);
    try {
      const data = sample.data.map((payload) => toPythonValue(payload));
      const timed = { ...sample, data, timestamp: receipt.timestamp };
      const { target } = this.options;
      this.queued.set(receipt, await queue.add({ target, components: this.columns, sample: timed }));
    } catch (error) {
      await this.local.undo(receipt);
      throw error;
    }
    this.options.onQueued(queue, this.options.target);
    return receipt;
  }

  /** Takes a flag back here. Who flagged may not take back what is in a repository already: there it stays. */
  async undo(receipt: FlagReceipt): Promise<void> {
    const queue = this.ready();
    await this.local.undo(receipt);
    const id = this.queued.get(receipt);
    if (id !== undefined && (await queue.withdraw(id))) return;
    this.options.log.warn(`The flag is taken back here, but ${queue.repo} on the Hub has it already: it stays there.`);
  }

  private ready(): FlagQueue {
    if (!this.queue) throw new Error('A logger is set up before it flags.');
    return this.queue;
  }
}
