import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../../extension/core/demo/fileData';
import { ExpectedError } from '../../../../extension/core/errors';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import type { BuiltInLogger, LoggedComponent, Logger, LoggerOptions } from '../../../../extension/core/flagging/types';

const time = '2024-01-02 03:04:05.678901';
let base: string;
let directory: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  directory = join(base, 'flagged');
});
afterEach(() => rmSync(base, { recursive: true }));

async function loggerOf(
  labels: readonly string[],
  format: LoggerOptions['format'],
  name: BuiltInLogger = 'CSVLogger',
): Promise<Logger> {
  const logger = createLogger(name, { format, flaggingDirAsGiven: 'flagged', hasOptions: false });
  await logger.setup(
    labels.map((label): LoggedComponent => ({ kind: 'textbox', label })),
    directory,
  );
  return logger;
}

interface Extra {
  readonly option?: string;
  readonly username?: string;
}

async function flag(logger: Logger, data: readonly unknown[], { option, username }: Extra = {}): Promise<string> {
  const receipt = await logger.record({ data, option: option ?? null, username: username ?? null, timestamp: time });
  return receipt.log.slice(directory.length + 1);
}

const read = (name: string): string => readFileSync(join(directory, name), 'utf8');

describe('the files of Gradio 6', () => {
  it('begin with dataset1.csv, and a person who is signed in makes a column', async () => {
    const logger = await loggerOf(['num1'], 'gradio-6');
    expect(await flag(logger, ['1'], { username: 'bob' })).toBe('dataset1.csv');
    expect(read('dataset1.csv')).toBe(`num1,username,timestamp\r\n1,bob,${time}\r\n`);
    expect(readdirSync(directory)).toEqual(['dataset1.csv']);
  });

  it('are compared by the newest alone: changing a label back begins a third one', async () => {
    expect(await flag(await loggerOf(['a'], 'gradio-6'), ['1'])).toBe('dataset1.csv');
    expect(await flag(await loggerOf(['b'], 'gradio-6'), ['1'])).toBe('dataset2.csv');
    expect(await flag(await loggerOf(['a'], 'gradio-6'), ['1'])).toBe('dataset3.csv');
    expect(await flag(await loggerOf(['a'], 'gradio-6'), ['1'])).toBe('dataset3.csv');
  });

  it('never get a row of other columns, where Gradio writes ragged ones', async () => {
    const logger = await loggerOf(['a'], 'gradio-6');
    expect(await flag(logger, ['1'])).toBe('dataset1.csv');
    expect(await flag(logger, ['2'], { option: 'x' })).toBe('dataset2.csv');
    expect(read('dataset2.csv')).toBe(`a,flag,timestamp\r\n2,x,${time}\r\n`);
  });

  it.each([
    [['dataset9.csv', 'dataset10.csv'], 'dataset10.csv'],
    [['dataset1.csv', 'dataset2_3.csv'], 'dataset2_3.csv'],
    [['dataset1.csv', 'dataset_old.csv'], 'dataset1.csv'],
  ])('among %j continue with %s', async (names, expected) => {
    mkdirSync(directory);
    for (const name of names) writeFileSync(join(directory, name), 'a,timestamp\r\n');
    expect(await flag(await loggerOf(['a'], 'gradio-6'), ['1'])).toBe(expected);
  });

  it.each(['', '\ufeffa,timestamp\r\n'])('pass over a newest one that begins with %j', async (content) => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'dataset4.csv'), content);
    expect(await flag(await loggerOf(['a'], 'gradio-6'), ['1'])).toBe('dataset5.csv');
    expect(read('dataset4.csv')).toBe(content);
  });
});

it('ClassicCSVLogger writes log.csv with all columns', async () => {
  expect(await flag(await loggerOf(['x', 'output'], 'gradio-4', 'ClassicCSVLogger'), ['test', 'test'])).toBe('log.csv');
  expect(read('log.csv')).toBe(`x,output,flag,username,timestamp\r\ntest,test,,,${time}\r\n`);
});

it('a header longer than what is usually read is found again', async () => {
  const labels = ['x'.repeat(70_000), 'y'];
  await flag(await loggerOf(labels, 'guide'), ['1', '2']);
  expect(await flag(await loggerOf(labels, 'guide'), ['3', '4'])).toBe('logs.csv');
});

describe('a name that is taken by something else', () => {
  it('is passed over, be it a folder or a link out of the directory', async () => {
    const outside = join(base, 'outside.csv');
    mkdirSync(join(directory, 'logs.csv'), { recursive: true });
    symlinkSync(outside, join(directory, 'logs-2.csv'));
    writeFileSync(outside, 'a,timestamp\r\n');
    expect(await flag(await loggerOf(['a'], 'guide'), ['1'])).toBe('logs-3.csv');
    expect(readFileSync(outside, 'utf8')).toBe('a,timestamp\r\n');
  });
});

/** A small file system of its own, as root can make one. */
function mounted(options: string): boolean {
  mkdirSync(directory, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]).status === 0;
}

const canMount = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'flag-review-mount-'));
  const done = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', probe]).status === 0;
  if (done) spawnSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return done;
})();

describe.runIf(canMount)(`a disk${canMount ? '' : ' (skipped: only root may mount one)'}`, () => {
  afterEach(() => spawnSync('umount', [directory]));

  it('that fills up keeps only whole rows, and takes them again once there is room', async () => {
    expect(mounted('size=64k')).toBe(true);
    const logger = await loggerOf(['text', 'im'], 'guide');
    await logger.setup(
      [
        { kind: 'textbox', label: 'text' },
        { kind: 'image', label: 'im' },
      ],
      directory,
    );
    const picture = join(base, 'cat.png');
    writeFileSync(picture, Buffer.alloc(2_000));
    let rows = 0;
    let failure: unknown;
    for (; failure === undefined && rows < 100; rows++) {
      await flag(logger, ['x'.repeat(1_500), fileData(picture)]).catch((error: unknown) => (failure = error));
    }
    rows--;
    expect(failure).toBeInstanceOf(ExpectedError);
    expect(String(failure)).toContain('the disk is full');
    const whole = read('logs.csv').split('\r\n');
    expect(whole).toHaveLength(rows + 2);
    expect(whole.slice(1, -1).every((row) => row.endsWith(time))).toBe(true);
    expect(readdirSync(join(directory, 'im'))).toHaveLength(rows);
    rmSync(join(directory, 'im', '0.png'));
    rmSync(join(directory, 'im', '1.png'));
    await flag(logger, ['room', null]);
    expect(read('logs.csv')).toContain(`room,,${time}\r\n`);
  });

  it('that may only be read is named as such', async () => {
    expect(mounted('ro')).toBe(true);
    await expect(flag(await loggerOf(['a'], 'guide'), ['1'])).rejects.toThrow(/read-only file system/);
  });
});
