import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePythonJson } from '../../../../extension/core/flagging/format/pythonJson';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import { createFlagRecorder } from '../../../../extension/core/flagging/recorder';
import type { FlaggingCallback, FlagRecorder, FlagSample } from '../../../../extension/core/flagging/types';
import { silentLog } from '../../../../extension/core/log';

let base: string;
let flaggingDir: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  flaggingDir = join(base, 'flagged');
});
afterEach(() => rmSync(base, { recursive: true }));

function recorderOf(labels: readonly string[], callback?: FlaggingCallback): FlagRecorder {
  return createFlagRecorder({
    callback:
      callback ?? createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false }),
    components: labels.map((label) => ({ kind: 'textbox', label })),
    flaggingDir,
    spoolDir: join(base, 'spool'),
    log: silentLog,
  });
}

const sample = (...data: readonly unknown[]): FlagSample => ({ data, option: null, username: null });
const rows = (name = 'logs.csv'): string[][] => parse(readFileSync(join(flaggingDir, name)));

describe('a flagging directory where nothing can be written', () => {
  it('costs no sample: they are recorded later, with the time at which they were flagged', async () => {
    writeFileSync(flaggingDir, 'a file in its place');
    const recorder = recorderOf(['a']);
    const record = await recorder.flag({ ...sample('x'), timestamp: '2024-01-02 03:04:05' });
    expect(record.state).toBe('spooled');
    expect(record.error?.message).toContain(flaggingDir);
    rmSync(flaggingDir);
    expect(await recorder.retrySpooled()).toBe(1);
    expect(rows()).toEqual([
      ['a', 'timestamp'],
      ['x', '2024-01-02 03:04:05'],
    ]);
  });

  it('says that a sample could not be kept when the spool fails as well', async () => {
    writeFileSync(flaggingDir, '');
    writeFileSync(join(base, 'spool'), '');
    await expect(recorderOf(['a']).flag(sample('x'))).rejects.toThrow(/could not be kept for later/);
  });
});

describe('samples of several demos that share a directory', () => {
  beforeEach(async () => {
    writeFileSync(flaggingDir, '');
    await recorderOf(['a']).flag(sample('of a'));
    await recorderOf(['b', 'c']).flag(sample('of b', 'c'));
    rmSync(flaggingDir);
  });

  it('are recorded below their own columns, whichever demo offers them again', async () => {
    const recorder = recorderOf(['a']);
    expect(await recorder.spooled()).toBe(2);
    expect(await recorder.retrySpooled()).toBe(2);
    await recorder.flag(sample('next'));
    expect(rows().map(([cell]) => cell)).toEqual(['a', 'of a', 'next']);
    expect(rows('logs-2.csv').map((row) => row.slice(0, 2))).toEqual([
      ['b', 'c'],
      ['of b', 'c'],
    ]);
  });

  it('are not handed to a callback that was set up for others', async () => {
    const seen: unknown[] = [];
    const recorder = recorderOf(['b', 'c'], { setup: () => undefined, flag: (data) => seen.push(data) });
    expect(await recorder.spooled()).toBe(1);
    expect(await recorder.retrySpooled()).toBe(1);
    expect(seen).toEqual([['of b', 'c']]);
    expect(await recorderOf(['a']).spooled()).toBe(1);
  });

  it('are recorded once when two windows offer them at once', async () => {
    const counts = await Promise.all(Array.from({ length: 4 }, () => recorderOf(['a']).retrySpooled()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(2);
    expect(rows()).toHaveLength(2);
  });
});

it('a sample that is refused again does not hold up the others', async () => {
  const broken: FlaggingCallback = { setup: () => undefined, flag: () => Promise.reject(new Error('down')) };
  const recorder = recorderOf(['a'], broken);
  for (const text of ['1', 'poison', '3']) await recorder.flag(sample(text));
  const seen: unknown[] = [];
  const mended = recorderOf(['a'], {
    setup: () => undefined,
    flag: ([text]) => {
      if (text === 'poison') throw new Error('refused');
      return seen.push(text);
    },
  });
  expect(await mended.retrySpooled()).toBe(2);
  expect(seen).toEqual(['1', '3']);
  await expect(mended.retrySpooled()).rejects.toThrow('refused');
  expect(await mended.spooled()).toBe(1);
});

it('numbers keep their digits in the spool', async () => {
  writeFileSync(flaggingDir, '');
  const number = parsePythonJson('[12.0, 123456789012345678901234567890, NaN]');
  const recorder = recorderOf(['a']);
  await recorder.flag(sample(number));
  rmSync(flaggingDir);
  await recorder.retrySpooled();
  expect(rows()[1]?.[0]).toBe('[12.0, 123456789012345678901234567890, NaN]');
});

it('a callback that returns no number has recorded the sample all the same', async () => {
  const returnsNothing = { setup: () => undefined, flag: () => undefined } as unknown as FlaggingCallback;
  const recorder = recorderOf(['a'], returnsNothing);
  expect(await recorder.flag(sample('x'))).toMatchObject({ state: 'flagged', rows: 0 });
  expect(await recorder.spooled()).toBe(0);
});
