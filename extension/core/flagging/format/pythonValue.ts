import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';

/** A Python `float`; integers are `bigint`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/**
 * A value as Python's `json.loads` holds it: integers of any size, floats apart from integers, keys in their order
 * (a JavaScript object moves `"10"` before `"a"`).
 */
export type PythonValue =
  null | boolean | string | bigint | PythonFloat | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/** Deeper values overflow the stack of Python's `json` module as well. */
export const maximumDepth = 900;

/**
 * A payload as Gradio would receive it: plain JavaScript values become what `JSON.stringify` sends (`5` and `5.0` are
 * the integer 5, `-0` is 0, absent values are null), except that NaN and the infinities are kept. Values that came from
 * `parsePythonJson` stay as they are, so that `12.0` and integers of 30 digits pass unchanged.
 */
export function toPythonValue(value: unknown, depth = 0): PythonValue {
  if (depth > maximumDepth) {
    throw new ExpectedError(`A value is nested more than ${maximumDepth} levels deep.`, 'Flatten it to flag it.');
  }
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return fromNumber(value);
    case 'object':
      return fromObject(value, depth + 1);
    case 'undefined':
    case 'symbol':
    case 'function':
      return null;
  }
}

/** The plain JavaScript value; integers beyond 2^53 lose digits, as they would in a page. */
export function plainValue(value: PythonValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof PythonFloat) return value.value;
  if (isList(value)) return value.map(plainValue);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plainValue(item)]));
  return value;
}

/** True for the object form of a value. */
export function isMap(value: PythonValue): value is ReadonlyMap<string, PythonValue> {
  return value instanceof Map;
}

/** True for the array form of a value. */
export function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}

/** Replaces every part of a value that the callback has a replacement for; parts of a replaced part are not visited. */
export function replaceParts(value: PythonValue, replace: (part: PythonValue) => PythonValue | undefined): PythonValue {
  const replacement = replace(value);
  if (replacement !== undefined) return replacement;
  if (isList(value)) return value.map((item) => replaceParts(item, replace));
  if (isMap(value)) return new Map([...value].map(([key, item]) => [key, replaceParts(item, replace)]));
  return value;
}

function fromNumber(value: number): PythonValue {
  const text = String(value);
  return /^-?\d+$/.test(text) ? BigInt(text) : new PythonFloat(value);
}

function fromObject(value: object | null, depth: number): PythonValue {
  if (value === null || value instanceof PythonFloat) return value;
  if (Array.isArray(value)) return value.map((item) => toPythonValue(item, depth));
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [String(key), toPythonValue(item, depth)]));
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (!isRecord(value)) return null;
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return new Map(present.map(([key, item]) => [key, toPythonValue(item, depth)]));
}
