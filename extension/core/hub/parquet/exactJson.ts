import { parsePythonJson } from '../../flagging/format/pythonJson';
import { isList, isMap, PythonFloat, type PythonValue } from '../../flagging/format/pythonValue';

/** A number that `JSON.parse` gives back without its type or its digits; a text that looks so does no harm. */
const losesType = /(?<![.\d])\d{16}|\.0+(?!\d)|\d[eE]|NaN|Infinity/;

/**
 * Reads JSON with the types that Python reads it as: a whole number is an integer, a `bigint` one beyond 2^53; a number
 * that was written with a point or an exponent but is whole, or is not finite, is a `PythonFloat`.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseExactJson(text: string): unknown {
  if (losesType.test(text)) {
    const value = parsePythonJson(text);
    if (value !== undefined) return exact(value);
  }
  return JSON.parse(text);
}

function exact(value: PythonValue): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof PythonFloat) {
    return Number.isInteger(value.value) || !Number.isFinite(value.value) ? value : value.value;
  }
  if (isList(value)) return value.map(exact);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, exact(item)]));
  return value;
}
