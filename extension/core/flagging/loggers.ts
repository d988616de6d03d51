import { encodeRecord, type CsvDialect } from '../csv/dialect';
import { ExpectedError, nothingThere } from '../errors';
import { diskFailure } from '../diskFailure';
import { silentLog, type Log } from '../log';
import { appendRow, type WriteOnce } from './appendRow';
import { chooseLog, type LogChoice } from './chooseLog';
import { findRow } from './findRow';
import { headerCells, type ColumnSample } from './format/columns';
import { dialectFor, type LogDialect } from './format/era';
import { planRow, type TimedSample } from './format/row';
import { checkTimestamp, pythonTimestamp } from './format/timestamp';
import { withLock, type HeldLock } from './lock';
import { LogHeads } from './logHeads';
import { removeMedia, storeMedia } from './media';
import { recovery } from './recovery';
import { removeBytes, removeLog } from './removeBytes';
import { RowCounter } from './rowCount';
import type { BuiltInLogger, FlagReceipt, FlagSample, LoggedComponent, Logger, LoggerOptions } from './types';

/** What a test may put in place of the disk, and where warnings go. */
export interface LoggerServices {
  readonly log?: Log;
  readonly write?: WriteOnce;
}

/** A built-in logger by the name that a definition gives it. */
export function createLogger(name: BuiltInLogger, options: LoggerOptions, services: LoggerServices = {}): Logger {
  return new CsvLogger(dialectFor(options.format, name), options, services);
}

interface Target {
  readonly components: readonly LoggedComponent[];
  /** Absolute. */
  readonly directory: string;
}

/** Logs samples as rows of CSV; what the rows look like is the dialect's affair. */
class CsvLogger implements Logger {
  private target: Target | undefined;
  private readonly counter = new RowCounter();
  private readonly heads = new LogHeads();
  /** Logs that this logger began, with their headers: they go with their last row. */
  private readonly begun = new Map<string, Buffer>();
  /** How each log is written that this logger wrote to. */
  private readonly written = new Map<string, CsvDialect>();
  private readonly log: Log;

  constructor(
    private readonly dialect: LogDialect,
    private readonly options: LoggerOptions,
    private readonly services: LoggerServices,
  ) {
    this.log = services.log ?? silentLog;
  }

  /** Touches no disk: the directory is made by the first flag. */
  setup(components: readonly LoggedComponent[], flaggingDir: string): void {
    this.target = { components, directory: flaggingDir };
  }

  async flag(
    data: readonly unknown[],
    flagOption: string | null = null,
    username: string | null = null,
  ): Promise<number> {
    return (await this.record({ data, option: flagOption, username })).rows;
  }

  async record(sample: FlagSample): Promise<FlagReceipt> {
    const { directory } = this.ready();
    const timestamp = sample.timestamp === undefined ? pythonTimestamp() : checkTimestamp(sample.timestamp);
    try {
      return await withLock(directory, recovery(directory, this.log), (lock) =>
        this.write({ ...sample, timestamp }, lock),
      );
    } catch (error) {
      throw explained(error, directory);
    }
  }

  async undo(receipt: FlagReceipt): Promise<void> {
    const { directory } = this.ready();
    try {
      await withLock(directory, recovery(directory, this.log), (lock) => this.takeBack(receipt, lock));
    } catch (error) {
      throw explained(error, directory);
    }
  }

  private async takeBack({ log, row, offset, media }: FlagReceipt, lock: HeldLock): Promise<void> {
    const csv = this.written.get(log) ?? this.dialect.csv;
    const at = await findRow(log, row, offset, csv).catch(nothingThere);
    if (at === undefined) {
      throw new ExpectedError(
        'The row is no longer in the log as it was written.',
        'It was changed or removed meanwhile.',
      );
    }
    await removeBytes(log, at, Buffer.byteLength(row), csv);
    for (const file of media) await lock.note({ media: file });
    await removeMedia(media, this.ready().directory);
    const header = this.begun.get(log);
    if (header) await removeLog(log, header, csv);
  }

  private async write(sample: TimedSample, lock: HeldLock): Promise<FlagReceipt> {
    const { components, directory } = this.ready();
    const { hasOptions, flaggingDirAsGiven } = this.options;
    const choice = await this.choose(sample);
    const { dialect, path } = choice;
    const plan = planRow(components, sample, dialect, hasOptions);
    const media = await storeMedia(plan.attachments, dialect, { absolute: directory, given: flaggingDirAsGiven }, lock);
    try {
      const row = encodeRecord(plan.cells(media.cells), dialect.csv);
      const header = headerOf(choice);
      const { offset, records, begun } = await appendRow(
        { path, csv: dialect.csv, header, row },
        lock,
        this.counter,
        this.services.write,
      );
      if (begun) this.begun.set(path, Buffer.from(header));
      this.written.set(path, dialect.csv);
      return { log: path, rows: records - 1, offset, row, timestamp: sample.timestamp, media: media.files };
    } catch (error) {
      await removeMedia(media.files, directory);
      throw error;
    }
  }

  private choose(sample: ColumnSample): Promise<LogChoice> {
    const { components, directory } = this.ready();
    const { hasOptions } = this.options;
    return chooseLog({ directory, own: this.dialect, components, sample, hasOptions }, this.heads);
  }

  private ready(): Target {
    if (!this.target) throw new Error('A logger is set up before it flags.');
    return this.target;
  }
}

function headerOf({ names, dialect }: LogChoice): string {
  return dialect.header ? encodeRecord(headerCells(names, dialect), dialect.csv) : '';
}

/** Failures of the disk in words; everything else as it is. */
function explained(error: unknown, directory: string): unknown {
  const why = diskFailure(error);
  if (why === undefined) return error;
  return new ExpectedError(
    `Nothing could be written to ${directory}: ${why}.`,
    'Choose another flagging directory or mend this one.',
    '',
    {
      cause: error,
    },
  );
}
