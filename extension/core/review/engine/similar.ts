import type { CountMatrix } from '../../labels/countMatrix';
import type { Postings } from '../../labels/live/postings';

/** A record by its number, and how alike another one it is: 0 to 1. */
export interface Likeness {
  readonly row: number;
  readonly similarity: number;
}

/**
 * Cosines of tf-idf vectors, as scikit-learn's `TfidfTransformer` makes them with its defaults: every occurrence of a word
 * weighs ln((1 + records) / (1 + records with the word)) + 1, and vectors have the length 1. Only records that share a word
 * are looked at.
 */
export class Similarity {
  private readonly weights: Float64Array;
  private readonly lengths: Float64Array;
  /** Scalar products with the record that is asked for, 0 between questions. */
  private readonly products: Float64Array;

  constructor(
    private readonly matrix: CountMatrix,
    private readonly postings: Postings,
  ) {
    const { vocabulary, starts } = matrix;
    const records = starts.length - 1;
    this.weights = Float64Array.from(vocabulary, (_, word) => {
      const having = (postings.starts[word + 1] ?? 0) - (postings.starts[word] ?? 0);
      return Math.log((1 + records) / (1 + having)) + 1;
    });
    this.lengths = Float64Array.from({ length: records }, (_, row) => this.lengthOf(row));
    this.products = new Float64Array(records);
  }

  /**
   * The most similar records, equal ones in their order; never the record itself, nor one that shares no word.
   *
   * @param accepts which records are wanted
   */
  nearest(row: number, count: number, accepts: (row: number) => boolean): Likeness[] {
    const touched = this.multiply(row);
    const best = new Best(count);
    for (const other of touched) {
      const cosine = (this.products[other] ?? 0) / ((this.lengths[row] ?? 0) * (this.lengths[other] ?? 0));
      const similarity = Math.min(cosine, 1);
      this.products[other] = 0;
      if (other !== row && best.takes(other, similarity) && accepts(other)) best.add(other, similarity);
    }
    return best.found;
  }

  /** @returns records whose products are above 0 */
  private multiply(row: number): number[] {
    const { matrix, postings, weights, products } = this;
    const touched: number[] = [];
    const end = matrix.starts[row + 1] ?? 0;
    for (let index = matrix.starts[row] ?? end; index < end; index++) {
      const word = matrix.columns[index] ?? 0;
      const weight = (matrix.counts[index] ?? 0) * (weights[word] ?? 0) ** 2;
      const last = postings.starts[word + 1] ?? 0;
      for (let at = postings.starts[word] ?? last; at < last; at++) {
        const other = postings.rows[at] ?? 0;
        const before = products[other] ?? 0;
        if (before === 0) touched.push(other);
        products[other] = before + weight * (postings.counts[at] ?? 0);
      }
    }
    return touched;
  }

  private lengthOf(row: number): number {
    const { starts, columns, counts } = this.matrix;
    let squares = 0;
    for (let index = starts[row] ?? 0; index < (starts[row + 1] ?? 0); index++)
      squares += ((counts[index] ?? 0) * (this.weights[columns[index] ?? 0] ?? 0)) ** 2;
    return Math.sqrt(squares);
  }
}

/** A few records, the most similar first. */
class Best {
  readonly found: Likeness[] = [];

  constructor(private readonly count: number) {}

  takes(row: number, similarity: number): boolean {
    const last = this.found[this.count - 1];
    return this.count > 0 && (!last || isBefore({ row, similarity }, last));
  }

  add(row: number, similarity: number): void {
    const added = { row, similarity };
    const at = this.found.findIndex((one) => isBefore(added, one));
    this.found.splice(at < 0 ? this.found.length : at, 0, added);
    this.found.length = Math.min(this.found.length, this.count);
  }
}

function isBefore(one: Likeness, other: Likeness): boolean {
  return one.similarity > other.similarity || (one.similarity === other.similarity && one.row < other.row);
}
