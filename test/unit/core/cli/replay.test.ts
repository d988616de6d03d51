import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import type { Terminal } from '../../../../extension/core/cli/context';
import { flagCommand } from '../../../../extension/core/cli/flag';
import { replayCommand } from '../../../../extension/core/cli/replay';
import type { ReplayReport } from '../../../../extension/core/cli/replayReport';
import { ExpectedError } from '../../../../extension/core/errors';
import { silentLog } from '../../../../extension/core/log';

const root = resolve(import.meta.dirname, '../../../..');
let installation: string;
let cwd: string;

/** The bundles as they are installed: the decoders of images beside the program. */
beforeAll(async () => {
  const base = mkdtempSync(join(tmpdir(), 'flag-review-installation-'));
  cpSync(join(root, 'python'), join(base, 'python'), { recursive: true });
  installation = join(base, 'dist');
  await build({
    entryPoints: [join(root, 'extension/core/flagging/replay/pixels.ts')],
    outfile: join(installation, 'pixels.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterAll(() => rmSync(resolve(installation, '..'), { recursive: true }));

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-replay-'));
  cpSync(join(root, 'examples'), cwd, { recursive: true, filter: (path) => !path.includes('flagged') });
});
afterEach(() => rmSync(cwd, { recursive: true }));

interface Ended {
  readonly lines: readonly string[];
  readonly status: number;
  readonly report: ReplayReport;
}

async function replay(argv: readonly string[], more: Partial<Terminal> = {}): Promise<Ended> {
  const lines: string[] = [];
  const parsed = parseCommand(['replay', ...argv]);
  if (parsed.command !== 'replay') throw new Error(parsed.command);
  const status = await replayCommand(
    terminal((line) => lines.push(line), more),
    parsed.options,
  );
  return { lines, status, report: JSON.parse(lines[0]?.startsWith('{') ? lines[0] : 'null') as ReplayReport };
}

function terminal(print: (line: string) => void, more: Partial<Terminal> = {}): Terminal {
  const environment = { ...process.env, XDG_STATE_HOME: join(cwd, 'state') };
  return {
    cwd,
    environment,
    stdin: Readable.from([]),
    print,
    log: silentLog,
    installation,
    ...more,
  };
}

/** @param outputs what the function gives when undefined */
async function flag(demo: string, inputs: readonly unknown[], outputs: readonly unknown[] | undefined, option: string) {
  const argv = ['flag', demo, '--inputs', JSON.stringify(inputs), '--option', option];
  const parsed = parseCommand([...argv, ...(outputs ? ['--outputs', JSON.stringify(outputs)] : [])]);
  if (parsed.command !== 'flag') throw new Error(parsed.command);
  await flagCommand(
    terminal(() => undefined),
    parsed.options,
  );
}

const calculator = 'calculator.demo.json';
const log = 'flagged/logs.csv';

describe('flag-review replay', () => {
  it('judges each sample and prints a report', async () => {
    await flag(calculator, [5, 'subtract', 7.5], [-2.5], 'wrong sign');
    await flag(calculator, [1, 'add', 1], [2], 'correct');
    await flag(calculator, [1, 'add', 1], [3], 'off by one');
    await flag(calculator, [1, 'divide', 0], [0], 'other');
    const { report, status } = await replay([calculator, log]);
    expect(report).toMatchObject({ demo: calculator, log, total: 4 });
    expect(report.counts).toEqual({ fixed: 0, 'still-wrong': 1, 'newly-different': 1, same: 1, failed: 1 });
    expect(report.results.map(({ row, verdict }) => [row, verdict])).toEqual([
      [0, 'still-wrong'],
      [1, 'same'],
      [2, 'newly-different'],
      [3, 'failed'],
    ]);
    expect(report.results[2]).toMatchObject({ inputs: [1, 'add', 1], logged: [3], now: [2], option: 'off by one' });
    expect(report.results[3]?.failure?.what).toMatch(/divide by zero/);
    expect(status).toBe(0);
  });

  it('finds a sample fixed once the function gives the corrected output, and fails on what it is told to', async () => {
    await flag(calculator, [5, 'subtract', 7.5], [-2.5], 'wrong sign');
    correct({ Output: 2.5 });
    expect((await replay([calculator, log, '--fail-on', 'failed'])).status).toBe(0);
    expect((await replay([calculator, log, '--fail-on', 'failed,still-wrong'])).status).toBe(1);
    const source = readFileSync(join(cwd, 'calculator.py'), 'utf8');
    writeFileSync(join(cwd, 'calculator.py'), source.replace('num1 - num2', 'abs(num1 - num2) + 1e-9'));
    const { report, status } = await replay([calculator, log, '--fail-on', 'still-wrong']);
    expect(report.results[0]).toMatchObject({ verdict: 'fixed', corrected: { Output: 2.5 } });
    expect(status).toBe(0);
    expect((await replay([calculator, log, '--tolerance', '1e-12', '--fail-on', 'still-wrong'])).status).toBe(1);
  });

  it('saves what is known to be right as a regression file, and runs that', async () => {
    await flag(calculator, [1, 'add', 1], [2], 'correct');
    await flag(calculator, [1, 'add', 2], [4], 'off by one');
    await replay([calculator, log, '--save-regression', 'regression.jsonl']);
    const { report } = await replay([calculator, 'regression.jsonl', '--fail-on', 'still-wrong']);
    expect(report.results).toMatchObject([{ verdict: 'fixed', inputs: [1, 'add', 1], corrected: { Output: 2 } }]);
    const source = readFileSync(join(cwd, 'calculator.py'), 'utf8');
    writeFileSync(join(cwd, 'calculator.py'), source.replace('num1 + num2', 'num1 - num2'));
    expect((await replay([calculator, 'regression.jsonl', '--fail-on', 'still-wrong'])).status).toBe(1);
  });

  it('compares images by their pixels', async () => {
    const image = 'image.demo.json';
    await flag(image, [join(cwd, 'images', 'sunset.png')], undefined, 'correct');
    const file = join(cwd, 'invert.py');
    const source = readFileSync(file, 'utf8');
    writeFileSync(file, source.replace('for row in rows))', 'for row in rows), 1)'));
    expect((await replay([image, log])).report.results[0]?.verdict).toBe('same');
    writeFileSync(file, source.replace(/255 - (v\w*)/g, 'max(250 - $1, 0)'));
    expect((await replay([image, log])).report.results[0]?.verdict).toBe('newly-different');
    expect((await replay([image, log, '--pixel-tolerance', '6'])).report.results[0]?.verdict).toBe('same');
  });

  it('prints a table for people, with what would move the cursor written out', async () => {
    await flag(calculator, [1, 'add', 1], [2], 'correct');
    const text = readFileSync(join(cwd, log), 'utf8');
    writeFileSync(join(cwd, log), text.replace(',correct,', ',\u001b[2Jred,'));
    const { lines } = await replay([calculator, log, '--format', 'table']);
    expect(lines[0]).toMatch(/^row\s+verdict\s+option\s+inputs\s+logged/);
    expect(lines[2]).toMatch(/^0\s+still-wrong\s+\\u001b\[2Jred\s+1, add, 1/);
    expect(lines.at(-1)).toBe('1 still-wrong');
  });

  it('prints what was judged when it is interrupted', async () => {
    for (let sample = 0; sample < 5; sample++) await flag(calculator, [sample, 'add', 1], [0], 'other');
    const interruption = new AbortController();
    const progress = (line: string): void => {
      if (line.startsWith('2 of')) interruption.abort();
    };
    const { report, status } = await replay([calculator, log], { interrupt: interruption.signal, progress });
    expect(report.total).toBe(5);
    expect(report.results).toHaveLength(2);
    expect(status).toBe(130);
  });

  it.each([
    [['calculator.demo.json'], /one demo file and one log/],
    [[calculator, 'none.csv'], /none\.csv does not exist/],
    [[calculator, log, '--fail-on', 'wrong'], /"wrong" is not a verdict/],
    [[calculator, log, '--tolerance=-1'], /--tolerance -1/],
    [[calculator, log, '--pixel-tolerance', 'x'], /--pixel-tolerance x/],
    [[calculator, log, '--format', 'xml'], /"xml" is not a format/],
    [[calculator, log, '--python', '/nowhere/python'], /\/nowhere\/python/],
    [['web.demo.json', log], /--allow-host example\.invalid/],
  ])('refuses %j', async (argv, message) => {
    await flag(calculator, [1, 'add', 1], [2], 'correct');
    writeFileSync(
      join(cwd, 'web.demo.json'),
      '{"fn": "https://example.invalid/x", "inputs": "text", "outputs": "text"}',
    );
    const failed = (async () => replay(argv))();
    await expect(failed).rejects.toThrow(ExpectedError);
    await expect(failed).rejects.toThrow(message);
  });
});

/** Adds a correction to the only row of the log, as a person who edits the notes by hand would. */
function correct(corrected: object): void {
  const [, timestamp = ''] = /,([^,]+)\r\n$/.exec(readFileSync(join(cwd, log), 'utf8')) ?? [];
  const note = { log: 'logs.csv', timestamp, row: '', option: 'wrong sign', corrected };
  writeFileSync(join(cwd, 'flagged', 'notes.jsonl'), `${JSON.stringify(note)}\n`);
}
