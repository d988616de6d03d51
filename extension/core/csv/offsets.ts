/** Ascending offsets in four bytes each: no string is longer than that, and there may be millions of them. */
export class Offsets {
  private values: Uint32Array;
  private used = 0;

  constructor(capacity: number) {
    this.values = new Uint32Array(Math.max(16, Math.ceil(capacity)));
  }

  get length(): number {
    return this.used;
  }

  at(index: number): number {
    const value = index < this.used ? this.values[index] : undefined;
    if (value === undefined) throw new RangeError(`There is no offset ${index} of ${this.used}.`);
    return value;
  }

  push(offset: number): void {
    this.reserve(1);
    this.values[this.used++] = offset;
  }

  /** Adds a part of other offsets, each moved by `shift`. */
  append(other: Offsets, from: number, to: number, shift: number): void {
    if (to <= from) return;
    this.reserve(to - from);
    const { values, used } = this;
    values.set(other.values.subarray(from, to), used);
    this.used += to - from;
    if (shift === 0) return;
    for (let index = used; index < this.used; index++) values[index] = (values[index] ?? 0) + shift;
  }

  /** The index of the last offset that is at most `most`; -1 when there is none. */
  lastUpTo(most: number): number {
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) <= most) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private reserve(count: number): void {
    if (this.used + count <= this.values.length) return;
    const larger = new Uint32Array(Math.max(this.used + count, this.values.length * 2));
    larger.set(this.values.subarray(0, this.used));
    this.values = larger;
  }
}
