import { ExpectedError } from '../../errors';
import type { PredProbs } from '../../labels/matrix';
import { listed } from './orderClasses';
import type { ProbabilityRow } from './probabilityRow';

const blockRows = 4096;

/** Rows that come one by one, put under the classes of the first. */
export class RowCollector {
  private readonly blocks: Float64Array[] = [];
  private first: { readonly classes: readonly string[] | null; readonly columns: number } | undefined;
  private added = 0;

  /** @param source what messages call the rows' source: "probs.jsonl" */
  constructor(private readonly source: string) {}

  /** Rows so far. */
  get count(): number {
    return this.added;
  }

  /** Of the first row; null when it names none. */
  get classes(): readonly string[] | null {
    return this.first?.classes ?? null;
  }

  /**
   * @returns its values in the order of the first row's classes
   * @throws ExpectedError when the row's classes are not those of the first
   */
  add(row: ProbabilityRow): readonly number[] {
    this.first ??= { classes: row.classes, columns: row.values.length };
    const { columns } = this.first;
    const within = this.added % blockRows;
    if (within === 0) this.blocks.push(new Float64Array(blockRows * columns));
    const values = this.inOrder(row, this.first.classes, columns);
    this.blocks.at(-1)?.set(values, within * columns);
    this.added++;
    return values;
  }

  /** All rows so far; the collector is empty afterwards. */
  finish(): { readonly predProbs: PredProbs; readonly classes: readonly string[] | null } {
    const [rows, columns, { classes }] = [this.added, this.first?.columns ?? 0, this];
    const data = new Float64Array(rows * columns);
    for (const [index, block] of this.blocks.splice(0).entries()) {
      const start = index * blockRows * columns;
      data.set(block.subarray(0, data.length - start), start);
    }
    return { predProbs: { data, rows, columns }, classes };
  }

  private inOrder(row: ProbabilityRow, classes: readonly string[] | null, columns: number): readonly number[] {
    if (!row.classes || !classes) {
      if (row.classes || classes) throw this.mismatch(`names ${row.classes ? 'its' : 'no'} classes, unlike row 0`);
      if (row.values.length !== columns) throw this.mismatch(`has ${row.values.length} values, row 0 has ${columns}`);
      return row.values;
    }
    if (row.classes === classes) return row.values;
    if (row.classes.length === columns && row.classes.every((name, index) => name === classes[index]))
      return row.values;
    const values = new Map(row.classes.map((name, index) => [name, row.values[index] ?? NaN]));
    const missing = classes.filter((name) => !values.has(name));
    if (missing.length > 0) throw this.mismatch(`has no probability of ${listed(missing)}, which row 0 has`);
    const others = [...values.keys()].filter((name) => !classes.includes(name));
    if (others.length > 0) throw this.mismatch(`has a probability of ${listed(others)}, which row 0 has not`);
    return classes.map((name) => values.get(name) ?? NaN);
  }

  private mismatch(problem: string): ExpectedError {
    return new ExpectedError(
      `Row ${this.added} of ${this.source} ${problem}.`,
      'Every row needs the probabilities of the same classes.',
    );
  }
}
