import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { checkCommand } from '../../../../extension/core/cli/check';
import { mergeCommand } from '../../../../extension/core/cli/merge';
import { silentLog } from '../../../../extension/core/log';

let cwd: string;

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-care-')));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const time = (second: number): string => `2024-05-01 10:00:0${second}.123456`;
const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');

function put(name: string, content: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), content);
}

async function terminal(...argv: string[]): Promise<{ lines: string[]; status: number }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const stdin = Readable.from([]);
  const here = { cwd, environment: {}, stdin, print, log: silentLog, installation: cwd };
  const parsed = parseCommand(argv);
  if (parsed.command === 'check') return { lines, status: await checkCommand(here, parsed.options) };
  if (parsed.command === 'merge') await mergeCommand(here, parsed.options);
  return { lines, status: 0 };
}

describe('flag-review check', () => {
  it('shows what would be mended, changes nothing, then mends exactly that', async () => {
    const broken = `text,timestamp\na,${time(1)}b,${time(2)}\n`;
    put('logs.csv', broken);
    const shown = await terminal('check', 'logs.csv');
    expect(shown.status).toBe(1);
    expect(shown.lines).toContain(`-a,${time(1)}b,${time(2)}`);
    expect(shown.lines).toContain(`+b,${time(2)}`);
    expect(read('logs.csv')).toBe(broken);
    expect((await terminal('check', 'logs.csv', '--fix')).status).toBe(0);
    expect(read('logs.csv')).toBe(`text,timestamp\na,${time(1)}\nb,${time(2)}\n`);
    expect((await terminal('check', 'logs.csv')).lines).toEqual(['logs.csv: nothing is wrong.']);
  });

  it('writes control characters of a log out', async () => {
    put('logs.csv', `text,timestamp\n\u001b[2Ja,${time(1)}b,${time(2)}\n`);
    const { lines } = await terminal('check', 'logs.csv');
    expect(lines.join('\n')).toContain('\\u001b[2Ja');
    expect(lines.join('\n')).not.toContain('\u001b');
  });

  it('names a log that is not there', async () => {
    await expect(terminal('check', 'nowhere.csv')).rejects.toThrow('There is no file');
  });
});

describe('flag-review merge', () => {
  it('says what it will do, and does it in a new directory', async () => {
    put('a/logs.csv', `text,timestamp\nlate,${time(2)}\n`);
    put('b/log.csv', `'text','flag','username','timestamp'\r\n'early','wrong','','${time(1)}'\r\n`);
    const args = ['merge', 'a/logs.csv', 'b/log.csv', '--out', 'merged'];
    const planned = await terminal(...args, '--dry-run');
    expect(planned.lines).toContain('  a/logs.csv: Flag & Review, 1 sample');
    expect(planned.lines).toContain('  merged/logs.csv: 2 samples');
    expect(existsSync(join(cwd, 'merged'))).toBe(false);
    await terminal(...args);
    expect(read('merged/logs.csv')).toBe(`text,flag,timestamp\r\nearly,wrong,${time(1)}\r\nlate,,${time(2)}\r\n`);
    await expect(terminal(...args)).rejects.toThrow('is there already');
  });

  it('refuses a command line without a directory or with another format', async () => {
    await expect(terminal('merge', 'a.csv')).rejects.toThrow('--out DIR');
    await expect(terminal('merge', 'a.csv', '--out', 'b', '--log-format', 'x')).rejects.toThrow('not a log format');
  });
});
