import { build } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { LedgerFile, readLedgers } from '../../../../../extension/core/review/ledger/ledgerFile';
import { isDecision } from '../../../../../extension/core/review/ledger/ledgerLines';
import { draft } from './entries';

const bundles = mkdtempSync(join(tmpdir(), 'flag-review-appender-'));
const appender = join(bundles, 'appender.cjs');
let directory: string;
let dataset: string;

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'appender.ts')];
  await build({ entryPoints, outfile: appender, bundle: true, platform: 'node', logLevel: 'error' });
  return () => rmSync(bundles, { recursive: true });
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flag-review-ledger-'));
  dataset = join(directory, 'mails.csv');
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Appender {
  /** Decisions that were confirmed. */
  readonly confirmed: () => number[];
  readonly errors: () => string;
  readonly ended: Promise<unknown>;
  readonly kill: () => void;
}

function start(reviewer: string, first: number, count: number): Appender {
  const child = spawn(process.execPath, [appender, dataset, reviewer, String(first), String(count)]);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  return {
    confirmed: () => out.split('\n').slice(0, -1).map(Number),
    errors: () => errors,
    ended: once(child, 'close'),
    kill: () => child.kill('SIGKILL'),
  };
}

async function rowsRead(): Promise<number[]> {
  const { entries, problems } = await readLedgers(dataset);
  expect(problems).toEqual([]);
  return entries
    .filter(isDecision)
    .map(({ row }) => row)
    .sort((a, b) => a - b);
}

describe('several windows', () => {
  it('of one reviewer append to one ledger, and none of their decisions is lost', async () => {
    const windows = [start('ada', 0, 1000), start('ada', 1000, 1000)];
    await Promise.all(windows.map(({ ended }) => ended));
    expect(windows.map(({ errors }) => errors())).toEqual(['', '']);
    expect(await rowsRead()).toEqual(Array.from({ length: 2000 }, (_, row) => row));
    expect(readdirSync(join(directory, '.flag-review', 'mails.csv'))).toEqual(['ada.jsonl']);
  }, 120_000);

  it('that are killed at any moment lose nothing that was confirmed, and keep nobody from going on', async () => {
    const confirmed: number[] = [];
    for (let round = 0; round < 5; round++) {
      const window = start('ada', round * 1000, 1000);
      while (window.confirmed().length === 0) await wait(5);
      await wait(Math.random() * 50);
      window.kill();
      await window.ended;
      confirmed.push(...window.confirmed());
    }
    await new LedgerFile(dataset, 'ada').append([draft(9999, 'keep')]);
    expect(await rowsRead()).toEqual(expect.arrayContaining([...confirmed, 9999]));
  }, 120_000);
});

/** A small file system of its own, as root can make one. */
function mounted(options: string): boolean {
  mkdirSync(join(directory, '.flag-review'));
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', join(directory, '.flag-review')]).status === 0;
}

const canMount = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'flag-review-mount-'));
  const done = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', probe]).status === 0;
  if (done) spawnSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return done;
})();

describe.runIf(canMount)(`a disk${canMount ? '' : ' (skipped: only root may mount one)'}`, () => {
  afterEach(() => spawnSync('umount', [join(directory, '.flag-review')]));

  it('that is full takes no half decision', async () => {
    expect(mounted('size=64k')).toBe(true);
    const ledger = new LedgerFile(dataset, 'ada');
    await ledger.append([draft(0, 'keep')]);
    const { size } = statSync(ledger.path);
    const many = Array.from({ length: 1000 }, (_, row) => draft(row + 1, 'keep'));
    await expect(ledger.append(many)).rejects.toThrow(/the disk is full/);
    expect(statSync(ledger.path).size).toBe(size);
    await ledger.append([draft(1, 'keep')]);
    expect(await rowsRead()).toEqual([0, 1]);
  });

  it('that may only be read is named as such', async () => {
    expect(mounted('ro')).toBe(true);
    await expect(new LedgerFile(dataset, 'ada').append([draft(0, 'keep')])).rejects.toThrow(/read-only file system/);
  });
});

describe('a ledger', () => {
  it('whose place is taken is an error for people', async () => {
    const ledger = new LedgerFile(dataset, 'ada');
    writeFileSync(join(directory, '.flag-review'), 'in the way');
    await expect(ledger.append([draft(0, 'keep')])).rejects.toThrow(ExpectedError);
    rmSync(join(directory, '.flag-review'));
    mkdirSync(ledger.path, { recursive: true });
    await expect(ledger.append([draft(0, 'keep')])).rejects.toThrow(ExpectedError);
    await expect(readLedgers(dataset)).rejects.toThrow(ExpectedError);
  });

  it('keeps its order when the clock is set back', async () => {
    const ledger = new LedgerFile(dataset, 'ada');
    await ledger.append([draft(0, 'keep')]);
    const ahead = readFileSync(ledger.path, 'utf8').replace(/"time":"\d{4}/, '"time":"2190');
    writeFileSync(ledger.path, ahead);
    const { entries } = await readLedgers(dataset);
    const [later] = await new LedgerFile(dataset, 'ada', entries).append([draft(0, 'discard')]);
    expect(Date.parse(later?.time ?? '')).toBeGreaterThanOrEqual(Date.parse(entries[0]?.time ?? ''));
    expect(dirname(ledger.path)).toBe(join(directory, '.flag-review', 'mails.csv'));
  });
});
