import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import type { Terminal } from '../../../../extension/core/cli/context';
import { flagCommand } from '../../../../extension/core/cli/flag';
import { runCommand } from '../../../../extension/core/cli/run';
import { FunctionError } from '../../../../extension/core/demo/runners/functionError';
import { ExpectedError } from '../../../../extension/core/errors';
import { silentLog } from '../../../../extension/core/log';

const root = resolve(import.meta.dirname, '../../../..');
const time = '2024-01-02 03:04:05.678901';
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-cli-'));
  cpSync(join(root, 'examples'), cwd, { recursive: true, filter: (path) => !path.includes('flagged') });
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Runs a command line. @returns the lines that it printed */
async function terminal(argv: readonly string[], stdin: readonly string[] = []): Promise<unknown[]> {
  const lines: unknown[] = [];
  const here: Terminal = {
    cwd,
    environment: { ...process.env, XDG_STATE_HOME: join(cwd, 'state') },
    stdin: (async function* () {
      for (const line of stdin) yield await Promise.resolve(`${line}\n`);
    })(),
    print: (line) => lines.push(JSON.parse(line)),
    log: silentLog,
    installation: join(root, 'dist'),
  };
  const parsed = parseCommand(argv);
  if (parsed.command === 'run') await runCommand(here, parsed.options);
  if (parsed.command === 'flag') await flagCommand(here, parsed.options);
  return lines;
}

const read = (...path: string[]): string => readFileSync(join(cwd, ...path), 'utf8');
const calculator = 'calculator.demo.json';

describe('flag-review run', () => {
  it('prints the outputs of a Python function', async () => {
    expect(await terminal(['run', calculator, '--inputs', '[5, "subtract", 7.5]'])).toEqual([[-2.5]]);
  });

  it('takes a file by its path, and names the files that the function made', async () => {
    const [[inverted]] = (await terminal([
      'run',
      'image.demo.json',
      '--inputs',
      JSON.stringify([join(root, 'media/icon.png')]),
    ])) as [[{ path: string }]];
    expect(readFileSync(inverted.path).subarray(1, 4).toString()).toBe('PNG');
    rmSync(resolve(inverted.path, '../..'), { recursive: true });
  });

  it('tells what the function raised apart from bad input', async () => {
    await expect(terminal(['run', calculator, '--inputs', '[1, "divide", 0]'])).rejects.toThrow(FunctionError);
    const bad = terminal(['run', calculator, '--inputs', '[1, "divide"]']);
    await expect(bad).rejects.toThrow('2 values, but the demo has 3: num1, operation, num2');
    await expect(bad).rejects.not.toThrow(FunctionError);
  });

  it.each([
    [['run', calculator], /needs --inputs/],
    [['run', calculator, '--inputs', '{5'], /not JSON/],
    [['run', calculator, '--inputs', '{"a": 1}'], /not a JSON array/],
    [['run', calculator, '--inputs', '["x", "add", 1]'], /num1/],
    [['run', calculator, '--inputs', '[1, "power", 2]'], /operation/],
    [['run', 'none.demo.json', '--inputs', '[]'], /does not exist/],
    [['run', 'image.demo.json', '--inputs', '["none.png"]'], /none\.png does not exist/],
    [['run', calculator, '--inputs', '[1,"add",2]', '--python', '/nowhere/python'], /\/nowhere\/python/],
    [['fly'], /not a command/],
    [['run', calculator, '--speed', '9'], /speed/],
  ])('refuses %j', async (argv, message) => {
    const failed = (async () => terminal(argv))();
    await expect(failed).rejects.toThrow(ExpectedError);
    await expect(failed).rejects.toThrow(message);
  });

  it('names every error of a definition by its line', async () => {
    writeFileSync(
      join(cwd, 'bad.demo.json'),
      '{\n  "fn": "calculator.py:calculator",\n  "inputs": ["slidr"],\n  "outputs": 5\n}',
    );
    await expect(terminal(['run', 'bad.demo.json', '--inputs', '[]'])).rejects.toThrow(
      /bad\.demo\.json:3: .*slidr[^]*bad\.demo\.json:4: /,
    );
  });

  it('sends nothing to a host that was not named', async () => {
    writeFileSync(
      join(cwd, 'web.demo.json'),
      '{"fn": "https://example.invalid/predict", "inputs": "text", "outputs": "text"}',
    );
    await expect(terminal(['run', 'web.demo.json', '--inputs', '["x"]'])).rejects.toThrow(
      /--allow-host example\.invalid/,
    );
  });
});

describe('flag-review flag', () => {
  const flag = (...more: string[]) => terminal(['flag', calculator, '--timestamp', time, ...more]);

  it('records the sample beside the demo and prints the log and its rows', async () => {
    const inputs = ['--inputs', '[5, "subtract", 7.5]', '--option', 'wrong sign'];
    expect(await flag(...inputs)).toEqual([{ log: join(cwd, 'flagged', 'logs.csv'), rows: 1 }]);
    expect(await flag(...inputs, '--username', 'ada')).toEqual([{ log: join(cwd, 'flagged', 'logs-2.csv'), rows: 1 }]);
    expect(read('flagged', 'logs.csv')).toBe(
      `num1,operation,num2,Output,flag,timestamp\r\n5,subtract,7.5,-2.5,wrong sign,${time}\r\n`,
    );
  });

  it.each([
    [
      'gradio-6',
      'dataset1.csv',
      `num1,operation,num2,output,flag,timestamp\r\n5,subtract,7.5,'-2.5,wrong sign,${time}\r\n`,
    ],
    [
      'gradio-4',
      'log.csv',
      `num1,operation,num2,output,flag,username,timestamp\r\n5,subtract,7.5,'-2.5,wrong sign,,${time}\r\n`,
    ],
  ])('writes %s where it is told to', async (format, name, bytes) => {
    await flag(
      '--inputs',
      '[5, "subtract", 7.5]',
      '--option',
      'wrong sign',
      '--log-format',
      format,
      '--flagging-dir',
      'out',
    );
    expect(read('out', name)).toBe(bytes);
    expect(readdirSync(join(cwd, 'out'))).toEqual([name]);
  });

  it('keeps the numbers of given outputs as they were written', async () => {
    await flag('--inputs', '[12345678901234567890, "add", 1.50]', '--outputs', '[12.0]', '--log-format', 'gradio-6');
    expect(read('.gradio', 'flagged', 'dataset1.csv')).toContain('\r\n12345678901234567890,add,1.5,12.0,');
  });

  it('takes an option by value or caption, and no other', async () => {
    await flag('--inputs', '[1, "add", 1]', '--option', 'Flag as wrong sign');
    expect(read('flagged', 'logs.csv')).toContain(',wrong sign,');
    await expect(flag('--inputs', '[1, "add", 1]', '--option', 'wrong sing')).rejects.toThrow(/"wrong sign"/);
  });

  it.each([
    [['--inputs', '[1,"add",1]', '--timestamp', 'yesterday'], /not a timestamp/],
    [['--inputs', '[1,"add",1]', '--log-format', 'gradio-5'], /not a log format/],
    [['--inputs', '[1,"add",1]', '--outputs', '[1, 2]'], /2 values, but the demo has 1/],
    [[], /needs --inputs/],
  ])('refuses %j and writes nothing', async (more, message) => {
    await expect(terminal(['flag', calculator, ...more])).rejects.toThrow(message);
    expect(existsSync(join(cwd, 'flagged'))).toBe(false);
    expect(existsSync(join(cwd, 'state'))).toBe(false);
  });

  it('reads samples as JSON Lines, and keeps those before a bad line', async () => {
    const good = [
      '{"inputs": [1, "add", 2]}',
      '',
      `{"inputs": [1, "add", 2], "outputs": [4], "option": "off by one", "note": "see paper"}`,
    ];
    const argv = ['flag', calculator, '-', '--option', 'correct', '--timestamp', time];
    expect(await terminal(argv, good)).toEqual([{ log: join(cwd, 'flagged', 'logs.csv'), rows: 2, flagged: 2 }]);
    await expect(terminal(argv, [...good, '{"inputs": [1]}'])).rejects.toThrow(
      /^Line 4: .*2 samples before it were flagged/,
    );
    const row = (output: number, option: string) => `1,add,2,${output},${option},${time}\r\n`;
    expect(read('flagged', 'logs.csv').split('\n').slice(1).join('\n')).toBe(
      (row(3, 'correct') + row(4, 'off by one')).repeat(2),
    );
    expect(JSON.parse(read('flagged', 'notes.jsonl').split('\n')[0] ?? '')).toMatchObject({ note: 'see paper' });
  });
});
