import { parsePythonJson } from '../flagging/format/pythonJson';
import { isList, isMap, PythonFloat, type PythonValue } from '../flagging/format/pythonValue';
import type { Json } from '../json';

/** A whole number with more digits than a JavaScript number holds. */
const longInteger = /(?:^|[[:,\s-])\d{16,}(?=\s*(?:[,\]}]|$))/;

/**
 * A value as Python's `json` module writes it: NaN and the infinities are read, and integers beyond 2^53 are texts, so
 * that no digit is lost.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseJson(text: string): Json {
  if (longInteger.test(text) || /\b(?:NaN|Infinity)\b/.test(text)) {
    const value = parsePythonJson(text);
    if (value !== undefined) return jsonOf(value);
  }
  return JSON.parse(text) as Json;
}

function jsonOf(value: PythonValue): Json {
  if (typeof value === 'bigint') return integerCell(value);
  if (value instanceof PythonFloat) return value.value;
  if (isList(value)) return value.map(jsonOf);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, jsonOf(item)]));
  return value;
}

/** A number where it holds every digit, else their text. */
export function integerCell(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
