import { textOf } from '../../dataset/readRecords';
import type { TableOptions } from '../../dataset/table';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';
import { doubled } from '../../labels/growing';
import { hashOfRecord, type HashedColumns } from '../recordHash';
import { discardColumn, type DecisionEntry } from '../types';
import type { NumberedRecords } from './matchRecords';
import type { DiffColumns, DiffState } from './types';

/** Numbers for texts that occur often, in the order in which they come. */
export class Numbering {
  private readonly numbers = new Map<string, number>();

  get count(): number {
    return this.numbers.size;
  }

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.numbers.size);
    return this.numbers.size - 1;
  }

  /** Undefined for one that has not come. */
  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  /** The texts by their numbers. */
  texts(): readonly string[] {
    return [...this.numbers.keys()];
  }
}

/** A state as numbers: a dataset may be larger than memory. */
export interface ReadState extends NumberedRecords {
  /** Records that are marked as discarded. */
  readonly discarded: ReadonlySet<number>;
}

/**
 * Reads the labels of a state, and what tells its records apart.
 *
 * @param contents numbers of the hashes, shared by the states
 * @param labels numbers of the labels, shared by the states
 * @throws ExpectedError when a column is missing, or a record cannot be read
 */
export async function readState(
  { name, table, decisions }: DiffState,
  { label }: DiffColumns,
  hashed: HashedColumns,
  contents: Numbering,
  labels: Numbering,
  options?: TableOptions,
): Promise<ReadState> {
  for (const column of [...hashed.columns, label]) {
    if (table.columns.includes(column)) continue;
    const next = `Compare with a state that has it. Its columns are ${table.columns.join(', ')}.`;
    throw new ExpectedError(`${name} has no column "${column}".`, next);
  }
  const marks = table.columns.includes(discardColumn) && label !== discardColumn ? [discardColumn] : [];
  const discarded = new Set<number>();
  const numbers = { contents: new GrowingNumbers(), labels: new GrowingNumbers() };
  for await (const { from, count, cells } of table.scan([label, ...marks, ...hashed.columns], options)) {
    const [given = [], ...others] = cells;
    const [marked] = others.splice(0, marks.length);
    for (let at = 0; at < count; at++) {
      const decision = decisions?.get(from + at);
      numbers.contents.push(contents.of(hashOfRecord(hashed, cellsAt(others, at))));
      numbers.labels.push(labels.of(textOf(decidedLabel(decision, given[at] ?? null))));
      if (decision?.decision === 'discard' || isMarked(marked?.[at] ?? null)) discarded.add(from + at);
    }
  }
  return { contents: numbers.contents.all, labels: numbers.labels.all, discarded };
}

export function cellsAt(columns: readonly (readonly Json[])[], at: number): Json[] {
  return columns.map((column) => column[at] ?? null);
}

/** The label as the decision has it, applied or not; undecided ones are as the file has them. */
function decidedLabel(decision: DecisionEntry | undefined, cell: Json): Json {
  if (decision?.decision === 'change') return decision.label ?? null;
  return decision?.decision === 'keep' ? decision.given : cell;
}

function isMarked(cell: Json): boolean {
  return ['true', '1'].includes(textOf(cell).trim().toLowerCase());
}

class GrowingNumbers {
  private numbers = new Uint32Array(1 << 10);
  private length = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) this.numbers = doubled(this.numbers);
    this.numbers[this.length++] = number;
  }

  get all(): Uint32Array {
    return this.numbers.subarray(0, this.length);
  }
}
