import type { Span } from '../../csv/spans';

/** A key of an object and its value, as they stand in its text. */
export interface JsonMember {
  /** The key with its quotes. */
  readonly key: Span;
  readonly value: Span;
}

const whitespace = /[\t\n\r ]*/y;
const scalar = /[^\s,\]}]*/y;

/**
 * The members of the object that a text is, without those of objects inside of it.
 *
 * @param text valid JSON, or what Python's `json` module takes for it
 */
export function membersOf(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipped(text, text.indexOf('{') + 1, whitespace);
  while (text[at] === '"') {
    const key = { start: at, end: stringEnd(text, at) };
    const colon = skipped(text, key.end, whitespace);
    const start = skipped(text, colon + 1, whitespace);
    const value = { start, end: valueEnd(text, start) };
    members.push({ key, value });
    const comma = skipped(text, value.end, whitespace);
    at = text[comma] === ',' ? skipped(text, comma + 1, whitespace) : comma;
  }
  return members;
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  if (text[start] !== '{' && text[start] !== '[') return skipped(text, start, scalar);
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      continue;
    }
    at++;
    if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at;
  }
  return text.length;
}

/** One behind the quote that closes the one at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function skipped(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}
