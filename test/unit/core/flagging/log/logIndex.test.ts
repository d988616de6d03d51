import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBesideLogName, isLogName, layoutOfLog } from '../../../../../extension/core/flagging/log/findLogs';
import { LogIndex } from '../../../../../extension/core/flagging/log/logIndex';
import { readLogFile } from '../../../../../extension/core/flagging/log/readLog';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'index-'));
});
afterEach(() => rm(folder, { recursive: true }));

const header = 'text,Output,flag,timestamp\r\n';
const row = (text: string, option: string, second = 0): string =>
  `"${text}",out,${option},2026-01-02 03:04:${String(second).padStart(2, '0')}.000001\r\n`;

async function written(name: string, text: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function indexOf(path: string): Promise<LogIndex> {
  const layout = await layoutOfLog(path);
  if (!layout) throw new Error('It is no log.');
  return LogIndex.read(path, layout);
}

describe('the logs of a workspace', () => {
  it('are known by their names', () => {
    expect(['logs.csv', 'logs-2.csv', 'log.csv', 'dataset12.csv', 'data.csv', 'metadata.jsonl'].every(isLogName)).toBe(
      true,
    );
    expect(['notes.jsonl', 'marks.jsonl', 'data.tsv', 'mylogs.csv.bak'].some(isLogName)).toBe(false);
    expect(['notes.jsonl', 'marks.jsonl'].every(isBesideLogName)).toBe(true);
  });

  it('are no tables that merely bear such a name', async () => {
    expect(await layoutOfLog(await written('data.csv', 'id,price\n1,2\n3,4\n'))).toBeUndefined();
    expect((await layoutOfLog(await written('logs.csv', header + row('a', 'x'))))?.era).toBe('guide');
    expect(await layoutOfLog(join(folder, 'log.csv'))).toBeUndefined();
  });
});

describe('the index of a log', () => {
  it('knows option and time of each sample, as the reader does', async () => {
    const text =
      header + row('a', 'x', 1) + row('two\nlines, ""quoted""', 'y', 2) + header + '\r\n' + row('c', '', 3) + 'torn';
    const path = await written('logs.csv', text);
    const { rows } = await indexOf(path);
    const samples = [];
    for await (const sample of (await readLogFile(path)).samples) samples.push(sample);
    expect(rows.map(({ option, timestamp }) => ({ option, timestamp }))).toEqual(
      samples.map(({ option, timestamp }) => ({ option, timestamp })),
    );
  });

  it('reads samples when they are asked for, in that order', async () => {
    const path = await written('logs.csv', header + row('a', 'x') + row('b', 'x') + row('c', 'x'));
    const index = await indexOf(path);
    const read = await index.read([2, 0]);
    expect(read.map(({ sample }) => [sample.row, sample.cells[0]])).toEqual([
      [2, 'c'],
      [0, 'a'],
    ]);
    expect(read[0]?.text).toBe(row('c', 'x'));
  });

  it('reads logs in UTF-16 and of JSON lines', async () => {
    const wide = await written('log.csv', Buffer.from(`\ufeff${header}${row('ä', 'x')}`, 'utf16le'));
    expect((await (await indexOf(wide)).read([0]))[0]?.sample.cells[0]).toBe('ä');
    const lines = await written('metadata.jsonl', '{"text":"a \\" b","flag":"x"}\n{"text":"c","flag":"y"}\n');
    expect((await indexOf(lines)).rows.map(({ option }) => option)).toEqual(['x', 'y']);
  });

  it('finds samples by a text in any cell', async () => {
    const path = await written('logs.csv', header + row('Apple "" pie', 'x') + row('b', 'APPLE') + row('c', 'x'));
    expect([...(await (await indexOf(path)).search('apple'))]).toEqual([0, 1]);
    expect([...(await (await indexOf(path)).search('apple " pie'))]).toEqual([0]);
  });

  it('says that the log changed instead of showing other rows', async () => {
    const path = await written('logs.csv', header + row('a', 'x'));
    const index = await indexOf(path);
    await writeFile(path, header + row('longer', 'x'));
    await expect(index.read([0])).rejects.toThrow(/changed/);
  });

  it('of 100,000 samples holds no cells, and reads but those of a page', async () => {
    const text = 'x'.repeat(1000);
    const path = await written(
      'logs.csv',
      header + Array.from({ length: 100_000 }, (_, i) => row(text + String(i), i % 2 ? 'odd' : 'even')).join(''),
    );
    const index = await indexOf(path);
    expect(index.rows.length).toBe(100_000);
    const kept = JSON.stringify(index.rows).length;
    expect(kept).toBeLessThan(20_000_000);
    const page = await index.read(Array.from({ length: 200 }, (_, i) => 99_999 - 2 * i));
    expect(page[199]?.sample.cells[0]).toBe(text + String(99_999 - 398));
  });

  it('stops when it is no longer wanted', async () => {
    const path = await written('logs.csv', header + row('a', 'x'));
    const layout = await layoutOfLog(path);
    if (!layout) throw new Error('It is no log.');
    await expect(LogIndex.read(path, layout, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
