import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNotesOf } from '../../../../../extension/core/flagging/log/notesOf';
import { createLogger } from '../../../../../extension/core/flagging/loggers';
import { addNote } from '../../../../../extension/core/flagging/notes';
import type { BuiltInLogger, FlagReceipt } from '../../../../../extension/core/flagging/types';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'flag-review-notes-of-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Flags these texts, each at its time, with a note that repeats the text. */
async function flagged(logger: BuiltInLogger, ...samples: readonly (readonly [string, string])[]): Promise<string> {
  const own = createLogger(logger, { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });
  await own.setup([{ kind: 'textbox', label: 'a' }], folder);
  let receipt: FlagReceipt | undefined;
  for (const [text, second] of samples) {
    const timestamp = `2024-01-02 03:04:${second}`;
    receipt = await own.record({ data: [text], option: null, username: null, timestamp });
    await addNote(folder, receipt, null, { note: text });
  }
  return receipt?.log ?? '';
}

async function notes(log: string): Promise<Record<number, (string | undefined)[]>> {
  const found = await readNotesOf(log);
  return Object.fromEntries([...found].map(([row, lines]) => [row, lines.map(({ note }) => note)]));
}

describe('the notes of a log', () => {
  it('belong to the rows that they were written for, those of one moment too', async () => {
    const log = await flagged('CSVLogger', ['one', '05'], ['two', '05'], ['three', '06']);
    expect(await notes(log)).toEqual({ 0: ['one'], 1: ['two'], 2: ['three'] });
  });

  it('stay with a row that was edited, when its time is its own', async () => {
    const log = await flagged('CSVLogger', ['one', '05'], ['two', '06'], ['three', '06']);
    writeFileSync(log, readFileSync(log, 'utf8').replace('one', 'eins').replace('two', 'zwei'));
    expect(await notes(log)).toEqual({ 0: ['one'], 2: ['three'] });
  });

  it('stay with their rows when git changes the line ends or rows go', async () => {
    const log = await flagged('CSVLogger', ['one', '05'], ['two', '06']);
    writeFileSync(
      log,
      readFileSync(log, 'utf8')
        .replaceAll('\r\n', '\n')
        .replace(/one.*\n/, ''),
    );
    expect(await notes(log)).toEqual({ 0: ['two'] });
  });

  it('are found without a time, and not in another log', async () => {
    const log = await flagged('SimpleCSVLogger', ['one', '05'], ['two', '06']);
    expect(await notes(log)).toEqual({ 0: ['one'], 1: ['two'] });
    writeFileSync(join(folder, 'logs-2.csv'), readFileSync(log));
    expect(await notes(join(folder, 'logs-2.csv'))).toEqual({});
  });
});
