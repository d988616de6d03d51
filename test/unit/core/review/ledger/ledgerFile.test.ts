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
    expect(readFileSync(join(directory, '.flag-review', '.gitattributes'), 'utf8')).toBe('*.jsonl merge=union\n');
    expect(JSON.parse(readFileSync(join(folder, 'ada.jsonl'), 'utf8'))).toEqual(written);
    expect(written).toMatchObject({ v: 1, reviewer: 'ada', row: 3, decision: 'change', label: 'spam', given: 'ham' });
    expect(await rowsRead()).toEqual([3, 4]);
  });

  it('loses nothing, wherever it was torn', async () => {
    const ledger = new LedgerFile(dataset, 'ada');
    await ledger.append([draft(0, 'keep'), draft(1, 'change', 'spam "é"')]);
    const whole = readFileSync(ledger.path);
    const first = whole.indexOf('\n');
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(ledger.path, whole);
      truncateSync(ledger.path, size);
      const before = await rowsRead();
      expect(before).toEqual([...(size >= first ? [0] : []), ...(size >= whole.length - 1 ? [1] : [])]);
      await ledger.append([draft(2, 'discard')]);
      expect(await rowsRead()).toEqual([...before, 2]);
    }
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
});
