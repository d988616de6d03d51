import type { Span, TextEdit } from '../../csv/spans';
import { isRecord, jsonOrUndefined } from '../../json';

/** The keys of the objects in the lines of a text, in the order of their first appearance. */
export function keysOfLines(lines: readonly string[]): string[] {
  return [...new Set(lines.flatMap((line) => Object.keys(objectOf(line) ?? {})))];
}

/**
 * The cells of a line: the text of each key's value, empty without one, a value that is no text as JSON. Keys that are
 * no columns follow as `"key": value`; a line that is no object is a cell of its own.
 */
export function cellsOfLine(line: string, columns: readonly string[]): string[] {
  const object = objectOf(line);
  if (!object) return line.trim() === '' ? [] : [line.trim()];
  const known = columns.map((key) => (Object.hasOwn(object, key) ? textOf(object[key]) : ''));
  const others = Object.entries(object).filter(([key]) => !columns.includes(key));
  return [...known, ...others.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)];
}

/**
 * The edit that gives a key of a line another text. Spacing and the order of keys stay; in a line of ASCII alone, as
 * Python writes it, other letters are escaped.
 *
 * @returns undefined when the line has no such key
 */
export function setLineValue(line: string, key: string, text: string): TextEdit | undefined {
  const object = objectOf(line);
  if (!object || !Object.hasOwn(object, key)) return undefined;
  const span = valueSpan(line, key);
  const json = JSON.stringify(text);
  return span && { ...span, text: isAscii(line) ? escaped(json) : json };
}

/** Where the value of a key of the outermost object stands; of the last one, when there are several. */
function valueSpan(line: string, key: string): Span | undefined {
  let depth = 0;
  let name: unknown;
  let start: number | undefined;
  let found: Span | undefined;
  for (const { 0: token, index } of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (depth === 1 && start === undefined && token.startsWith('"')) name = JSON.parse(token);
    else if (depth === 1 && token === ':') start = index + 1;
    if ((depth === 1 && token === ',') || (depth === 1 && token === '}')) {
      if (start !== undefined && name === key) found = trimmed(line, start, index);
      start = undefined;
    }
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
  return found;
}

function trimmed(line: string, start: number, end: number): Span {
  const value = line.slice(start, end);
  return { start: end - value.trimStart().length, end: start + value.trimEnd().length };
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function escaped(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether a line is one JSON object. */
export function isObjectLine(line: string): boolean {
  return objectOf(line) !== undefined;
}

function objectOf(line: string): Record<string, unknown> | undefined {
  const value = jsonOrUndefined(line);
  return isRecord(value) ? value : undefined;
}

function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
