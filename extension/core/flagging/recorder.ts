import { randomUUID } from 'node:crypto';
import { ExpectedError, messageOf } from '../errors';
import type { Log } from '../log';
import { plainValue, toPythonValue } from './format/pythonValue';
import { pythonTimestamp } from './format/timestamp';
import { withLock } from './lock';
import { addNote, isEmptyNote, removeNote } from './notes';
import { recovery } from './recovery';
import { Spool } from './spool';
import type {
  FlaggingCallback,
  FlagNote,
  FlagReceipt,
  FlagRecord,
  FlagRecorder,
  FlagSample,
  LoggedComponent,
  Logger,
} from './types';

export interface RecorderOptions {
  readonly callback: FlaggingCallback & { dispose?(): void | Promise<void> };
  readonly components: readonly LoggedComponent[];
  /** Absolute. */
  readonly flaggingDir: string;
  /** Where samples wait whose callback failed; not below the flagging directory, which may be what failed. Absolute. */
  readonly spoolDir: string;
  readonly log: Log;
}

/** A recorder over any callback; nothing is set up before the first flag. */
export function createFlagRecorder(options: RecorderOptions): FlagRecorder {
  return new Recorder(options);
}

interface Recorded {
  readonly record: FlagRecord;
  readonly receipt: FlagReceipt | undefined;
}

/** What a callback made of a sample; `error` when only the note is missing. */
interface Outcome {
  readonly rows: number;
  readonly receipt: FlagReceipt | undefined;
  readonly error: Error | undefined;
}

class Recorder implements FlagRecorder {
  private readonly spool: Spool;
  private readonly flags = new Map<string, Recorded>();
  private ready: Promise<void> | undefined;
  /** One flag after the other, in the order in which they were asked for. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RecorderOptions) {
    this.spool = new Spool(options.spoolDir, options.flaggingDir);
  }

  flag(sample: FlagSample, note?: FlagNote): Promise<FlagRecord> {
    const timed = { ...sample, timestamp: sample.timestamp ?? pythonTimestamp() };
    return this.inTurn(async () => {
      try {
        return this.remember(await this.record(timed, note), sample.option);
      } catch (error) {
        return this.spoolInstead(timed, note, error);
      }
    });
  }

  undo(id: string): Promise<FlagRecord> {
    return this.inTurn(async () => {
      const flag = this.flags.get(id);
      if (flag?.record.state !== 'flagged')
        throw new ExpectedError('There is nothing to take back: the sample is not flagged.');
      const { callback, flaggingDir } = this.options;
      if (!flag.receipt || !isLogger(callback)) {
        throw new ExpectedError(
          'This flagging callback cannot take a row back.',
          `Remove it in ${flaggingDir} by hand.`,
        );
      }
      await callback.undo(flag.receipt);
      await removeNote(flaggingDir, flag.receipt);
      const record: FlagRecord = { ...flag.record, state: 'undone', rows: flag.record.rows - 1 };
      this.flags.delete(id);
      return record;
    });
  }

  spooled(): Promise<number> {
    return this.spool.count();
  }

  /** @throws what the callback threw, once one sample is refused again; those before it are recorded */
  retrySpooled(): Promise<number> {
    return this.inTurn(async () => {
      let recorded = 0;
      for (const waiting of await this.spool.list()) {
        await this.record(waiting.sample, waiting.note);
        await this.spool.remove(waiting);
        recorded++;
      }
      return recorded;
    });
  }

  async dispose(): Promise<void> {
    await this.queue;
    await this.options.callback.dispose?.();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async record(sample: FlagSample, note: FlagNote | undefined): Promise<Outcome> {
    const { callback } = this.options;
    await this.setUp();
    if (!isLogger(callback)) {
      const data = sample.data.map((payload) => plainValue(toPythonValue(payload)));
      const rows = await callback.flag(data, sample.option, sample.username);
      if (!Number.isFinite(rows))
        throw new ExpectedError(
          'The flagging callback did not give the number of rows.',
          'Its flag() has to return a number.',
        );
      const receipt = { log: '', rows, offset: 0, row: '', timestamp: sample.timestamp ?? '', media: [] };
      return { rows, receipt: undefined, error: await this.note(receipt, sample.option, note) };
    }
    const receipt = await callback.record(sample);
    return { rows: receipt.rows, receipt, error: await this.note(receipt, sample.option, note) };
  }

  private setUp(): Promise<void> {
    const { callback, components, flaggingDir } = this.options;
    this.ready ??= Promise.resolve()
      .then(() => callback.setup(components, flaggingDir))
      .catch((error: unknown) => {
        this.ready = undefined;
        throw error;
      });
    return this.ready;
  }

  /**
   * A row stands without its note: that a note could not be kept is told, and must not make the sample be recorded
   * once more. The rows of a callback that is not ours have no bytes that we know; their note goes by time alone.
   */
  private async note(
    receipt: FlagReceipt,
    option: string | null,
    note: FlagNote | undefined,
  ): Promise<Error | undefined> {
    if (!note || isEmptyNote(note)) return undefined;
    const { flaggingDir, log } = this.options;
    try {
      await withLock(flaggingDir, recovery(flaggingDir, log), () => addNote(flaggingDir, receipt, option, note));
      return undefined;
    } catch (cause) {
      log.error(cause instanceof Error ? cause : String(cause));
      return new ExpectedError(`The row is in the log, but not its note: ${messageOf(cause)}`, '', '', { cause });
    }
  }

  private remember({ rows, receipt, error }: Outcome, option: string | null): FlagRecord {
    const record: FlagRecord = {
      id: randomUUID(),
      option,
      state: 'flagged',
      log: receipt?.log ?? this.options.flaggingDir,
      rows,
      canUndo: receipt !== undefined,
      error,
    };
    this.flags.set(record.id, { record, receipt });
    return record;
  }

  private async spoolInstead(sample: FlagSample, note: FlagNote | undefined, cause: unknown): Promise<FlagRecord> {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.options.log.warn(`A sample could not be recorded and is kept: ${messageOf(error)}`);
    await this.spool.add(sample, note);
    const { option } = sample;
    return {
      id: randomUUID(),
      option,
      state: 'spooled',
      log: this.options.flaggingDir,
      rows: 0,
      canUndo: false,
      error,
    };
  }
}

function isLogger(callback: FlaggingCallback): callback is Logger {
  return 'record' in callback && 'undo' in callback;
}
