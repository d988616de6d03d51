import { ExpectedError } from '../../errors';
import type { Sanitiser } from './era';
import { dumpsPythonJson, parsePythonJson } from './pythonJson';

/** What a spreadsheet may take for a formula: at the start of a cell, or where one starts inside it. */
const unsafe = /^[=+\-@\t\n]|,[=+\-@\t\n]/;
const unsafeForUs = /^[=+\-@\t\n\r]|,[=+\-@\t\n\r]/;

/**
 * Guards a text cell against formula injection with a leading apostrophe (Gradio's `sanitize_value_for_csv`).
 *
 * @param text a text cell; numbers and booleans are never sanitised
 */
export function sanitise(text: string, sanitiser: Sanitiser): string {
  switch (sanitiser) {
    case 'none':
      return text;
    case 'prefix':
      return prefixed(text, unsafe);
    case 'exempt-json':
      return normalisedJson(text) ?? prefixed(text, unsafe);
    case 'guide':
      return prefixed(text, unsafeForUs);
  }
}

function prefixed(text: string, pattern: RegExp): string {
  return pattern.test(text) ? `'${text}` : text;
}

/** `json.dumps(json.loads(text))` of an object or array, or undefined when Python reads the text as neither. */
export function normalisedJson(text: string): string | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined;
  try {
    const value = parsePythonJson(text);
    return value === undefined ? undefined : dumpsPythonJson(value);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
