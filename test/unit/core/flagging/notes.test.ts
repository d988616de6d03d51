import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData, filesIn } from '../../../../extension/core/demo/fileData';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import { readNotes, replaceNote } from '../../../../extension/core/flagging/notes';
import { createFlagRecorder } from '../../../../extension/core/flagging/recorder';
import type { FlagRecorder } from '../../../../extension/core/flagging/types';
import { silentLog } from '../../../../extension/core/log';

let base: string;
let flaggingDir: string;
let recorder: FlagRecorder;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  flaggingDir = join(base, 'flagged');
  recorder = createFlagRecorder({
    callback: createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: true }),
    components: [{ kind: 'textbox', label: 'text' }],
    flaggingDir,
    spoolDir: join(base, 'spool'),
    log: silentLog,
  });
});
afterEach(() => rmSync(base, { recursive: true }));

const sample = (text: string) => ({ data: [text], option: 'bad', username: null });
function mask(name: string) {
  const path = join(base, name);
  writeFileSync(path, name);
  return fileData(path, { url: 'https://page/mask.png' });
}

describe('a corrected output that is a file', () => {
  it('is copied beside the log, and goes with its row alone', async () => {
    const first = await recorder.flag(sample('a'), { corrected: { Output: mask('one.png'), score: NaN } });
    await recorder.flag(sample('b'), { corrected: { Output: [mask('two.png')] } });
    const notes = await readNotes(flaggingDir);
    const paths = filesIn(notes.map(({ corrected }) => corrected)).map(({ path }) => path);
    expect(paths.map((path) => readFileSync(join(flaggingDir, path), 'utf8'))).toEqual(['one.png', 'two.png']);
    expect(readFileSync(join(flaggingDir, 'notes.jsonl'), 'utf8')).not.toContain(base);
    await recorder.undo(first.id);
    expect(readdirSync(join(flaggingDir, 'notes')).map((name) => `notes/${name}`)).toEqual(paths.slice(1));
    expect(readFileSync(first.log, 'utf8')).toMatch(/^text,flag,timestamp\r\nb,bad,[^\n]+\r\n$/);
  });

  it('leaves nothing behind when it is gone, and the row stands', async () => {
    const corrected = { Output: [mask('one.png'), fileData(join(base, 'gone.png'))] };
    const record = await recorder.flag(sample('a'), { note: 'x', corrected });
    expect(record).toMatchObject({ state: 'flagged', rows: 1 });
    expect(record.error?.message).toMatch(/not its note.*no longer there/);
    expect(readdirSync(flaggingDir)).toEqual(['logs.csv']);
    expect((await recorder.undo(record.id)).state).toBe('undone');
  });
});

it('a link in place of the notes leads nowhere', async () => {
  const outside = join(base, 'outside');
  mkdirSync(outside);
  mkdirSync(flaggingDir);
  symlinkSync(outside, join(flaggingDir, 'notes'));
  symlinkSync(join(outside, 'notes.jsonl'), join(flaggingDir, 'notes.jsonl'));
  for (const note of [{ note: 'x' }, { corrected: { Output: mask('one.png') } }]) {
    const record = await recorder.flag(sample('a'), note);
    expect(record.state).toBe('flagged');
    expect(record.error?.message).toMatch(/not a (plain file|folder)/);
  }
  expect(readdirSync(outside)).toEqual([]);
});

it('undoing a row twice says so', async () => {
  const record = await recorder.flag(sample('a'), { note: 'x' });
  expect((await recorder.undo(record.id)).rows).toBe(0);
  await expect(recorder.undo(record.id)).rejects.toThrow(/nothing to take back/);
  expect(existsSync(join(flaggingDir, 'logs.csv'))).toBe(false);
});

describe('a note that is changed later', () => {
  const flagged = async (text: string, note: string, corrected?: Record<string, unknown>) => {
    const { log } = await recorder.flag(sample(text), { note, corrected });
    const row =
      readFileSync(log, 'utf8')
        .split(/(?<=\n)/)
        .at(-1) ?? '';
    return { log, row, timestamp: row.trim().split(',').at(-1) ?? '' };
  };

  it('replaces the row’s note alone and keeps what was corrected', async () => {
    await flagged('a', 'other row');
    const row = await flagged('b', 'first', { Output: 2 });
    await replaceNote(flaggingDir, row, 'bad', ' second ', []);
    const notes = await readNotes(flaggingDir);
    expect(notes.map(({ note, corrected }) => [note, corrected])).toEqual([
      ['other row', undefined],
      ['second', { Output: 2 }],
    ]);
  });

  it('is found by its old row when the row was edited since', async () => {
    const row = await flagged('a', 'first');
    const known = await readNotes(flaggingDir);
    await replaceNote(flaggingDir, { ...row, row: row.row.replace('a', 'edited') }, 'bad', 'second', known);
    expect((await readNotes(flaggingDir)).map(({ note }) => note)).toEqual(['second']);
  });

  it('is taken away when it is emptied, with a file of notes that has no other', async () => {
    const row = await flagged('a', 'first');
    await replaceNote(flaggingDir, row, 'bad', '', []);
    expect(existsSync(join(flaggingDir, 'notes.jsonl'))).toBe(false);
    await replaceNote(flaggingDir, row, 'bad', 'again', []);
    expect(await readNotes(flaggingDir)).toMatchObject([{ log: 'logs.csv', option: 'bad', note: 'again' }]);
  });
});
