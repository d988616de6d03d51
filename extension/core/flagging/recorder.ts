import { randomUUID } from 'node:crypto';
import { ExpectedError, messageOf } from '../errors';
import type { Log } from '../log';
import { plainValue, toPythonValue } from './format/pythonValue';
import { pythonTimestamp } from './format/timestamp';
import { withLock } from './lock';
import { addNote, isEmptyNote, removeNote } from './notes';
import { recovery } from './recovery';
import { Spool, type SpooledSample } from './spool';
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
  /** Whether a note lies beside the row. */
  readonly noted: boolean;
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
        return this.remember(await this.record(timed, note), sample.option, !isEmptyNote(note));
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
      this.flags.delete(id);
      const { noted, receipt } = flag;
      const withdraw = (): Promise<void> => removeNote(flaggingDir, receipt);
      const error = noted ? await this.keepNotes('The row is taken back, but not its note', withdraw) : undefined;
      return { ...flag.record, state: 'undone', rows: flag.record.rows - 1, error };
    });
  }

  async spooled(): Promise<number> {
    return (await this.waiting()).length;
  }

  /**
   * One sample that is refused again does not hold up the others.
   *
   * @throws what the callback threw, when none could be recorded
   */
  retrySpooled(): Promise<number> {
    return this.inTurn(async () => {
      if ((await this.waiting()).length === 0) return 0;
      return withLock(
        this.spool.directory,
        () => Promise.resolve(),
        () => this.offerAgain(),
      );
    });
  }

  async dispose(): Promise<void> {
    await this.queue;
    await this.options.callback.dispose?.();
  }

  /** Under the spool's lock, lest another window records the same samples. */
  private async offerAgain(): Promise<number> {
    const refused: unknown[] = [];
    let recorded = 0;
    for (const waiting of await this.waiting()) {
      try {
        await this.recordFor(waiting);
      } catch (error) {
        this.options.log.warn(`A kept sample was refused again: ${messageOf(error)}`);
        refused.push(error);
        continue;
      }
      await this.spool.remove(waiting);
      recorded++;
    }
    if (recorded === 0 && refused.length > 0) throw refused[0];
    return recorded;
  }

  /** The samples that this callback can record: a callback that is not ours is set up once, for its own components. */
  private async waiting(): Promise<SpooledSample[]> {
    const samples = await this.spool.list();
    return isLogger(this.options.callback) ? samples : samples.filter((sample) => this.isOwn(sample));
  }

  private isOwn({ components }: SpooledSample): boolean {
    return JSON.stringify(components) === JSON.stringify(this.columns());
  }

  private async recordFor(waiting: SpooledSample): Promise<void> {
    const { callback, components, flaggingDir } = this.options;
    const other = isLogger(callback) && !this.isOwn(waiting);
    if (other) await callback.setup(waiting.components, flaggingDir);
    try {
      await this.record(waiting.sample, waiting.note, !other);
    } finally {
      if (other) await callback.setup(components, flaggingDir);
    }
  }

  /** Of the components only what decides on columns: a spool need not keep choices and examples. */
  private columns(): LoggedComponent[] {
    return this.options.components.map(({ kind, label }) => (label === undefined ? { kind } : { kind, label }));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** @param setUp false when the callback is set up for other components than its own */
  private async record(sample: FlagSample, note: FlagNote | undefined, setUp = true): Promise<Outcome> {
    const { callback, log } = this.options;
    if (setUp) await this.setUp();
    if (!isLogger(callback)) {
      const data = sample.data.map((payload) => plainValue(toPythonValue(payload)));
      const returned: unknown = await callback.flag(data, sample.option, sample.username);
      const rows = typeof returned === 'number' && Number.isFinite(returned) ? returned : 0;
      if (rows !== returned) log.warn('The flagging callback did not return the number of rows.');
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

  /** The rows of a callback that is not ours have no bytes that we know; their note goes by time alone. */
  private async note(receipt: FlagReceipt, option: string | null, note?: FlagNote): Promise<Error | undefined> {
    if (!note || isEmptyNote(note)) return undefined;
    const { flaggingDir } = this.options;
    return this.keepNotes('The row is in the log, but not its note', () => addNote(flaggingDir, receipt, option, note));
  }

  /** A row stands without its note, and is gone without it: what fails here is told, and changes nothing else. */
  private async keepNotes(otherwise: string, work: () => Promise<void>): Promise<Error | undefined> {
    const { flaggingDir, log } = this.options;
    try {
      await withLock(flaggingDir, recovery(flaggingDir, log), work);
      return undefined;
    } catch (cause) {
      log.error(cause instanceof Error ? cause : String(cause));
      return new ExpectedError(`${otherwise}: ${messageOf(cause)}`, '', '', { cause });
    }
  }

  private remember({ rows, receipt, error }: Outcome, option: string | null, hasNote: boolean): FlagRecord {
    const record: FlagRecord = {
      id: randomUUID(),
      option,
      state: 'flagged',
      log: receipt?.log ?? this.options.flaggingDir,
      rows,
      canUndo: receipt !== undefined,
      error,
    };
    this.flags.set(record.id, { record, receipt, noted: hasNote && error === undefined });
    return record;
  }

  private async spoolInstead(sample: FlagSample, note: FlagNote | undefined, cause: unknown): Promise<FlagRecord> {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.options.log.warn(`A sample could not be recorded and is kept: ${messageOf(error)}`);
    await this.spool.add({ components: this.columns(), sample, note }).catch((failure: unknown) => {
      throw new ExpectedError(
        `${error.message} It could not be kept for later either: ${messageOf(failure)}.`,
        '',
        '',
        {
          cause: failure,
        },
      );
    });
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
