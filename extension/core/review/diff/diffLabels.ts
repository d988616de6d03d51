import { textOf } from '../../dataset/readRecords';
import type { Table, TableOptions } from '../../dataset/table';
import { hashedColumns, type HashedColumns } from '../recordHash';
import type { DecisionEntry } from '../types';
import { matchRecords, unmatched } from './matchRecords';
import { cellsAt, Numbering, readState, type ReadState } from './readState';
import type { ChangedPair, DiffColumns, DiffRecord, DiffState, LabelChanged, LabelDiff } from './types';

/** Characters of a text that are shown. */
const longestText = 120;

/**
 * The corrections that lead from one state of a dataset to another. Records are found by their content, so that neither
 * records that came or went nor another order show as changes. Of the records only numbers are kept.
 *
 * @param entries decisions that count, of all reviewers, to say who decided a change
 * @throws ExpectedError when a state cannot be read or lacks a column
 */
export async function diffLabels(
  before: DiffState,
  after: DiffState,
  columns: DiffColumns,
  entries: readonly DecisionEntry[] = [],
  options?: TableOptions,
): Promise<LabelDiff> {
  const shared = after.table.columns.filter((name) => before.table.columns.includes(name));
  const hashed = hashedColumns(shared, columns.text, columns.label);
  const contents = new Numbering();
  const labels = new Numbering();
  const old = await readState(before, columns, hashed, contents, labels, options);
  const now = await readState(after, columns, hashed, contents, labels, options);
  const found = compare(old, now, matchRecords(old, now, contents.count));
  const names = labels.texts();
  const deciders = new Deciders(entries, columns.label, contents);
  const oldTexts = await textsOf(before.table, hashed, found.removed, options);
  const newTexts = await textsOf(
    after.table,
    hashed,
    [...found.changed.map(([, row]) => row), ...found.added, ...found.discarded],
    options,
  );

  const record = (state: ReadState, texts: ReadonlyMap<number, string>, row: number): DiffRecord => ({
    row,
    text: texts.get(row) ?? '',
    label: names[state.labels[row] ?? 0] ?? '',
    by: deciders.ofDiscard(state.contents[row] ?? 0),
  });
  const changes = found.changed.map(([from, row]): LabelChanged => {
    const [oldLabel, newLabel] = [names[old.labels[from] ?? 0] ?? '', names[now.labels[row] ?? 0] ?? ''];
    const decided = deciders.ofChange(now.contents[row] ?? 0, newLabel);
    return { row, text: newTexts.get(row) ?? '', before: oldLabel, after: newLabel, ...decided };
  });
  const gone = found.removed.map((row) => record(old, oldTexts, row));
  return {
    before: before.name,
    after: after.name,
    columns,
    records: { before: old.contents.length, after: now.contents.length },
    pairs: pairsOf(changes),
    changes,
    added: found.added.map((row) => ({ ...record(now, newTexts, row), by: [] })),
    removed: gone.filter(({ by }) => by.length === 0),
    discarded: [...found.discarded.map((row) => record(now, newTexts, row)), ...gone.filter(({ by }) => by.length > 0)],
  };
}

interface Found {
  readonly changed: readonly (readonly [before: number, after: number])[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly discarded: readonly number[];
}

function compare(old: ReadState, now: ReadState, afterOf: Uint32Array): Found {
  const changed: (readonly [number, number])[] = [];
  const removed: number[] = [];
  const isKnown = new Uint8Array(now.contents.length);
  const discarded: number[] = [];
  for (const [row, other] of afterOf.entries()) {
    if (other === unmatched) {
      removed.push(row);
      continue;
    }
    isKnown[other] = 1;
    if (old.labels[row] !== now.labels[other]) changed.push([row, other]);
    if (now.discarded.has(other) && !old.discarded.has(row)) discarded.push(other);
  }
  const added: number[] = [];
  for (const [row, known] of isKnown.entries()) if (known === 0) added.push(row);
  changed.sort(([, a], [, b]) => a - b);
  return { changed, added, removed, discarded: discarded.sort((a, b) => a - b) };
}

function pairsOf(changes: readonly LabelChanged[]): ChangedPair[] {
  const pairs = new Map<string, { before: string; after: string; count: number }>();
  for (const { before, after } of changes) {
    const key = JSON.stringify([before, after]);
    const pair = pairs.get(key) ?? { before, after, count: 0 };
    pair.count++;
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count);
}

/** The beginnings of the texts of some records, in one pass. */
async function textsOf(
  table: Table,
  { columns }: HashedColumns,
  rows: readonly number[],
  options?: TableOptions,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  if (rows.length === 0) return texts;
  const wanted = new Set(rows);
  for await (const { from, count, cells } of table.scan(columns, options)) {
    for (let at = 0; at < count; at++)
      if (wanted.has(from + at)) texts.set(from + at, oneLine(cellsAt(cells, at).map(textOf).join(', ')));
  }
  return texts;
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * longestText)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  if (characters.length <= longestText && text.length <= 4 * longestText) return line;
  return `${characters.slice(0, longestText - 1).join('')}…`;
}

/** Who decided what, by the content of the record. */
class Deciders {
  private readonly entries = new Map<number, DecisionEntry[]>();

  constructor(entries: readonly DecisionEntry[], label: string, contents: Numbering) {
    for (const entry of entries) {
      const content = contents.find(entry.hash);
      if (content === undefined || entry.column !== label || entry.source === 'model') continue;
      const known = this.entries.get(content);
      if (known) known.push(entry);
      else this.entries.set(content, [entry]);
    }
  }

  ofChange(content: number, label: string): Pick<LabelChanged, 'by' | 'notes'> {
    const entries = this.of(content).filter(
      (entry) => entry.decision === 'change' && textOf(entry.label ?? null) === label,
    );
    const notes = entries.flatMap(({ note = '' }) => (note === '' ? [] : [note]));
    return { by: reviewersOf(entries), notes: [...new Set(notes)] };
  }

  ofDiscard(content: number): readonly string[] {
    return reviewersOf(this.of(content).filter(({ decision }) => decision === 'discard'));
  }

  private of(content: number): readonly DecisionEntry[] {
    return this.entries.get(content) ?? [];
  }
}

function reviewersOf(entries: readonly DecisionEntry[]): readonly string[] {
  return [...new Set(entries.map(({ reviewer }) => reviewer))];
}
