import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { marksName, readMarks, setPromoted, setReviewed } from '../../../../../extension/core/flagging/log/marks';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const first = { log: '/any/logs.csv', timestamp: '2026-01-01 00:00:00.000001', row: 'a,b\r\n' };
const second = { ...first, row: 'c,d\r\n' };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marks-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('marks of rows', () => {
  it('are none where there is no file', async () => {
    expect((await readMarks(folder)).of(first)).toEqual({ reviewed: false, promoted: [] });
  });

  it('are set and taken back, the last one counting', async () => {
    await setReviewed(folder, [first, second], true);
    await setReviewed(folder, [second], false);
    await setPromoted(folder, [first], 'a.csv');
    await setPromoted(folder, [first], 'b.csv');
    await setPromoted(folder, [first], 'a.csv', false);
    const marks = await readMarks(folder);
    expect(marks.of(first)).toEqual({ reviewed: true, promoted: ['b.csv'] });
    expect(marks.of(second)).toEqual({ reviewed: false, promoted: [] });
    expect(marks.of({ ...first, log: 'other.csv' }).reviewed).toBe(false);
  });

  it('say what was marked in a line of JSON each, by the hash of the row', async () => {
    await setReviewed(folder, [first], true);
    const line = JSON.parse(await readFile(join(folder, marksName), 'utf8')) as Record<string, unknown>;
    expect(line).toMatchObject({
      log: 'logs.csv',
      timestamp: first.timestamp,
      row: hashOf('a,b\r\n'),
      mark: 'reviewed',
    });
    expect(Date.parse(String(line.time))).toBeGreaterThan(0);
  });

  it('survive a torn last line, and lines that are none', async () => {
    await writeFile(join(folder, marksName), 'null\n{"log":1}\n');
    await setReviewed(folder, [first], true);
    await appendFile(join(folder, marksName), '{"log":"logs.cs');
    await setReviewed(folder, [second], true);
    const marks = await readMarks(folder);
    expect([marks.of(first).reviewed, marks.of(second).reviewed]).toEqual([true, true]);
  });

  it('stay with a row that was edited when its time is its own', async () => {
    await setReviewed(folder, [first], true);
    const marks = await readMarks(folder);
    const edited = { timestamp: first.timestamp, hash: hashOf('a,x\r\n') };
    const other = { timestamp: '2026-01-01 00:00:00.000002', hash: hashOf('e\r\n') };
    expect([...marks.match('logs.csv', [other, edited])]).toEqual([[1, { reviewed: true, promoted: [] }]]);
    expect(marks.match('logs.csv', [edited, edited]).size).toBe(0);
    expect(marks.match('log.csv', [edited]).size).toBe(0);
  });

  it('of two processes that mark at once are all kept', async () => {
    const module = join(folder, 'marks.cjs');
    const source = join(import.meta.dirname, '../../../../../extension/core/flagging/log/marks.ts');
    await build({ entryPoints: [source], outfile: module, bundle: true, platform: 'node', format: 'cjs' });
    const script = `
      const { setReviewed } = require(${JSON.stringify(module)});
      (async () => {
        for (let i = 0; i < 20; i++)
          await setReviewed(${JSON.stringify(folder)}, [{ log: 'logs.csv', timestamp: '', row: process.argv[1] + i }], true);
      })();`;
    const run = promisify(execFile);
    await Promise.all(['x', 'y'].map((name) => run(process.execPath, ['-e', script, name])));
    const marks = await readMarks(folder);
    for (const name of ['x', 'y']) {
      for (let i = 0; i < 20; i++)
        expect(marks.of({ log: 'logs.csv', timestamp: '', row: `${name}${i}` }).reviewed).toBe(true);
    }
  });
});
