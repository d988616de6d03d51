import { skipPythonString } from './pythonStrings';
import type { Signature, SignatureParameter } from './signature';

const lineEnd = /\r\n|\r|\n/g;
// Everything between the tokens that decide where a logical line ends.
const plain = /[^'"#()[\]{}\\\r\n]+/y;
const definition = /(?:async[ \t\f]+)?def[ \t\f]+([\p{L}_][\p{L}\p{M}\p{N}_]*)[ \t\f]*(?=[([])/uy;

/** The functions at the top level of a Python module, in order; methods and nested functions are not among them. */
export function pythonSignatures(text: string): Signature[] {
  const signatures: Signature[] = [];
  let line = 0;
  let counted = 0;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    definition.lastIndex = start;
    const found = text.charAt(start) === 'd' || text.charAt(start) === 'a' ? definition.exec(text) : null;
    const end = logicalLineEnd(text, start);
    if (found) {
      line += countLines(text, counted, start);
      counted = start;
      signatures.push({ name: found[1] ?? '', line, ...readSignature(text.slice(definition.lastIndex, end)) });
    }
    start = end;
  }
  return signatures;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  lineEnd.lastIndex = from;
  for (let found = lineEnd.exec(text); found !== null && found.index < to; found = lineEnd.exec(text)) lines++;
  return lines;
}

/** Where the next logical line starts: strings, brackets and backslashes join physical lines. */
function logicalLineEnd(text: string, start: number): number {
  let at = start;
  let depth = 0;
  while (at < text.length) {
    plain.lastIndex = at;
    if (plain.test(text)) at = plain.lastIndex;
    const character = text.charAt(at);
    if (character === '"' || character === "'") at = skipPythonString(text, at);
    else if (character === '#') at = lineBreak(text, at);
    else if (character === '\\') at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else {
      if (character === '(' || character === '[' || character === '{') depth++;
      else if (character === ')' || character === ']' || character === '}') depth = Math.max(0, depth - 1);
      else if (depth === 0) return at + (text.startsWith('\r\n', at) ? 2 : 1);
      at++;
    }
  }
  return text.length;
}

function lineBreak(text: string, from: number): number {
  lineEnd.lastIndex = from;
  return lineEnd.exec(text)?.index ?? text.length;
}

/** @param text from the bracket after the name */
function readSignature(text: string): Pick<Signature, 'parameters' | 'returns'> {
  const typeParameters = text.startsWith('[') ? readList(text).rest.trimStart() : text;
  const { items, rest } = readList(typeParameters);
  const parameters = parametersOf(items);
  const arrow = /^[ \t\f\\\r\n]*->/.exec(rest);
  return arrow ? { parameters, returns: splitAt(rest.slice(arrow[0].length), ':')[0] } : { parameters };
}

function parametersOf(items: readonly string[]): SignatureParameter[] {
  const parameters: SignatureParameter[] = [];
  let kind: SignatureParameter['kind'] = 'positional';
  for (const item of items) {
    if (item === '*') kind = 'keyword';
    else if (item.startsWith('**')) parameters.push(readParameter(item.slice(2), 'kwargs'));
    else if (item.startsWith('*')) {
      parameters.push(readParameter(item.slice(1), 'varargs'));
      kind = 'keyword';
    } else if (item !== '/' && item !== '') parameters.push(readParameter(item, kind));
  }
  return parameters;
}

function readParameter(text: string, kind: SignatureParameter['kind']): SignatureParameter {
  const [declared, byDefault] = splitAt(text, '=');
  const [name, annotation] = splitAt(declared, ':');
  return {
    name,
    kind,
    ...(annotation === undefined ? {} : { annotation }),
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}

/** The items of the bracketed list at the start of a text, and what follows it. */
function readList(text: string): { readonly items: readonly string[]; readonly rest: string } {
  const items: string[] = [];
  let item = '';
  for (const { source, top, end } of topTokens(text.slice(1))) {
    const closes = top && (source === ')' || source === ']');
    if (closes || (top && source === ',')) {
      items.push(item.trim());
      item = '';
    } else item += source;
    if (closes) return { items, rest: text.slice(end + 1) };
  }
  return { items: [...items, item.trim()], rest: '' };
}

/** What stands before and behind the first top-level separator; nothing behind where there is none. */
function splitAt(text: string, separator: string): [before: string, behind?: string] {
  let before = '';
  for (const { source, top, end } of topTokens(text)) {
    if (top && source === separator) return [before.trim(), text.slice(end).trim()];
    before += source;
  }
  return [before.trim()];
}

interface Token {
  readonly source: string;
  /** Outside brackets, and not in the parameters of a lambda. */
  readonly top: boolean;
  readonly end: number;
}

const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;

/** Words, strings and single characters; comments and joined lines become a space. */
function* topTokens(text: string): Generator<Token> {
  let depth = 0;
  let lambdas = 0;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const end = tokenEnd(text, at);
    const source = character === '#' || character === '\\' ? ' ' : text.slice(at, end);
    yield { source, top: depth === 0 && lambdas === 0, end };
    at = end;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && source === 'lambda') lambdas++;
    else if (depth === 0 && character === ':' && lambdas > 0) lambdas--;
  }
}

function tokenEnd(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === '"' || character === "'") return skipPythonString(text, at);
  if (character === '#') return lineBreak(text, at);
  if (character === '\\') return at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : at + 1;
}
