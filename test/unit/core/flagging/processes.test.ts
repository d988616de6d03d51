import { build } from 'esbuild';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../../extension/core/flagging/loggers';

const here = import.meta.dirname;
const hasPython = spawnSync('python3', ['--version']).status === 0;
const needsPython = hasPython ? '' : ' (skipped: there is no python3 on PATH)';
const bundles = mkdtempSync(join(tmpdir(), 'flag-review-writer-'));
const writer = join(bundles, 'writer.cjs');
let directory: string;

beforeAll(async () => {
  await build({
    entryPoints: [join(here, 'writer.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
  return () => rmSync(bundles, { recursive: true });
});
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'flag-review-')), 'flagged');
});
afterEach(() => {
  rmSync(join(directory, '..'), { recursive: true });
});

interface Process {
  readonly child: ChildProcess;
  /** What it printed, and its errors. */
  readonly ended: Promise<{ readonly lines: readonly string[]; readonly errors: string }>;
}

function start(command: string, ...args: readonly string[]): Process {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<{ lines: string[]; errors: string }>((resolve) => {
    child.on('close', () => resolve({ lines: out.split('\n').slice(0, -1), errors }));
  });
  return { child, ended };
}

const startWriter = (first: number, count: number): Process =>
  start(process.execPath, writer, directory, String(first), String(count));

/** Appends as Gradio's CSVLogger does: the file opened for each row, without our lock. */
const gradioLike = `
import csv, sys, time
path, first, count, pause = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
for i in range(first, first + count):
    with open(path, "a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow([i, "g" * (i % 3000), "2024-01-02 03:04:05.678901"])
    time.sleep(pause)
`;

async function flagOnce(id: string): Promise<void> {
  const logger = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });
  await logger.setup(
    [
      { kind: 'textbox', label: 'id' },
      { kind: 'textbox', label: 'text' },
    ],
    directory,
  );
  await logger.record({ data: [id, ''], option: null, username: null });
}

/** The rows by an independent reader that refuses anything ragged or badly quoted. */
function rows(): string[][] {
  const text = readFileSync(join(directory, 'logs.csv'), 'utf8');
  return parse(text, { from_line: 2, skip_empty_lines: false });
}

const ids = (): number[] =>
  rows()
    .map(([id]) => Number(id))
    .sort((a, b) => a - b);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('several writers of one log', () => {
  it('begin it together with one header', async () => {
    const all = await Promise.all(numbers(6).map((index) => startWriter(index * 20, 20).ended));
    expect(all.map(({ errors }) => errors).join('')).toBe('');
    expect(readdirSync(directory)).toEqual(['logs.csv']);
    expect(ids()).toEqual(numbers(120));
  }, 60_000);

  it.runIf(hasPython)(
    `lose none of 10,000 rows beside a Gradio app${needsPython}`,
    async () => {
      await flagOnce('0');
      const gradio = start('python3', '-c', gradioLike, join(directory, 'logs.csv'), '1', '7999', '0');
      const ours = [startWriter(8000, 1000), startWriter(9000, 1000)];
      const ended = await Promise.all([gradio, ...ours].map((one) => one.ended));
      expect(ended.map(({ errors }) => errors).join('')).toBe('');
      expect(ids()).toEqual(numbers(10_000));
      expect(readdirSync(directory)).toEqual(['logs.csv']);
    },
    120_000,
  );

  it.runIf(hasPython)(
    `keep what a Gradio app appends while rows are undone${needsPython}`,
    async () => {
      const logger = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });
      await logger.setup(
        [
          { kind: 'textbox', label: 'id' },
          { kind: 'textbox', label: 'text' },
        ],
        directory,
      );
      await flagOnce('0');
      const gradio = start('python3', '-c', gradioLike, join(directory, 'logs.csv'), '1', '3000', '0.0005');
      for (let id = 10_000; gradio.child.exitCode === null && id < 10_100; id++) {
        const receipt = await logger.record({ data: [String(id), ''], option: null, username: null });
        await logger.undo(receipt);
      }
      expect((await gradio.ended).errors).toBe('');
      expect(ids()).toEqual(numbers(3001));
    },
    120_000,
  );
});

describe('a writer that is killed', () => {
  it('leaves each row whole or not at all, and never one twice', async () => {
    const recorded = new Set<number>();
    for (let round = 0; round < 25; round++) {
      const { child, ended } = startWriter(round * 1000, 1000);
      child.stdout?.once('data', () => void wait(Math.random() * 40).then(() => child.kill('SIGKILL')));
      const { lines, errors } = await ended;
      expect(errors).toBe('');
      for (const line of lines) recorded.add(Number(line));
    }
    await flagOnce('999999');
    const found = ids();
    expect(new Set(found).size).toBe(found.length);
    expect([...recorded].filter((id) => !found.includes(id))).toEqual([]);
    for (const [id, text] of rows()) if (id !== '999999') expect(text).toHaveLength(Number(id) % 5000);
    expect(existsSync(join(directory, '.flag-review.lock'))).toBe(false);
  }, 120_000);
});
