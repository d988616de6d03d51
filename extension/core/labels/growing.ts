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

/** Zeros that threads share; pages that nobody writes take no memory. */
export function sharedUint32(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** Numbers in rows of any length, in memory that grows as they come and that threads can share. */
export class GrowingRows {
  private numbers = sharedUint32(1 << 16);
  private ends = new Uint32Array(1 << 10);
  private length = 0;
  rows = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = sharedUint32(2 * this.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
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
