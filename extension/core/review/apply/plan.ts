import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openTable } from '../../dataset/openTable';
import { textOf } from '../../dataset/readRecords';
import type { Table, TableOptions } from '../../dataset/table';
import { TextTable } from '../../dataset/textTable';
import { withoutRemoved } from '../ledger/removedRecords';
import { discardColumn, type DecisionEntry } from '../types';
import { hasColumns, locateDecisions } from './locate';
import { outcomeOf, type Outcome } from './outcomes';
import { ParquetTarget } from './parquetTarget';
import { ParquetSource, type SourceRow } from './source';
import type { Target } from './target';
import { TextTarget } from './textTarget';
import type { ApplyExample, ApplyPlan, DiscardMode, LeftOut, LeftOutReason, PairChanges } from './types';

const mostExamples = 20;
const exampleLength = 80;

export interface ApplyRequest {
  /** Absolute. */
  readonly dataset: string;
  /** Those that count, of all reviewers whose decisions are to be carried out. */
  readonly entries: readonly DecisionEntry[];
  readonly discard: DiscardMode;
}

/**
 * Finds what carrying decisions out would change; writes nothing.
 *
 * @throws ExpectedError when the dataset or a record that was decided on cannot be read, or its encoding cannot write a
 *   label
 */
export async function planApply(request: ApplyRequest, options: TableOptions = {}): Promise<ApplyPlan> {
  const table = await openTable(request.dataset);
  const effective = request.entries.filter(({ decision, source }) => decision !== 'skip' && source !== 'model');
  const entries = await withoutRemoved(request.dataset, effective);
  const done = effective.length - entries.length;
  if (table instanceof TextTable) {
    return planWith(table, new TextTarget(table, request.discard, options), { ...request, entries, done }, options);
  }
  const named = new Set([...entries.flatMap(({ text, column }) => [text, column]), discardColumn]);
  const isWhole = entries.some(({ text }) => text === null);
  const columns = isWhole ? table.columns : table.columns.filter((name) => named.has(name));
  const source = await ParquetSource.open(table, columns, options);
  return planWith(table, new ParquetTarget(table, source, request.discard), { ...request, entries, done }, options);
}

async function planWith<Row extends SourceRow>(
  table: Table,
  target: Target<Row>,
  { dataset, entries, discard, done }: ApplyRequest & { readonly done: number },
  options: TableOptions,
): Promise<ApplyPlan> {
  const { source } = target;
  const { rows, missing } = await locateDecisions(table, source, entries, options);
  const tally = new Tally(table);
  const removes: string[] = [];
  const hasMarks = discard === 'column' && table.columns.includes(discardColumn);
  for await (const row of source.read(rows.keys())) {
    const own = rows.get(row.row) ?? [];
    const outcome = outcomeOf(row, own, { format: table.format, discard, hasMarks });
    target.add(row, outcome);
    tally.add(row, outcome);
    if (outcome.discard && discard === 'remove') removes.push(...own.map(({ id }) => id));
  }
  const { records, state } = source;
  tally.addMissing(missing, records, discard);
  const written = await target.finish();
  const file = await realpath(dataset);
  const { nlink } = await stat(file);
  const { pairs, changes, discards, examples, leftOut, applied } = tally;
  return {
    dataset,
    file,
    ...written,
    output: written.output === dataset ? file : written.output,
    notes: [...written.notes, ...notesOfLinks(dataset, file, nlink)],
    format: table.format,
    encoding: table.encoding,
    read: state,
    records,
    discard,
    pairs: [...pairs.values()].sort((a, b) => b.count - a.count),
    changes,
    discards,
    removes,
    examples,
    leftOut,
    applied: applied + done,
  };
}

function notesOfLinks(dataset: string, file: string, links: number): string[] {
  if (dataset !== file) return [`${basename(dataset)} is reached through a link, which stays: ${file} is written.`];
  return links > 1 ? [`Another hard link of ${basename(file)} keeps what it has now.`] : [];
}

/** Counts what becomes of decisions. */
class Tally {
  readonly pairs = new Map<string, PairChanges>();
  readonly examples: ApplyExample[] = [];
  readonly leftOut: LeftOut[] = [];
  changes = 0;
  discards = 0;
  applied = 0;

  constructor(private readonly table: Table) {}

  add(row: SourceRow, { changes, discard, leftOut, applied }: Outcome): void {
    for (const { entry, given, label } of changes) {
      const key = JSON.stringify([given, label]);
      this.pairs.set(key, { given, label, count: (this.pairs.get(key)?.count ?? 0) + 1 });
      this.changes++;
      this.addExample(row, entry, label);
    }
    if (discard) {
      this.discards++;
      this.addExample(row, discard, undefined);
    }
    this.leftOut.push(...leftOut);
    this.applied += applied;
  }

  /** Of a discarded record that is not there nothing is left to do. */
  addMissing(missing: readonly DecisionEntry[], records: number, discard: DiscardMode): void {
    for (const entry of missing) {
      const reason = this.whyMissing(entry, records);
      if (entry.decision === 'discard' && discard === 'remove' && reason !== 'column') this.applied++;
      else if (entry.decision === 'change' || entry.decision === 'discard') this.leftOut.push({ entry, reason });
    }
  }

  private whyMissing(entry: DecisionEntry, records: number): LeftOutReason {
    if (!hasColumns(this.table, entry)) return 'column';
    return entry.row < records ? 'content' : 'gone';
  }

  private addExample(row: SourceRow, { text, column }: DecisionEntry, label: ApplyExample['label']): void {
    if (this.examples.length >= mostExamples) return;
    const shown = text ?? this.table.columns.find((name) => name !== column) ?? column;
    const start = textOf(row.cell(shown)).slice(0, exampleLength);
    this.examples.push({ row: row.row, text: start, given: row.cell(column), label });
  }
}
