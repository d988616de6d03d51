import { rm, stat } from 'node:fs/promises';
import { encodeRecord, type CsvDialect } from '../csv/dialect';
import { errorCode, ExpectedError, messageOf } from '../errors';
import { silentLog, type Log } from '../log';
import { appendRow, type WriteOnce } from './appendRow';
import { chooseLog, type LogChoice } from './chooseLog';
import { findRow } from './findRow';
import { headerCells } from './format/columns';
import { dialectFor, type LogDialect } from './format/era';
import { planRow, type TimedSample } from './format/row';
import { checkTimestamp, pythonTimestamp } from './format/timestamp';
import { withLock, type HeldLock } from './lock';
import { removeMedia, storeMedia } from './media';
import { recovery } from './recovery';
import { removeBytes } from './removeBytes';
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
  /** Logs that this logger began, which go with their last row. */
  private readonly begun = new Set<string>();
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
    await withLock(directory, recovery(directory, this.log), async () => {
      const csv = this.written.get(receipt.log) ?? this.dialect.csv;
      const at = await findRow(receipt.log, receipt.row, receipt.offset, csv).catch(noFile);
      if (at === undefined) {
        throw new ExpectedError(
          'The row is no longer in the log as it was written.',
          'It was changed or removed meanwhile.',
        );
      }
      await removeBytes(receipt.log, at, Buffer.byteLength(receipt.row));
      await removeMedia(receipt.media, directory);
      if (receipt.rows === 1 && this.begun.has(receipt.log)) await this.removeIfOnlyHeader(receipt);
    });
  }

  private async write(sample: TimedSample, lock: HeldLock): Promise<FlagReceipt> {
    const { components, directory } = this.ready();
    const { hasOptions, flaggingDirAsGiven } = this.options;
    const choice = await chooseLog(directory, this.dialect, components, sample, hasOptions);
    const { dialect, path } = choice;
    const plan = planRow(components, sample, dialect, hasOptions);
    const media = await storeMedia(plan.attachments, dialect, { absolute: directory, given: flaggingDirAsGiven }, lock);
    try {
      const row = encodeRecord(plan.cells(media.cells), dialect.csv);
      const header = headerOf(choice);
      const { offset, records } = await appendRow(
        { path, csv: dialect.csv, header, row },
        lock,
        this.counter,
        this.services.write,
      );
      if (!choice.exists) this.begun.add(path);
      this.written.set(path, dialect.csv);
      return { log: path, rows: records - 1, offset, row, timestamp: sample.timestamp, media: media.files };
    } catch (error) {
      await removeMedia(media.files, directory);
      throw error;
    }
  }

  private async removeIfOnlyHeader({ log, offset }: FlagReceipt): Promise<void> {
    const { size } = await stat(log);
    if (size > offset) return;
    await rm(log);
    this.begun.delete(log);
  }

  private ready(): Target {
    if (!this.target) throw new Error('A logger is set up before it flags.');
    return this.target;
  }
}

function headerOf({ names, dialect }: LogChoice): string {
  return dialect.header ? encodeRecord(headerCells(names, dialect), dialect.csv) : '';
}

function noFile(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
  return undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file of that name is in the way',
  ENAMETOOLONG: 'a name in its path is too long',
};

/** Failures of the disk in words; everything else as it is. */
function explained(error: unknown, directory: string): unknown {
  const code = errorCode(error);
  if (error instanceof ExpectedError || code === undefined) return error;
  const why = reasons[code] ?? messageOf(error);
  return new ExpectedError(
    `Nothing could be written to ${directory}: ${why}.`,
    'Choose another flagging directory or mend this one.',
    '',
    {
      cause: error,
    },
  );
}
