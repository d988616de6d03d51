import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyCommand } from '../../../../extension/core/cli/apply';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { silentLog } from '../../../../extension/core/log';
import { LedgerFile } from '../../../../extension/core/review/ledger/ledgerFile';
import { decisionsOn, type Decided } from '../review/apply/decisions';

let cwd: string;
let data: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-apply-')));
  data = join(cwd, 'sms.csv');
  const records = Array.from(
    { length: 40 },
    (_, row) => `${row % 3 ? 'ham' : 'spam'},"message ${row}, as ""sent""",0${row}`,
  );
  writeFileSync(data, ['label,text,id', ...records, ''].join('\r\n'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(...argv: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const parsed = parseCommand(['apply', ...argv]);
  if (parsed.command !== 'apply') throw new Error(parsed.command);
  const print = (line: string): unknown => lines.push(line);
  await applyCommand(
    { cwd, environment: {}, stdin: Readable.from([]), print, log: silentLog, installation: '' },
    parsed.options,
  );
  return lines;
}

async function decide(reviewer: string, ...decided: readonly Decided[]): Promise<void> {
  const entries = await decisionsOn(data, decided);
  const signed = entries.map((entry) => ({ ...entry, id: randomUUID(), reviewer }));
  await new LedgerFile(data, reviewer).append(signed);
}

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=a@b.c', '-c', 'core.autocrlf=false', ...args], {
    cwd,
    encoding: 'utf8',
  });

describe('flag-review apply', () => {
  it('changes one line of the git diff for each correction, and takes that back', async () => {
    git('init', '--quiet');
    git('add', 'sms.csv');
    git('commit', '--quiet', '-m', 'Add');
    await decide(
      'ann',
      { row: 1, decision: 'change', label: 'spam' },
      { row: 2, decision: 'change', label: 'not, sure' },
      { row: 39, decision: 'change', label: 'ham' },
      { row: 7, decision: 'keep' },
      { row: 8, decision: 'discard' },
    );
    expect(await run('sms.csv')).toEqual([
      'Labels:',
      '  ham → spam: 1',
      '  ham → not, sure: 1',
      '  spam → ham: 1',
      'Discarded:',
      '  1 record is removed',
      'File:',
      expect.stringMatching(/^ {2}sms\.csv, 40 records, \d+ bytes, SHA-256 of all of them [\da-f]{16}…$/) as string,
      '  Only the bytes of changed cells and discarded records are written anew; Undo Apply restores them.',
      '',
      'row  given  new          text',
      '───  ─────  ───────────  ─────────────────────',
      '1    ham    spam         message 1, as "sent"',
      '2    ham    not, sure    message 2, as "sent"',
      '8    ham    (discarded)  message 8, as "sent"',
      '39   spam   ham          message 39, as "sent"',
      'Written: sms.csv',
    ]);
    expect(git('diff', '--numstat')).toBe('3\t4\tsms.csv\n');
    expect(git('status', '--short', '--untracked-files=all')).toBe(
      ' M sms.csv\n?? .flag-review/.gitattributes\n?? .flag-review/sms.csv/ann.jsonl\n?? .flag-review/sms.csv/removed.ndjson\n',
    );
    expect((await run('sms.csv')).slice(0, 2)).toEqual(['In the dataset already:', '  4 decisions']);
    expect(await run('sms.csv', '--undo')).toEqual([
      expect.stringContaining('Taken back: 3 labels and 1 discarded record,') as string,
    ]);
    expect(git('diff', '--numstat')).toBe('');
    await expect(run('sms.csv', '--undo')).rejects.toThrow('There is nothing to undo in sms.csv.');
  });

  it('leaves out what reviewers disagree about, records that changed and labels that others changed', async () => {
    await decide('ann', { row: 1, decision: 'change', label: 'spam' }, { row: 4, decision: 'change', label: 'spam' });
    await decide(
      'bob',
      { row: 1, decision: 'keep' },
      { row: 5, decision: 'discard' },
      { row: 2, decision: 'change', label: 'spam' },
    );
    await decide('ann', { row: 2, decision: 'change', label: 'spam' }, { row: 10, decision: 'change', label: 'spam' });
    await expect(run('sms.csv')).rejects.toThrow(
      'Several reviewers decided about sms.csv. Give --all, or --reviewer with one of ann, bob.',
    );
    const text = readFileSync(data, 'utf8')
      .replace('message 4,', 'another 4,')
      .replace('ham,"message 10', 'eggs,"message 10');
    writeFileSync(data, text);
    const [json = ''] = await run('sms.csv', '--all', '--dry-run', '--format', 'json', '--discard', 'column');
    const plan = JSON.parse(json) as { readonly leftOut: readonly { readonly row: number; readonly reason: string }[] };
    expect(plan).toMatchObject({ changes: 1, discards: 1, applied: 0, written: false });
    expect(plan.leftOut.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'conflict'],
      [10, 'label'],
      [4, 'content'],
    ]);
    expect(readFileSync(data, 'utf8')).toBe(text);
  });

  it('says that a column is gone', async () => {
    await decide('ann', { row: 1, decision: 'change', label: 'spam' }, { row: 2, decision: 'discard' });
    writeFileSync(data, readFileSync(data, 'utf8').replace('label,', 'kind,'));
    expect((await run('sms.csv')).slice(0, 2)).toEqual([
      'Left out:',
      '  2: the dataset has no such column any more (row 1, 2)',
    ]);
  });

  it('finds records that moved by their content', async () => {
    await decide('ann', { row: 1, decision: 'change', label: 'spam' }, { row: 30, decision: 'discard' });
    const [header = '', ...lines] = readFileSync(data, 'utf8').split('\r\n');
    const moved = ['x,"a new record",y', ...lines.slice(20, -1), ...lines.slice(0, 20)];
    writeFileSync(data, [header, ...moved, ''].join('\r\n'));
    await run('sms.csv');
    const expected = moved
      .filter((line) => !line.includes('message 30,'))
      .map((line) => line.replace('ham,"message 1,', 'spam,"message 1,'));
    expect(readFileSync(data, 'utf8')).toBe([header, ...expected, ''].join('\r\n'));
  });
});
