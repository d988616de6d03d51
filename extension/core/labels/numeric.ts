/** Primitives with the rounding and the order of additions of numpy, so that results agree to the last bit. */

/** Pairwise sum (`pairwise_sum` in numpy's `loops_utils.h.src`). */
export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  const length = to - from;
  if (length < 8) {
    let total = 0;
    for (let index = from; index < to; index++) total += values[index] ?? 0;
    return total;
  }
  if (length > 128) {
    const half = Math.floor(length / 2);
    const middle = from + half - (half % 8);
    return sum(values, from, middle) + sum(values, middle, to);
  }
  return sumOfEight(values, from, to);
}

/** Eight sums side by side, then what is left over. */
function sumOfEight(values: ArrayLike<number>, from: number, to: number): number {
  const parts = Float64Array.from({ length: 8 }, (_, index) => values[from + index] ?? 0);
  let at = from + 8;
  for (; at + 8 <= to; at += 8) {
    for (let index = 0; index < 8; index++) parts[index] = (parts[index] ?? 0) + (values[at + index] ?? 0);
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = parts;
  let total = a + b + (c + d) + (e + f + (g + h));
  for (; at < to; at++) total += values[at] ?? 0;
  return total;
}

/** To the nearest integer, halves to the even one (`numpy.rint`). */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Positions in ascending order of their values; equal values keep their order. */
export function argsort(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index);
  return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

/**
 * Marks the positions of the `count` smallest values, of equal ones the first; in linear time, since their order does
 * not matter.
 */
export function smallest(values: Float64Array, count: number): Uint8Array {
  const chosen = new Uint8Array(values.length);
  if (count <= 0) return chosen;
  if (count >= values.length) return chosen.fill(1);
  const cut = nthSmallest(values.slice(), count - 1);
  let ties = count;
  for (const value of values) if (value < cut) ties--;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value < cut) chosen[index] = 1;
    else if (value === cut && ties > 0) {
      chosen[index] = 1;
      ties--;
    }
  }
  return chosen;
}

/** Hoare's selection with the median of three as pivot; reorders the values. */
function nthSmallest(values: Float64Array, n: number): number {
  const get = (index: number): number => values[index] ?? 0;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = median(get(low), get((low + high) >> 1), get(high));
    let [left, right] = [low, high];
    while (left <= right) {
      while (get(left) < pivot) left++;
      while (get(right) > pivot) right--;
      if (left > right) break;
      const kept = get(left);
      values[left++] = get(right);
      values[right--] = kept;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return get(n);
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The positions of each value, ascending. @param values whole numbers from 0, all below `count` */
export function positionsByValue(values: Int32Array | Uint16Array, count: number): readonly Uint32Array[] {
  const counts = new Uint32Array(count);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  const positions = Array.from(counts, (length) => new Uint32Array(length));
  const filled = new Uint32Array(count);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const own = positions[value];
    if (own) own[filled[value] ?? 0] = index;
    filled[value] = (filled[value] ?? 0) + 1;
  }
  return positions;
}

/** The first position of the largest value in a row. */
export function argmax(values: Float64Array, from: number, to: number): number {
  let best = from;
  for (let index = from + 1; index < to; index++) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best - from;
}

/**
 * Rounds numbers to integers so that their sum stays what it was, rounded; those that were rounded furthest in the wrong
 * direction give way (`cleanlab.internal.util.round_preserving_sum`).
 */
export function roundPreservingSum(values: Float64Array): Float64Array {
  const rounded = values.map(roundHalfEven);
  const target = roundHalfEven(sum(values));
  for (let difference = target - roundHalfEven(sum(rounded)); Math.abs(difference) > 1e-6;) {
    const step = difference < 0 ? -1 : 1;
    const order = argsort(values.map((value, index) => value - (rounded[index] ?? 0)));
    if (step > 0) order.reverse();
    for (const index of order.subarray(0, Math.min(Math.abs(difference), values.length)))
      rounded[index] = (rounded[index] ?? 0) + step;
    difference = target - roundHalfEven(sum(rounded));
  }
  return rounded;
}
