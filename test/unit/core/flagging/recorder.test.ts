import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../../extension/core/demo/fileData';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import { readNotes } from '../../../../extension/core/flagging/notes';
import { createFlagRecorder } from '../../../../extension/core/flagging/recorder';
import type { FlaggingCallback, FlagRecorder, LoggedComponent } from '../../../../extension/core/flagging/types';
import { silentLog } from '../../../../extension/core/log';

const components: LoggedComponent[] = [
  { kind: 'textbox', label: 'text' },
  { kind: 'image', label: 'im' },
];
let base: string;
let flaggingDir: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  flaggingDir = join(base, 'flagged');
});
afterEach(() => rmSync(base, { recursive: true }));

const csvLogger = (): FlaggingCallback =>
  createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });

const recorderOf = (callback: FlaggingCallback): FlagRecorder =>
  createFlagRecorder({ callback, components, flaggingDir, spoolDir: join(base, 'spool'), log: silentLog });

function sample(text: string) {
  const path = join(base, `${text}.png`);
  writeFileSync(path, text);
  return { data: [text, fileData(path)], option: null, username: null };
}

describe('notes', () => {
  it('lie beside the log, and go with their row', async () => {
    const recorder = recorderOf(csvLogger());
    const first = await recorder.flag(sample('a'), {
      note: ' blurry ',
      corrected: { Output: { label: 'cat', confidences: null } },
    });
    const second = await recorder.flag(sample('b'), { note: 'dark' });
    await recorder.flag(sample('c'), { note: '  ' });
    const notes = await readNotes(flaggingDir);
    expect(notes).toMatchObject([
      { log: 'logs.csv', note: 'blurry', corrected: { Output: { label: 'cat' } }, option: null },
      { log: 'logs.csv', note: 'dark' },
    ]);
    expect(readFileSync(first.log, 'utf8')).not.toContain('blurry');
    await recorder.undo(first.id);
    expect((await readNotes(flaggingDir)).map(({ note }) => note)).toEqual(['dark']);
    await recorder.undo(second.id);
    expect(existsSync(join(flaggingDir, 'notes.jsonl'))).toBe(false);
  });

  it('survive a line that was torn', async () => {
    const recorder = recorderOf(csvLogger());
    await recorder.flag(sample('a'), { note: 'one' });
    const path = join(flaggingDir, 'notes.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"log": "lo`);
    await recorder.flag(sample('b'), { note: 'two' });
    expect((await readNotes(flaggingDir)).map(({ note }) => note)).toEqual(['one', 'two']);
  });
});

describe('a callback that throws', () => {
  it('loses no sample: it is kept with its files, survives a restart, and is recorded once, oldest first', async () => {
    const failing: FlaggingCallback = {
      setup: () => undefined,
      flag: () => Promise.reject(new Error('quota exceeded')),
    };
    const recorder = recorderOf(failing);
    for (const text of ['a', 'b']) {
      const record = await recorder.flag(sample(text), { note: text });
      expect(record).toMatchObject({ state: 'spooled', canUndo: false });
      expect(record.error?.message).toBe('quota exceeded');
      rmSync(join(base, `${text}.png`));
    }
    await expect(recorder.retrySpooled()).rejects.toThrow('quota exceeded');

    const later = recorderOf(csvLogger());
    expect(await later.spooled()).toBe(2);
    expect(await later.retrySpooled()).toBe(2);
    expect(await later.retrySpooled()).toBe(0);
    const [header, ...rows] = readFileSync(join(flaggingDir, 'logs.csv'), 'utf8').trimEnd().split('\r\n');
    expect(header).toBe('text,im,timestamp');
    expect(rows.map((row) => row.slice(0, row.lastIndexOf(',')))).toEqual(['a,im/0.png', 'b,im/1.png']);
    expect(readFileSync(join(flaggingDir, 'im', '1.png'), 'utf8')).toBe('b');
    expect((await readNotes(flaggingDir)).map(({ note }) => note)).toEqual(['a', 'b']);
  });

  it('in its setup is set up again with the next flag', async () => {
    let attempts = 0;
    const recorder = recorderOf({
      setup: () => {
        if (++attempts === 1) throw new Error('not signed in');
      },
      flag: () => 1,
    });
    expect((await recorder.flag(sample('a'))).state).toBe('spooled');
    expect((await recorder.flag(sample('b'))).state).toBe('flagged');
    expect(await recorder.retrySpooled()).toBe(1);
  });

  it('gets plain values, and cannot be undone', async () => {
    const seen: unknown[] = [];
    const recorder = recorderOf({ setup: () => undefined, flag: (...args) => seen.push(args) });
    const record = await recorder.flag({ data: ['x', null], option: 'bad', username: 'bob' });
    expect(seen).toEqual([[['x', null], 'bad', 'bob']]);
    expect(record.canUndo).toBe(false);
    await expect(recorder.undo(record.id)).rejects.toThrow(/cannot take a row back/);
  });
});

it('makes no directory before the first flag', async () => {
  const recorder = recorderOf(csvLogger());
  expect(await recorder.spooled()).toBe(0);
  expect(readdirSync(base)).toEqual([]);
});
