import { relative, resolve } from 'node:path';
import { diffMarkdown, summaryOf } from '../review/diff/describeDiff';
import { diffDataset } from '../review/diff/diffDataset';
import { DecisionHistory } from '../review/ledger/decisionHistory';
import { readLedgers } from '../review/ledger/ledgerFile';
import type { LabelDiff } from '../review/diff/types';
import type { Terminal } from './context';
import type { DiffArguments } from './diffArguments';
import { printable } from './printable';
import { tableLines } from './table';

/** Entries of each list in the Markdown, so that a pull request takes it. */
const mostListed = 100;

/** `flag-review diff`: lists the labels of a dataset that changed. */
export async function diffCommand(terminal: Terminal, options: DiffArguments): Promise<void> {
  const { cwd, interrupt, progress } = terminal;
  const { against } = options;
  const dataset = resolve(cwd, options.data);
  const { entries, problems } = await readLedgers(dataset);
  for (const { path, message } of problems) terminal.log.warn(`${relative(cwd, path)}: ${message}`);
  const diff = await diffDataset(
    dataset,
    against.kind === 'file' ? { kind: 'file', path: resolve(cwd, against.path) } : against,
    options,
    new DecisionHistory(entries).standing(),
    {
      ...(interrupt ? { signal: interrupt } : {}),
      ...(progress ? { onProgress: (done, size) => progress(`Comparing… ${Math.floor((100 * done) / size)} %`) } : {}),
    },
  );
  progress?.('');
  if (options.format === 'json') terminal.print(JSON.stringify(diff));
  else if (options.format === 'markdown') terminal.print(diffMarkdown(diff, options.data, mostListed).trimEnd());
  else for await (const line of diffLines(diff)) terminal.print(line);
}

async function* diffLines(diff: LabelDiff): AsyncGenerator<string> {
  const { before, after, pairs, changes } = diff;
  yield printable(`${before} → ${after}: ${summaryOf(diff)}`);
  if (pairs.length > 0) {
    yield '';
    const cells = pairs.map((pair) => [pair.before, pair.after, String(pair.count)]);
    yield* tableLines([['before', 'after', 'records'], ...cells]);
    yield '';
    yield* tableLines([
      ['row', 'before', 'after', 'decided by', 'text'],
      ...changes.map((change) => [String(change.row), change.before, change.after, change.by.join(', '), change.text]),
    ]);
  }
  const others = [
    ...diff.discarded.map((record) => ['discarded', record] as const),
    ...diff.added.map((record) => ['added', record] as const),
    ...diff.removed.map((record) => ['removed', record] as const),
  ];
  if (others.length === 0) return;
  yield '';
  yield* tableLines([
    ['', 'row', 'label', 'text'],
    ...others.map(([what, { row, label, text }]) => [what, String(row), label, text]),
  ]);
}
