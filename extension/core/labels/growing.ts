/** A larger copy, for arrays that grow as values come. */
export function doubled<T extends Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(values: T): T;
export function doubled(
  values: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const length = 2 * values.length;
  const larger = values instanceof Uint32Array ? new Uint32Array(length) : new Uint16Array(length);
  larger.set(values);
  return larger;
}

/** Numbers in rows of any length, in memory that grows as they come. */
export class GrowingRows {
  private numbers = new Uint32Array(1 << 16);
  private ends = new Uint32Array(1 << 10);
  private length = 0;
  rows = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) this.numbers = doubled(this.numbers);
    this.numbers[this.length++] = number;
  }

  endRow(): void {
    if (this.rows === this.ends.length) this.ends = doubled(this.ends);
    this.ends[this.rows++] = this.length;
  }

  /** All numbers, row after row; they may be changed in place. */
  get all(): Uint32Array {
    return this.numbers.subarray(0, this.length);
  }

  /** Where the numbers of each row end. */
  get rowEnds(): Uint32Array {
    return this.ends.subarray(0, this.rows);
  }
}
