/**
 * Text for a person's terminal: control characters, which move the cursor or rename the window, and marks that reorder
 * the text around them are written out as escapes. Definitions, labels and exceptions come from a workspace that may be
 * hostile. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?!\t|\r?\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
