import { createScanner, parseTree as parseJsonc, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Problems } from './problems';

const deepest = 100;

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This word is not JSON. Strings need double quotes.',
  InvalidNumberFormat: 'This is not a number.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace } is missing.',
  CloseBracketExpected: 'A closing bracket ] is missing.',
  EndOfFileExpected: 'Nothing may follow the closing brace.',
  UnexpectedEndOfComment: 'This comment is not closed.',
  UnexpectedEndOfString: 'This string is not closed.',
  UnexpectedEndOfNumber: 'This number is not complete.',
  InvalidUnicode: 'This \\u escape is not complete.',
  InvalidEscapeCharacter: 'This backslash escape does not exist in JSON. Write \\\\ for a backslash.',
  InvalidCharacter: 'This character must be escaped inside a string.',
};

/** Parses JSON with comments and trailing commas; syntax errors become problems and there is no tree. */
export function parseTree(text: string, problems: Problems): Node | undefined {
  // A byte order mark is no JSON; a space keeps all places right.
  const json = text.replace(/^\uFEFF/, ' ');
  const tooDeep = placeBelow(json, deepest);
  if (tooDeep !== undefined) {
    problems.error({ offset: tooDeep, length: 1 }, `Lists and objects are nested more than ${deepest} deep.`);
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = parseJsonc(json, errors, { allowTrailingComma: true });
  for (const { error, offset, length } of errors) {
    const code = printParseErrorCode(error);
    problems.error({ offset, length }, sentences[code] ?? `This is not JSON (${code}).`);
  }
  if (tree === undefined && errors.length === 0) {
    problems.error({ offset: 0, length: json.length }, 'The definition is empty.');
  }
  return errors.length === 0 ? tree : undefined;
}

/** Where nesting exceeds a depth; the parser recurses and would exhaust the stack. */
function placeBelow(text: string, depth: number): number | undefined {
  const scanner = createScanner(text, true);
  let open = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    if (scanner.getTokenLength() !== 1) continue;
    const bracket = text.charAt(scanner.getTokenOffset());
    if (bracket === '{' || bracket === '[') open++;
    if (bracket === '}' || bracket === ']') open--;
    if (open > depth) return scanner.getTokenOffset();
  }
  return undefined;
}
