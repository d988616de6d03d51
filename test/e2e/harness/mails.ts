import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { silentLog } from '../../../extension/core/log';
import { openDatasetReview } from '../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../extension/core/review/engine/localEngine';
import { LedgerFile } from '../../../extension/core/review/ledger/ledgerFile';
import type { LedgerEntry } from '../../../extension/core/review/types';
import { builtInSearch, servicesIn } from '../../builtInSearch';
import { decisionsOn } from '../../unit/core/review/apply/decisions';

/** A dataset of short mails with wrong labels, in a workspace that is a git repository. */
export const mailsFile = 'mails.csv';

const subjects = {
  invoice: [
    'The invoice for {} is attached',
    'Please pay the bill for {} by Friday',
    'Your receipt for {} and the tax',
  ],
  meeting: ['Shall we meet about {} on Monday', 'The call about {} moves to room 4', 'Agenda for our talk about {}'],
  spam: ['Win a free {} now, click here', 'You are the lucky winner of a {}', 'Cheap {} without any risk, act now'],
} as const;
const things = ['the garden', 'a new phone', 'the website', 'a holiday', 'the roof', 'a car', 'the kitchen', 'a watch'];
type Class = keyof typeof subjects;
export const mailClasses = Object.keys(subjects) as readonly Class[];

/** Every tenth mail has the label of the next class. */
const wrongEvery = 10;
const mails = 240;

/** What a mail is about, which its label may not say. @param row from 0 */
export function trueLabel(row: number): Class {
  return mailClasses[row % mailClasses.length] ?? 'spam';
}

/** @param row from 0 */
export function givenLabel(row: number): Class {
  return row % wrongEvery === 3 ? trueLabel(row + 1) : trueLabel(row);
}

function mail(row: number): string {
  const of = subjects[trueLabel(row)];
  const subject = of[Math.floor(row / mailClasses.length) % of.length] ?? of[0];
  return subject.replace('{}', things[(row * 7) % things.length] ?? '');
}

/** Writes the dataset. */
export function writeMails(workspace: string): void {
  const rows = Array.from({ length: mails }, (_, row) => `${row + 1},"${mail(row)}",${givenLabel(row)}`);
  writeFileSync(path.join(workspace, mailsFile), ['id,text,label', ...rows, ''].join('\r\n'));
}

/** Finds label errors in the dataset and changes the label of its first one, as a reviewer does elsewhere. */
export async function correctMails(workspace: string): Promise<void> {
  const dataset = path.join(workspace, mailsFile);
  const createEngine = (): LocalEngine => new LocalEngine(servicesIn(''));
  const review = await openDatasetReview({ dataset, reviewer: 'grace', log: silentLog, createEngine });
  try {
    await review.find(builtInSearch(dataset));
    const [row = 0] = review.candidates.rows;
    const [decision] = await decisionsOn(dataset, [{ row, decision: 'change', label: trueLabel(row) }]);
    if (decision) await new LedgerFile(dataset, 'grace').append([decision]);
  } finally {
    await review.dispose();
  }
}

/** Writes the dataset and commits it. */
export function commitMails(workspace: string): void {
  writeMails(workspace);
  git(workspace, 'init', '--quiet');
  git(workspace, 'add', '--all');
  git(
    workspace,
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    'commit',
    '--quiet',
    '--message',
    'Mails',
  );
}

/** Mails that are others than those that were committed: their lines as they were and as they are; undefined for none. */
export function changedMails(workspace: string): readonly { readonly before: string; readonly after?: string }[] {
  const lines = git(workspace, 'diff', '--unified=0', '--', mailsFile).split('\n');
  const byId = (sign: string): Map<string, string> => {
    const signed = lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)));
    return new Map(signed.map((line) => [line.slice(1, line.indexOf(',')), line.slice(1)]));
  };
  const after = byId('+');
  return Array.from(byId('-'), ([id, before]) => {
    const line = after.get(id);
    return line === undefined ? { before } : { before, after: line };
  });
}

/** What the ledgers of the dataset say, line by line. */
export function ledgerOf(workspace: string): readonly LedgerEntry[] {
  const folder = path.join(workspace, '.flag-review', mailsFile);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerEntry);
}

function git(workspace: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: workspace, encoding: 'utf8' });
}
