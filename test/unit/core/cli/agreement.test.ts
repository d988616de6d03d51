import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreementCommand } from '../../../../extension/core/cli/agreement';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { ExpectedError } from '../../../../extension/core/errors';
import type { Json } from '../../../../extension/core/json';
import { silentLog } from '../../../../extension/core/log';
import { LedgerFile } from '../../../../extension/core/review/ledger/ledgerFile';
import { hashOfRecord } from '../../../../extension/core/review/recordHash';
import type { DecisionKind } from '../../../../extension/core/review/types';

let cwd: string;
const warnings: unknown[] = [];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'flag-review-agreement-'));
  warnings.length = 0;
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(...argv: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const parsed = parseCommand(['agreement', ...argv]);
  if (parsed.command !== 'agreement') throw new Error(parsed.command);
  const log = { ...silentLog, warn: (text: unknown): unknown => warnings.push(text) };
  const print = (line: string): unknown => lines.push(line);
  await agreementCommand(
    { cwd, environment: {}, stdin: Readable.from([]), print, log, installation: '' },
    parsed.options,
  );
  return lines.flatMap((line) => line.split('\n'));
}

const textOf = (row: number): string => `text | of ${row}`;
const hashed = { columns: ['text'], text: 'text' };

/** Ten mails, all given `0`, which the dataset card calls ham. */
function writeMails(...moved: readonly string[]): void {
  const texts = [...moved, ...Array.from({ length: 10 }, (_, row) => textOf(row))];
  writeFileSync(join(cwd, 'mails.csv'), `text,label\n${texts.map((text) => `${text},0\n`).join('')}`);
  writeFileSync(
    join(cwd, 'README.md'),
    '---\ndataset_info:\n  features:\n  - name: label\n    dtype:\n      class_label:\n        names:\n          "0": ham\n          "1": spam\n---\n',
  );
}

async function decide(reviewer: string, ...decisions: readonly (readonly [number, DecisionKind, Json?])[]) {
  const drafts = decisions.map(([row, decision, label]) => ({
    ...{ row, hash: hashOfRecord(hashed, [textOf(row)]), text: 'text', column: 'label', given: '0', decision },
    ...(label === undefined ? {} : { label }),
  }));
  return new LedgerFile(join(cwd, 'mails.csv'), reviewer).append(drafts);
}

async function decideTogether(): Promise<void> {
  writeMails();
  await decide('ada', [0, 'keep'], [1, 'change', '1'], [2, 'change', '1'], [3, 'discard'], [4, 'keep'], [5, 'skip']);
  await decide('Grace Hopper', [0, 'change', '0.0'], [1, 'change', '1'], [2, 'keep'], [3, 'ambiguous'], [5, 'keep']);
  writeMails('a new mail');
}

describe('flag-review agreement', () => {
  it('says how far two reviewers agree, and where they do not', async () => {
    await decideTogether();
    expect(await run('mails.csv')).toEqual([
      "reviewers          decided by both  agree   Cohen's kappa  by one alone",
      '─────────────────  ───────────────  ──────  ─────────────  ────────────',
      'Grace Hopper, ada  4                50.0 %  0.333          1, 1',
      '',
      'Not decided by all of them: 2 records.',
      '',
      'row  Grace Hopper  ada        text',
      '───  ────────────  ─────────  ───────────',
      '3    ham           spam       text | of 2',
      '4    (ambiguous)   (discard)  text | of 3',
    ]);
  });

  it('writes Markdown to paste, and JSON to compute with', async () => {
    await decideTogether();
    const markdown = await run('mails.csv', '--format', 'markdown', '--reviewers', 'ada,Grace Hopper');
    expect(markdown).toContain('| `ada, Grace Hopper` | 4 | 50.0 % | 0.333 | 1, 1 |');
    expect(markdown).toContain('| 3 | `spam` | `ham` | `text \\| of 2` |');
    const [json = ''] = await run('mails.csv', '--format', 'json');
    expect(JSON.parse(json)).toMatchObject({
      reviewers: ['Grace Hopper', 'ada'],
      column: 'label',
      pairs: [{ records: 4, agreed: 2, share: 0.5, verdicts: ['ham', 'spam', '(ambiguous)', '(discard)'] }],
      conflicts: [
        { row: 3, text: 'text | of 2', verdicts: { ada: 'spam', 'Grace Hopper': 'ham' } },
        { row: 4, verdicts: { ada: '(discard)', 'Grace Hopper': '(ambiguous)' } },
      ],
      undecided: [5, 6],
      lost: 0,
    });
  });

  it('tells of lines that cannot be read, and goes on', async () => {
    await decideTogether();
    writeFileSync(join(cwd, '.flag-review', 'mails.csv', 'torn.jsonl'), '{"v":1,');
    expect(await run('mails.csv')).toHaveLength(10);
    expect(warnings).toEqual([expect.stringContaining('torn.jsonl: Line 1 is no decision that can be read')]);
  });

  it('needs two reviewers who decided', async () => {
    await expect(run('mails.csv')).rejects.toThrow(/There is no file/);
    await expect(run('nowhere/mails.csv')).rejects.toThrow(/There is no file/);
    writeMails();
    await expect(run('mails.csv')).rejects.toThrow(/Nobody has decided/);
    await decide('ada', [0, 'keep']);
    await decide('bob', [0, 'skip']);
    await expect(run('mails.csv')).rejects.toThrow(/Only ada has decided/);
    await expect(run('mails.csv', '--reviewers', 'ada,bo')).rejects.toThrow(/"bo" has decided on no record/);
    expect(() => parseCommand(['agreement', 'mails.csv', '--reviewers', 'ada'])).toThrow(ExpectedError);
    expect(() => parseCommand(['agreement'])).toThrow(ExpectedError);
  });
});
