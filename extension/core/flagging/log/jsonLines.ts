import { isRecord } from '../../json';

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

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
