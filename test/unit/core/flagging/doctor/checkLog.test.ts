import { mkdtemp, mkdir, open, readdir, readFile, realpath, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import { checkLog } from '../../../../../extension/core/flagging/doctor/checkLog';
import { fixLog, readFixableLog, trashFolder } from '../../../../../extension/core/flagging/doctor/fixLog';
import { planFixes } from '../../../../../extension/core/flagging/doctor/plan';
import type { Finding } from '../../../../../extension/core/flagging/doctor/types';
import { encode, type Encoding } from '../../../../../extension/core/csv/encodings';
import { detectLayout } from '../../../../../extension/core/flagging/log/layout';
import { silentLog } from '../../../../../extension/core/log';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'doctor-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const time = (second: number): string => `2024-05-01 10:00:${String(second).padStart(2, '0')}.123456`;
const log = (): string => join(folder, 'flagged', 'logs.csv');

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, 'flagged', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function check(text: string, name = 'logs.csv'): Promise<Finding[]> {
  return checkLog(await put(name, text), text, [folder]);
}

const summary = (findings: readonly Finding[]): unknown[] => findings.map(({ kind, line, row }) => [kind, line, row]);

const fixed = (text: string, findings: readonly Finding[]): string => applyEdits(text, planFixes(findings).edits);

describe('checking a flag log', () => {
  it('finds nothing wrong with a good log', async () => {
    await put('image/0.png', 'x');
    const text = `image,text,flag,timestamp\r\nimage/0.png,"a, ""b""\nc",wrong,${time(1)}\r\n,,,${time(2)}\r\n`;
    expect(await check(text)).toEqual([]);
  });

  it('separates two rows on one line, whatever the second one begins with', async () => {
    const rows = [`a,wrong,${time(1)}`, `"x, ""y""\nz",wrong,${time(2)}`, `b,wrong,${time(3)}`];
    const text = `text,flag,timestamp\n${rows.join('')}\n`;
    const findings = await check(text);
    expect(summary(findings)).toEqual([
      ['glued-rows', 2, 0],
      ['glued-rows', 2, 1],
    ]);
    expect(fixed(text, findings)).toBe(`text,flag,timestamp\n${rows.join('\n')}\n`);
  });

  it('separates rows whose cells stand between apostrophes', async () => {
    const rows = [`'a','wrong','','${time(1)}'`, `'it''s',7,'','${time(2)}'`];
    const header = "'text','flag','username','timestamp'\r\n";
    const text = header + rows.join('') + '\r\n';
    const findings = await check(text, 'log.csv');
    expect(summary(findings)).toEqual([['glued-rows', 2, 0]]);
    expect(fixed(text, findings)).toBe(`${header}${rows.join('\r\n')}\r\n`);
  });

  it('removes a header that stands in the file again, also behind a row without a line end', async () => {
    const header = 'text,flag,timestamp';
    const text = `${header}\r\na,,${time(1)}${header}\r\nb,,${time(2)}\r\n${header}\r\nc,,${time(3)}`;
    const findings = await check(text);
    expect(summary(findings)).toEqual([
      ['glued-rows', 2, 0],
      ['repeated-header', 2, null],
      ['repeated-header', 4, null],
    ]);
    const after = fixed(text, findings);
    expect(await check(after)).toEqual([]);
    expect(after.split(/[\r\n]+/)).toEqual([header, `a,,${time(1)}`, `b,,${time(2)}`, `c,,${time(3)}`]);
  });

  it('names a header of other columns, and leaves it', async () => {
    const findings = await check(`text,timestamp\na,${time(1)}\ntext,flag,timestamp\nb,x,${time(2)}\n`);
    expect(summary(findings)).toEqual([
      ['other-header', 3, null],
      ['ragged', 4, 1],
    ]);
    expect(findings.map(({ fix }) => fix)).toEqual([null, null]);
  });

  it('adds the option and the name that a row leaves out, and nothing that is in doubt', async () => {
    const text = `a,b,flag,username,timestamp\n1,2,${time(1)}\n1,3,no,${time(2)}\n1,${time(3)}\n1,4,no,me,${time(4)},,\n`;
    const findings = await check(text);
    expect(summary(findings).map(String)).toEqual(['ragged,2,0', 'ragged,3,1', 'ragged,4,2', 'ragged,5,3']);
    expect(fixed(text, findings).split('\n').slice(1, -1)).toEqual([
      `1,2,,,${time(1)}`,
      `1,3,no,,${time(2)}`,
      `1,${time(3)}`,
      `1,4,no,me,${time(4)}`,
    ]);
  });

  it('takes samples for the same when their files hold the same', async () => {
    await put('image/0.png', 'same');
    await put('image/1.png', 'same');
    await put('image/2.png', 'other');
    const rows = [0, 1, 2].map((n) => `image/${n}.png,cat,${time(n)}\n`);
    const text = `image,label,timestamp\n${rows.join('')}`;
    const findings = await check(text);
    expect(summary(findings)).toEqual([['duplicate', 3, 1]]);
    expect(fixed(text, findings)).toBe(`image,label,timestamp\n${rows[0]}${rows[2]}`);
  });

  it('makes absolute paths relative and touches nothing else in the row', async () => {
    const path = await put('image/0.png', 'x');
    const text = `image,text,timestamp\n"${path}",  spaced ,${time(1)}\n/elsewhere/image/9.png,,${time(2)}\n`;
    const findings = await check(text);
    expect(summary(findings)).toEqual([
      ['absolute-path', 2, 0],
      ['missing-media', 3, 1],
    ]);
    expect(fixed(text, findings)).toBe(text.replace(path, 'image/0.png'));
  });

  it('finds a missing file again under its name, and lists those that no log and no note names', async () => {
    const found = '0123456789abcdef0123/cat.png';
    await put(`image/${found}`, 'x');
    await put('image/7.png', 'unused');
    await put('image/8.png', 'in a note');
    await put('image/holiday.png', 'never stored by a logger');
    await put(
      'notes.jsonl',
      `${JSON.stringify({ log: 'logs.csv', timestamp: '', row: '', corrected: fileAt('image/8.png') })}\n`,
    );
    const text = `image,timestamp\nimage/aaaaaaaaaaaaaaaaaaaa/cat.png,${time(1)}\n`;
    const findings = await check(text);
    expect(summary(findings)).toEqual([
      ['unused-media', 1, null],
      ['missing-media', 2, 0],
    ]);
    expect(findings[0]?.fix).toMatchObject({ type: 'trash', files: [join(folder, 'flagged', 'image', '7.png')] });
    expect(fixed(text, findings)).toContain(`image/${found},`);
  });

  it('offers to merge the logs of a directory', async () => {
    const other = await put('dataset2.csv', `text,timestamp\nb,${time(2)}\n`);
    const findings = await check(`text,flag,timestamp\na,,${time(1)}\n`, 'dataset1.csv');
    expect(findings.map(({ fix }) => fix)).toMatchObject([
      { type: 'merge', logs: [join(folder, 'flagged', 'dataset1.csv'), other] },
    ]);
  });

  it('takes a log of other components for that of another demo', async () => {
    await put('logs-2.csv', `image,timestamp\n,${time(2)}\n`);
    expect(await check(`text,timestamp\na,${time(1)}\n`, 'logs.csv')).toEqual([]);
  });

  it('leaves a table that is no log, and an empty file, in peace', async () => {
    expect(await check('a,b\n1\n1,2,3\n', 'prices.csv')).toSatisfy((found: Finding[]) => found.every((f) => !f.fix));
    expect(await check('', 'logs.csv')).toEqual([]);
  });
});

describe('checking JSON Lines', () => {
  const line = (fields: object): string => JSON.stringify({ text: 'a', flag: '', ...fields });

  it('finds nothing wrong with a good log, and what stands on one line or is torn', async () => {
    const good = `${line({ text: 'b}{' })}\r\n${line({ text: 'c' })}\r\n`;
    expect(await check(good, 'metadata.jsonl')).toEqual([]);
    const text = `${line({ text: 'b' })}${line({ text: '}{' })}\r\n{"text": "to\r\n${line({ text: 'd' })}`;
    const findings = await check(text, 'metadata.jsonl');
    expect(summary(findings)).toEqual([
      ['glued-rows', 1, 0],
      ['bad-line', 2, 2],
      ['open-end', 3, 3],
    ]);
    const after = fixed(text, findings);
    expect(after).toBe(
      `${line({ text: 'b' })}\r\n${line({ text: '}{' })}\r\n{"text": "to\r\n${line({ text: 'd' })}\r\n`,
    );
    expect(summary(await check(after, 'metadata.jsonl'))).toEqual([['bad-line', 3, 2]]);
  });

  it('takes samples that were flagged again out', async () => {
    const text = `${line({})}\n${line({ text: 'b' })}\n${line({})}\n`;
    const findings = await check(text, 'metadata.jsonl');
    expect(summary(findings)).toEqual([['duplicate', 3, 2]]);
    expect(fixed(text, findings)).toBe(`${line({})}\n${line({ text: 'b' })}\n`);
  });

  it('changes nothing of a line but the path of a file, however it is escaped', async () => {
    const random = '0123456789abcdef0123';
    const path = await put(`bild/${random}/ä.png`, 'x');
    await put(`bild/${random.replace('0', 'f')}/b.png`, 'unused');
    const escaped = JSON.stringify(path).replaceAll('/', '\\/').replace('ä', '\\u00e4');
    const text = `{ "bild" : ${escaped},"flag":"" }\n{"bild":"bild/${random}/gone.png","flag":""}\n`;
    const findings = await check(text, 'metadata.jsonl');
    expect(summary(findings)).toEqual([
      ['absolute-path', 1, 0],
      ['unused-media', 1, null],
      ['missing-media', 2, 1],
    ]);
    expect(fixed(text, findings)).toBe(text.replace(escaped, `"bild/${random}/ä.png"`));
  });
});

describe('mending a log on the disk', () => {
  const layoutOf = (text: string) => detectLayout('logs.csv', text);
  const damaged = (text: string): string => `${text}text,timestamp\r\nä,${time(1)}b,${time(2)}`;

  it('writes exactly what was planned, and puts files away beside the log', async () => {
    const unused = await put('text/0.json', '{}');
    const text = damaged('\ufeff');
    const plan = planFixes(await check(text));
    await fixLog(log(), await readFixableLog(log()), layoutOf(text), plan, silentLog);
    expect(await readFile(log(), 'utf8')).toBe(`\ufefftext,timestamp\r\nä,${time(1)}\r\nb,${time(2)}`);
    expect(await readFile(join(folder, 'flagged', trashFolder, 'text', '0.json'), 'utf8')).toBe('{}');
    await expect(readFile(unused)).rejects.toThrow('ENOENT');
  });

  it.each<[Encoding, string]>([
    ['windows-1252', ''],
    ['utf-16le', '\ufeff'],
    ['utf-16be', '\ufeff'],
  ])('keeps the encoding of a log in %s', async (encoding, mark) => {
    const text = damaged(mark);
    const plan = planFixes(await check(text));
    await writeFile(log(), encode(text, encoding) ?? '');
    const read = await readFixableLog(log());
    expect(read).toEqual({ text, encoding });
    await fixLog(log(), read, layoutOf(text), plan, silentLog);
    expect(await readFile(log())).toEqual(encode(text.replace('b,', '\r\nb,'), encoding));
  });

  it('does nothing to a log that changed since, or that is no text', async () => {
    const text = `text,timestamp\na,${time(1)}b,${time(2)}\n`;
    const plan = planFixes(await check(text));
    const read = await readFixableLog(log());
    await put('logs.csv', `${text}c,${time(3)}\n`);
    await expect(fixLog(log(), read, layoutOf(text), plan, silentLog)).rejects.toThrow('has changed since');
    expect(await readFile(log(), 'utf8')).toBe(`${text}c,${time(3)}\n`);
    await writeFile(log(), Buffer.from([0xff, 0xfe, 0x61]));
    await expect(readFixableLog(log())).rejects.toThrow('is no text in utf-16le');
  });

  it('loses nothing when the disk is full', async () => {
    const text = damaged('');
    const plan = planFixes(await check(text));
    const read = await readFixableLog(log());
    const file = await open(log(), 'r');
    await file.close();
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const sync = vi.spyOn(Object.getPrototypeOf(file) as FileHandle, 'sync').mockRejectedValue(full);
    try {
      await expect(fixLog(log(), read, layoutOf(text), plan, silentLog)).rejects.toThrow('the disk is full');
    } finally {
      sync.mockRestore();
    }
    expect(await readFile(log(), 'utf8')).toBe(text);
    expect((await readdir(dirname(log()))).filter((name) => name !== 'logs.csv')).toEqual([]);
  });
});

function fileAt(path: string): unknown {
  return { image: { path, meta: { _type: 'gradio.FileData' } } };
}
