import { relative, resolve } from 'node:path';
import type { TableOptions } from '../dataset/table';
import { ExpectedError } from '../errors';
import { changesAnything, describePlan, undoSummary } from '../review/apply/describe';
import { planApply } from '../review/apply/plan';
import { runApply } from '../review/apply/run';
import type { ApplyPlan } from '../review/apply/types';
import { planUndo, runUndo } from '../review/apply/undo';
import { DecisionHistory } from '../review/ledger/decisionHistory';
import { readLedgers } from '../review/ledger/ledgerFile';
import type { DecisionEntry } from '../review/types';
import type { ApplyArguments } from './applyArguments';
import type { Terminal } from './context';
import { printable } from './printable';
import { tableLines } from './table';

/** `flag-review apply`: writes the decisions of ledgers into their dataset, after it said what that changes. */
export async function applyCommand(terminal: Terminal, options: ApplyArguments): Promise<void> {
  try {
    await apply(terminal, options);
  } catch (error) {
    if (terminal.interrupt?.aborted) throw new ExpectedError('Applying was interrupted; nothing was changed.');
    throw error;
  }
}

async function apply(terminal: Terminal, options: ApplyArguments): Promise<void> {
  const dataset = resolve(terminal.cwd, options.data);
  if (options.undo) return undo(terminal, dataset, options);
  const entries = await decisionsOf(terminal, dataset, options);
  const plan = await planApply({ dataset, entries, discard: options.discard }, progressOf(terminal, 'Reading'));
  terminal.progress?.('');
  const writes = changesAnything(plan) && !options.dryRun;
  if (options.format === 'table') await printPlan(terminal, plan);
  if (writes) {
    await runApply(plan, progressOf(terminal, 'Writing'));
    terminal.progress?.('');
  }
  if (options.format === 'json') terminal.print(JSON.stringify(planReport(plan, writes)));
  else if (writes) terminal.print(`Written: ${relative(terminal.cwd, plan.output) || plan.output}`);
}

/** Decisions that count, of everyone or of the one reviewer that is meant. */
async function decisionsOf(
  { log }: Terminal,
  dataset: string,
  { reviewer, data }: ApplyArguments,
): Promise<readonly DecisionEntry[]> {
  const { entries, problems } = await readLedgers(dataset);
  for (const { path, lines, message } of problems) log.warn(`${path}:${lines[0] ?? 1}: ${message}`);
  const standing = new DecisionHistory(entries).standing();
  const reviewers = [...new Set(standing.map((entry) => entry.reviewer))].sort();
  if (reviewers.length === 0) {
    throw new ExpectedError(`Nothing was decided about ${data}.`, 'Ledgers are in .flag-review beside the dataset.');
  }
  if (reviewer === null || (reviewer === undefined && reviewers.length === 1)) return standing;
  if (reviewer === undefined || !reviewers.includes(reviewer)) {
    const what = reviewer === undefined ? 'Several reviewers decided' : `${reviewer} decided nothing`;
    throw new ExpectedError(`${what} about ${data}.`, `Give --all, or --reviewer with one of ${reviewers.join(', ')}.`);
  }
  return standing.filter((entry) => entry.reviewer === reviewer);
}

async function printPlan({ print }: Terminal, plan: ApplyPlan): Promise<void> {
  for (const { title, lines } of describePlan(plan)) {
    print(`${title}:`);
    for (const line of lines) print(printable(`  ${line}`));
  }
  if (plan.examples.length === 0) return;
  print('');
  const cell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const rows = plan.examples.map(({ row, given, label, text }) => {
    return [String(row), cell(given), label === undefined ? '(discarded)' : cell(label), text];
  });
  for await (const line of tableLines([['row', 'given', 'new', 'text'], ...rows])) print(line);
}

/** A plan without its bytes. */
function planReport(plan: ApplyPlan, written: boolean): object {
  const { patch, read, leftOut, ...rest } = plan;
  return {
    ...rest,
    size: read.version.size,
    sha256: read.sha256,
    leftOut: leftOut.map(({ entry: { id, row, reviewer, decision, label }, reason }) => {
      return { id, row, reviewer, decision, label, reason };
    }),
    cells: 'cells' in patch ? patch.cells : undefined,
    written,
  };
}

async function undo(terminal: Terminal, dataset: string, { dryRun, format }: ApplyArguments): Promise<void> {
  const plan = await planUndo(dataset);
  const { time, changes, discards } = plan;
  if (!dryRun) await runUndo(plan, progressOf(terminal, 'Writing'));
  terminal.progress?.('');
  if (format === 'json') terminal.print(JSON.stringify({ dataset, time, changes, discards, written: !dryRun }));
  else {
    const verb = dryRun ? 'Would be taken back' : 'Taken back';
    terminal.print(`${verb}: ${undoSummary(plan)}, applied at ${time}.`);
  }
}

function progressOf({ interrupt, progress }: Terminal, what: string): TableOptions {
  return {
    ...(interrupt ? { signal: interrupt } : {}),
    ...(progress ? { onProgress: (done, size) => progress(`${what}… ${Math.floor((100 * done) / size)} %`) } : {}),
  };
}
