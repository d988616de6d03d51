import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { logCommand } from '../../../../extension/core/cli/log';
import { ExpectedError } from '../../../../extension/core/errors';
import { silentLog } from '../../../../extension/core/log';

const time = '2024-01-02 03:04:05.678901';
let cwd: string;
let warnings: string[];

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-cli-log-')));
  warnings = [];
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** @returns the lines that were printed */
async function terminal(...argv: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const parsed = parseCommand(['log', ...argv]);
  if (parsed.command !== 'log') throw new Error(parsed.command);
  const stdin = Readable.from([]);
  const log = { ...silentLog, warn: (text: string | Error) => warnings.push(String(text)) };
  const print = (line: string): number => lines.push(line);
  await logCommand({ cwd, environment: {}, stdin, print, log, installation: '' }, parsed.options);
  return lines;
}

function write(name: string, text: string): void {
  mkdirSync(join(cwd, 'flagged', 'im'), { recursive: true });
  writeFileSync(join(cwd, 'flagged', name), text);
}

const jsonOf = async (...argv: readonly string[]): Promise<unknown[]> =>
  (await terminal(...argv)).map((line): unknown => JSON.parse(line));

describe('flag-review log', () => {
  it('prints one JSON object a sample', async () => {
    write('logs.csv', `num1,im,im,flag,timestamp\r\n-5,im/0.png,im/1.png,=odd,${time}\r\n`);
    write('im/0.png', '');
    expect(await jsonOf('flagged/logs.csv')).toEqual([
      {
        log: join(cwd, 'flagged/logs.csv'),
        row: 0,
        era: 'guide',
        components: { num1: -5, im: 'im/0.png', 'im (2)': 'im/1.png' },
        raw: ['-5', 'im/0.png', 'im/1.png', '=odd', time],
        option: '=odd',
        username: null,
        timestamp: time,
        media: [join(cwd, 'flagged/im/0.png'), 'im/1.png'],
      },
    ]);
  });

  it('says what is wrong with a row, and which headers it passed over', async () => {
    write('logs.csv', `a,timestamp\n1,2,3,4,${time}\na,timestamp\nNaN,${time}\n`);
    const [first, second] = await jsonOf('flagged/logs.csv');
    expect(first).toMatchObject({ problem: 'The row has 5 cells, but the log has 2 columns.' });
    expect(second).toMatchObject({ row: 1, components: { a: 'NaN' } });
    expect(second).not.toHaveProperty('problem');
    expect(warnings).toEqual(['flagged/logs.csv: the header stands in it 2 times, again as record 3.']);
  });

  it('prints a CSV of one layout that other readers understand, guarded against formulas', async () => {
    write('dataset1.csv', `n,"a,b",timestamp\r\n'-2.50,"=1\nx",${time}\r\n3.0,"[""é""]",${time}\r\n`);
    const text = (await terminal('flagged/dataset1.csv', '--format', 'csv')).join('\n');
    expect(parse(text)).toEqual([
      ['row', 'n', 'a,b', 'flag', 'username', 'timestamp'],
      ['0', '-2.50', "'=1\nx", '', '', time],
      ['1', '3.0', '["é"]', '', '', time],
    ]);
  });

  it('prints a table in which control characters do nothing and long texts are clipped', async () => {
    write('logs.csv', `text,timestamp\n"\u001b[31mred\n\u202eline",${time}\n${'漢'.repeat(90)},${time}\n`);
    expect(await terminal('flagged/logs.csv', '--format', 'table')).toEqual([
      'row  text                        timestamp',
      '───  ──────────────────────────  ──────────────────────────',
      `0    \\u001b[31mred \\u202eline    ${time}`,
      `1    ${'漢'.repeat(25)}…  ${time}`,
    ]);
    expect((await terminal('flagged/logs.csv')).join('')).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('prints a table of any length', async () => {
    write('logs.csv', `a,timestamp\n${`1,${time}\n`.repeat(1200)}`);
    expect(await terminal('flagged/logs.csv', '--format', 'table')).toHaveLength(1202);
    write('empty.csv', '');
    expect(await terminal('flagged/empty.csv')).toEqual([]);
  });

  it.each([[[]], [['a', 'b']], [['a', '--format', 'xml']], [['a', '--colour']]])('refuses %j', (argv) => {
    expect(() => parseCommand(['log', ...argv])).toThrow(ExpectedError);
  });

  it('tells that there is no such file', async () => {
    await expect(terminal('none.csv')).rejects.toThrow(/There is no file/);
  });
});
