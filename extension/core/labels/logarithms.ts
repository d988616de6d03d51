/** The parts count in steps of 2^-24 and of 2^-52. */
const highSteps = 2 ** 24;
const lowSteps = 2 ** 28;

/** Counts are small, so most logarithms are looked up: two parts each. A bundle that looks up none makes no table. */
const known = /* @__PURE__ */ tableOf(1 << 16);

function tableOf(size: number): Float64Array {
  const table = new Float64Array(size * 2);
  for (let value = 1; value < size; value++) {
    table[value * 2] = highOf(value);
    table[value * 2 + 1] = lowOf(value);
  }
  return table;
}

function highOf(value: number): number {
  return Math.floor(Math.log(value) * highSteps);
}

function lowOf(value: number): number {
  const steps = Math.log(value) * highSteps;
  return Math.round((steps - Math.floor(steps)) * lowSteps);
}

/**
 * The larger part of the natural logarithm of a whole number. Both parts are whole, so sums of up to 2^24 of them are
 * exact: the same in any order, and still right after some are taken away again.
 */
export function logHigh(value: number): number {
  return known[value * 2] ?? highOf(value);
}

/** What `logHigh` leaves of the logarithm, right to 2^-53. */
export function logLow(value: number): number {
  return known[value * 2 + 1] ?? lowOf(value);
}

/** The number whose parts these are; rounded once. */
export function joined(high: number, low: number): number {
  return (high + low * (1 / lowSteps)) * (1 / highSteps);
}
