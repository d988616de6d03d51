import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { diffCommand } from '../../../../extension/core/cli/diff';
import { silentLog } from '../../../../extension/core/log';
import { hashOfRecord } from '../../../../extension/core/review/recordHash';
import type { DecisionEntry } from '../../../../extension/core/review/types';
import type { LabelDiff } from '../../../../extension/core/review/diff/types';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-diff-')));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(...argv: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const parsed = parseCommand(['diff', ...argv]);
  if (parsed.command !== 'diff') throw new Error(parsed.command);
  const print = (line: string): unknown => lines.push(line);
  const terminal = { cwd, environment: {}, stdin: Readable.from([]), print, log: silentLog, installation: '' };
  await diffCommand(terminal, parsed.options);
  return lines.flatMap((line) => line.split('\n'));
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args], {
    cwd,
  });
}

const data = (...labels: readonly string[]): void => {
  const records = labels.map((label, row) => `this is the long text of message ${row},${label}\r\n`);
  writeFileSync(join(cwd, 'sms.csv'), `text,label\r\n${records.join('')}`);
};

describe('flag-review diff', () => {
  it('lists the labels that changed since the last commit, and since an older one', async () => {
    git('init', '--quiet');
    data('ham', 'spam', 'ham', 'ham');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'Add');
    data('spam', 'spam', 'ham', 'ham');
    git('commit', '--quiet', '-am', 'Correct one');
    data('spam', 'ham', 'spam', 'ham', 'ham');
    expect(await run('sms.csv')).toEqual([
      'HEAD → sms.csv: 2 labels changed, 1 added',
      '',
      'before  after  records',
      '──────  ─────  ───────',
      'spam    ham    1',
      'ham     spam   1',
      '',
      'row  before  after  decided by  text',
      '───  ──────  ─────  ──────────  ──────────────────────────',
      '1    spam    ham                this is the long text of …',
      '2    ham     spam               this is the long text of …',
      '',
      '       row  label  text',
      '─────  ───  ─────  ──────────────────────────',
      'added  4    ham    this is the long text of …',
    ]);
    const [line = ''] = await run('sms.csv', '--since', 'HEAD~1', '--format', 'json');
    const { changes } = JSON.parse(line) as LabelDiff;
    expect(changes.map(({ row, before, after }) => [row, before, after])).toEqual([
      [0, 'ham', 'spam'],
      [1, 'spam', 'ham'],
      [2, 'ham', 'spam'],
    ]);
  });

  it('compares with another file, as Markdown', async () => {
    data('ham', 'spam', 'ham', 'ham');
    writeFileSync(join(cwd, 'old.jsonl'), '{"text": "this is the long text of message 1", "label": "ham"}\n');
    const lines = await run('sms.csv', '--against', 'old.jsonl', '--format', 'markdown', '--text', 'text');
    expect(lines[0]).toBe('# Label changes in `sms.csv`');
    expect(lines).toContain('| `ham` | `spam` | 1 |');
    expect(lines).toContain('- row 1: `ham` → `spam`: `this is the long text of message 1`');
    expect(lines).toContain('- row 3: `ham`: `this is the long text of message 3`');
  });

  it('compares reviewers by their ledgers, and says who decided', async () => {
    git('init', '--quiet');
    data('ham', 'ham', 'ham');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'Add');
    const ledger = join(cwd, '.flag-review', 'sms.csv');
    mkdirSync(ledger, { recursive: true });
    const line = (reviewer: string, row: number, rest: Partial<DecisionEntry>): string => {
      const hash = hashOfRecord({ text: 'text', columns: [] }, [`this is the long text of message ${row}`]);
      const signed = { v: 1, id: `${reviewer}${row}`, time: '2026-11-21T10:00:00.000Z', reviewer };
      return `${JSON.stringify({ ...signed, row, hash, text: 'text', column: 'label', given: 'ham', ...rest })}\n`;
    };
    const change = { decision: 'change', label: 'spam' } as const;
    writeFileSync(join(ledger, 'ana.jsonl'), line('ana', 0, change) + line('ana', 1, change));
    writeFileSync(join(ledger, 'bo.jsonl'), line('bo', 0, { decision: 'keep' }) + line('bo', 1, change));
    data('ham', 'spam', 'ham');
    const changes = async (...argv: readonly string[]): Promise<unknown> => {
      const [json = ''] = await run('sms.csv', '--format', 'json', ...argv);
      return (JSON.parse(json) as LabelDiff).changes.map(({ row, before, after, by }) => [row, before, after, by]);
    };
    expect(await changes()).toEqual([[1, 'ham', 'spam', ['ana', 'bo']]]);
    expect(await changes('--reviewers', 'ana')).toEqual([[0, 'ham', 'spam', ['ana']]]);
    expect(await changes('--reviewers', 'bo,ana')).toEqual([[0, 'ham', 'spam', ['ana']]]);
    await expect(changes('--reviewers', 'cy')).rejects.toThrow(
      '"cy" has decided on no record of sms.csv. Reviewers who',
    );
  });

  it('takes one state to compare with', () => {
    expect(() => parseCommand(['diff', 'a.csv', '--since', 'x', '--against', 'y'])).toThrow('compared with one state');
    expect(() => parseCommand(['diff'])).toThrow('diff takes one dataset file.');
  });
});
