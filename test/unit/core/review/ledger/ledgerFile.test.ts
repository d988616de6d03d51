import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { DecisionHistory } from '../../../../../extension/core/review/ledger/decisionHistory';
import { LedgerFile, readLedgers } from '../../../../../extension/core/review/ledger/ledgerFile';
import { isDecision } from '../../../../../extension/core/review/ledger/ledgerLines';
import { draft } from './entries';

let directory: string;
let dataset: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flag-review-ledger-'));
  dataset = join(directory, 'mails.csv');
  writeFileSync(dataset, 'text,label\nhello,ham\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function rowsRead(): Promise<number[]> {
  return (await readLedgers(dataset)).entries.filter(isDecision).map(({ row }) => row);
}

describe('a ledger', () => {
  it('is a file of JSON Lines beside the dataset, one for each reviewer', async () => {
    expect((await readLedgers(dataset)).entries).toEqual([]);
    const [written] = await new LedgerFile(dataset, 'ada').append([draft(3, 'change', 'spam')]);
    await new LedgerFile(dataset, 'Grace Hopper').append([draft(4, 'keep')]);
    const folder = join(directory, '.flag-review', 'mails.csv');
    expect(readdirSync(folder)).toEqual(['ada.jsonl', expect.stringMatching(/^grace-hopper~[\da-f]{8}\.jsonl$/)]);
    expect(readFileSync(join(directory, '.flag-review', '.gitattributes'), 'utf8')).toBe(
      '*.jsonl merge=union\n*.ndjson merge=union\n',
    );
    expect(JSON.parse(readFileSync(join(folder, 'ada.jsonl'), 'utf8'))).toEqual(written);
    expect(written).toMatchObject({ v: 1, reviewer: 'ada', row: 3, decision: 'change', label: 'spam', given: 'ham' });
    expect(await rowsRead()).toEqual([3, 4]);
  });

  it('loses nothing, wherever it was torn', async () => {
    const ledger = new LedgerFile(dataset, 'ada');
    await ledger.append([draft(0, 'keep'), draft(1, 'change', 'spam "é"')]);
    const whole = readFileSync(ledger.path);
    const first = whole.indexOf('\n');
    const sizes = [0, 1, 99, ...Array.from({ length: whole.length - first + 2 }, (_, at) => first - 1 + at)];
    for (const size of sizes) {
      writeFileSync(ledger.path, whole);
      truncateSync(ledger.path, size);
      const before = await rowsRead();
      expect(before).toEqual([...(size >= first ? [0] : []), ...(size >= whole.length - 1 ? [1] : [])]);
      await ledger.append([draft(2, 'discard')]);
      expect(await rowsRead()).toEqual([...before, 2]);
    }
  });

  it('is missed where there is no folder of a dataset', async () => {
    const nowhere = join(directory, 'nowhere', 'mails.csv');
    await expect(readLedgers(nowhere)).rejects.toThrow(ExpectedError);
    await expect(new LedgerFile(nowhere, 'ada').append([draft(0, 'keep')])).rejects.toThrow(ExpectedError);
  });

  it('is not written through links that lead elsewhere', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'flag-review-elsewhere-'));
    symlinkSync(elsewhere, join(directory, '.flag-review'));
    const ledger = new LedgerFile(dataset, 'ada');
    await expect(ledger.append([draft(0, 'keep')])).rejects.toThrow(ExpectedError);
    await expect(readLedgers(dataset)).rejects.toThrow(ExpectedError);
    rmSync(join(directory, '.flag-review'));
    mkdirSync(dirname(ledger.path), { recursive: true });
    symlinkSync(join(elsewhere, 'profile'), ledger.path);
    await expect(ledger.append([draft(0, 'keep')])).rejects.toThrow(ExpectedError);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  });

  const hasGit = spawnSync('git', ['--version']).status === 0;
  it.runIf(hasGit)(
    `of two machines is merged by git without a conflict${hasGit ? '' : ' (skipped: no git)'}`,
    async () => {
      const git = (...args: string[]): void => {
        const identity = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
        const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8' });
        expect([status, stderr]).toEqual([0, status === 0 ? stderr : '']);
      };
      const decideAndCommit = async (...rows: number[]): Promise<void> => {
        const { entries } = await readLedgers(dataset);
        for (const row of rows) await new LedgerFile(dataset, 'ada', entries).append([draft(row, 'keep')]);
        git('add', '--all');
        git('commit', '--quiet', '-m', 'Review');
      };
      git('init', '--quiet', '-b', 'desk');
      await decideAndCommit(0);
      git('checkout', '--quiet', '-b', 'laptop');
      await decideAndCommit(1, 2);
      git('checkout', '--quiet', 'desk');
      await decideAndCommit(3);
      git('merge', '--quiet', '-m', 'Merge', 'laptop');
      const { entries, problems } = await readLedgers(dataset);
      expect(problems).toEqual([]);
      expect(new Set(entries.filter(isDecision).map(({ row }) => row))).toEqual(new Set([0, 1, 2, 3]));
      expect(new DecisionHistory(entries).nextUndo('ada')?.decisions.map(({ row }) => row)).toEqual([3]);
    },
  );
});
