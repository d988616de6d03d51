import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../../extension/core/demo/fileData';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import { readNotes } from '../../../../extension/core/flagging/notes';
import { createFlagRecorder } from '../../../../extension/core/flagging/recorder';
import type { FlagRecorder, LoggedComponent, LoggerOptions } from '../../../../extension/core/flagging/types';
import { silentLog } from '../../../../extension/core/log';

/** What a person, a model or a file system may give as a text. */
const hostile = {
  'a formula': "=cmd|' /C calc'!A0",
  'a mention': '@x',
  'a negative': '-2+3',
  'a formula after a comma': 'a,=1',
  newlines: 'one\r\ntwo\nthree\rfour',
  NUL: 'a\0b',
  emoji: '👩‍🔬🏳️‍🌈',
  'right-to-left': '\u202egnp.exe שלום',
  HTML: '<img src=x onerror="alert(1)">&amp;',
  quotes: `"it's" ""`,
  'a way out': '../../..',
  'half a character': 'x\ud83d',
} as const;

const formats: readonly LoggerOptions['format'][] = ['guide', 'gradio-4', 'gradio-6'];
const cases = formats.flatMap((format) => Object.entries(hostile).map(([name, text]) => ({ format, name, text })));
let base: string;
let flaggingDir: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  flaggingDir = join(base, 'flagged');
});
afterEach(() => rmSync(base, { recursive: true }));

function recorderOf(format: LoggerOptions['format'], components: readonly LoggedComponent[]): FlagRecorder {
  const callback = createLogger('CSVLogger', { format, flaggingDirAsGiven: 'flagged', hasOptions: true });
  return createFlagRecorder({ callback, components, flaggingDir, spoolDir: join(base, 'spool'), log: silentLog });
}

/** A file whose name is the text, as far as a file system allows. */
function fileNamed(text: string) {
  const name = text.replaceAll(/[\0/]/g, '_');
  const path = join(base, `${name}.png`);
  writeFileSync(path, 'PNG');
  return fileData(path, { orig_name: `${text}.png` });
}

/** By an independent reader that refuses anything ragged or badly quoted. */
const recordsOf = (log: string): string[][] => parse(readFileSync(log, 'utf8'));

/** UTF-8 has no halves of characters. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Cs}/gu, '\ufffd');

/** A spreadsheet would take such a cell for a formula. */
const isFormula = (cell: string): boolean => /^[=+\-@\t]/.test(cell);

describe('a hostile text in every place of a sample', () => {
  it.each(cases)('$name in $format', async ({ format, text }) => {
    const recorder = recorderOf(format, [
      { kind: 'textbox', label: text },
      { kind: 'image', label: text },
    ]);
    const sample = () => ({ data: [text, fileNamed(text)], option: text, username: text });
    const first = await recorder.flag(sample(), { note: text, corrected: { [text]: text } });
    const second = await recorder.flag(sample());

    expect([first, second].map(({ state }) => state)).toEqual(['flagged', 'flagged']);
    expect(basename(second.log), 'the log goes on below its own header').toBe(basename(first.log));
    const [header = [], ...rows] = recordsOf(first.log);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect([header, ...rows].flat().filter(isFormula)).toEqual([]);
    for (const [cell, image = ''] of rows) {
      expect(cell?.endsWith(wellFormed(text))).toBe(true);
      const stored = resolve(format === 'guide' ? flaggingDir : base, image.replace(/^'/, ''));
      expect(stored.startsWith(flaggingDir)).toBe(true);
      expect(readFileSync(stored, 'utf8')).toBe('PNG');
    }
    expect(await readNotes(flaggingDir)).toMatchObject([
      { note: text.trim(), option: text, corrected: { [text]: text } },
    ]);

    await recorder.undo(first.id);
    await recorder.undo(second.id);
    expect(existsSync(flaggingDir) ? readdirSync(flaggingDir) : []).toEqual([]);
  });
});

describe('a large sample', () => {
  it('of 2 MB in a cell is flagged, continued and taken back', async () => {
    const recorder = recorderOf('gradio-6', [{ kind: 'textbox', label: 'text' }]);
    const large = 'a"\n'.repeat(700_000);
    const flag = (text: string) => recorder.flag({ data: [text], option: null, username: null });
    await flag('before');
    const record = await flag(large);
    await flag('after');
    const texts = () => recordsOf(record.log).map(([text]) => text);
    expect(texts()).toEqual(['text', 'before', large, 'after']);
    await recorder.undo(record.id);
    expect(texts()).toEqual(['text', 'before', 'after']);
  });

  it('with an image of 100 MB is copied without being read into memory', async () => {
    const recorder = recorderOf('guide', [{ kind: 'image', label: 'im' }]);
    const path = join(base, 'large.png');
    writeFileSync(path, '');
    truncateSync(path, 100e6);
    const before = process.memoryUsage.rss();
    const record = await recorder.flag({ data: [fileData(path)], option: null, username: null });
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6);
    const [, [image = ''] = []] = recordsOf(record.log);
    expect(statSync(join(flaggingDir, image)).size).toBe(100e6);
  });
});
