import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changeOption,
  putBack,
  restoreRows,
  takeOut,
  type LogRows,
} from '../../../../../extension/core/flagging/log/rowChanges';
import { detectLayout } from '../../../../../extension/core/flagging/log/layout';
import { addNote, readNotes } from '../../../../../extension/core/flagging/notes';
import { silentLog } from '../../../../../extension/core/log';

const header = 'text,Output,flag,timestamp\r\n';
const rowOf = (text: string, i: number): string => `"${text}",out,wrong,2026-01-02 03:04:0${i}.000001\r\n`;
const rows = [rowOf('a', 0), rowOf('b "" c', 1), rowOf('ü', 2)] as const;
const before = header + rows.join('');

let folder = '';
let log = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
  log = join(folder, 'logs.csv');
  await writeFile(log, before);
});
afterEach(() => rm(folder, { recursive: true }));

const rowsAt = (...indexes: readonly (0 | 1 | 2)[]): LogRows => ({
  log,
  layout: detectLayout('logs.csv', before),
  texts: indexes.map((index) => rows[index]),
});
const options = { log: silentLog };
const content = (): Promise<string> => readFile(log, 'utf8');
const keepIn = (): string => join(folder, 'kept');

describe('a row of a log', () => {
  it('is taken out with its files and notes, and put back with them', async () => {
    const picture = join(folder, 'text', 'p.png');
    await mkdir(join(folder, 'text'));
    await writeFile(picture, 'pixels');
    const receipt = { log, row: rows[1], timestamp: '2026-01-02 03:04:01.000001', rows: 3, offset: 0, media: [] };
    await addNote(folder, receipt, 'wrong', { note: 'why' });
    const taken = await takeOut(rowsAt(1), [picture], keepIn(), options);
    expect(await content()).toBe(header + rows[0] + rows[2]);
    expect(existsSync(picture)).toBe(false);
    expect(await readNotes(folder)).toEqual([]);
    await putBack(taken, silentLog);
    expect(await content()).toBe(before);
    expect(await readFile(picture, 'utf8')).toBe('pixels');
    expect((await readNotes(folder))[0]?.note).toBe('why');
  });

  it('comes back at the end when its place is gone', async () => {
    const taken = await takeOut(rowsAt(2), [], keepIn(), options);
    await writeFile(log, header);
    await putBack(taken, silentLog);
    expect(await content()).toContain(rows[2].trimEnd());
  });

  it('without a line end does not run into what was added meanwhile', async () => {
    await writeFile(log, before.trimEnd());
    const taken = await takeOut({ ...rowsAt(2), texts: [rows[2].trimEnd()] }, [], keepIn(), options);
    await appendFile(log, rows[0]);
    await putBack(taken, silentLog);
    expect(await content()).toBe(before + rows[0]);
  });

  it('keeps files outside of the folder of its log', async () => {
    const other = join(await mkdtemp(join(tmpdir(), 'other-')), 'p.png');
    await writeFile(other, 'pixels');
    await takeOut(rowsAt(0), [other], keepIn(), options);
    expect(existsSync(other)).toBe(true);
    await rm(join(other, '..'), { recursive: true });
  });

  it('is not taken out when it was changed meanwhile', async () => {
    await writeFile(log, before.replace('"a",out', '"a",new'));
    await expect(takeOut(rowsAt(0), [], keepIn(), options)).rejects.toThrow(/as it was read/);
    await expect(changeOption(rowsAt(0), 'right', options)).rejects.toThrow(/as it was read/);
  });

  it('gets another option, and no other byte changes', async () => {
    await changeOption(rowsAt(1), 'right, "really"', options);
    const changed = rows[1].replace('wrong', '"right, ""really"""');
    expect(await content()).toBe(header + rows[0] + changed + rows[2]);
  });

  it('gets its option back', async () => {
    const changed = await changeOption(rowsAt(0, 2), 'right', options);
    expect(await content()).toBe(before.replace(/(?<="(?:a|ü)",out,)wrong/g, 'right'));
    await restoreRows(changed, options);
    expect(await content()).toBe(before);
  });

  it('gets an option that is no formula', async () => {
    await changeOption(rowsAt(2), '=1+1', options);
    expect(await content()).toContain(",'=1+1,");
  });

  it('gets no option where it has no cell for it', async () => {
    await expect(changeOption({ ...rowsAt(0), texts: ['ragged\r\n'] }, 'x', options)).rejects.toThrow(/no place/);
  });

  it('is changed while an app appends, whose rows stay', async () => {
    const added = Array.from({ length: 30 }, (_, i) => `app,${i},x,2026-01-02 03:05:00.000001\r\n`);
    const app = (async () => {
      for (const line of added) {
        await appendFile(log, line);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    await changeOption(rowsAt(0), 'right', options);
    await takeOut(rowsAt(1), [], keepIn(), options);
    await app;
    const text = await content();
    expect(added.filter((line) => !text.includes(line))).toEqual([]);
    expect(text).not.toContain(rows[1]);
  });
});
