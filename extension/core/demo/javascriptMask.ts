const beforeRegex =
  /(?:^|[([{,;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|await|yield|throw|else|do))$/;

/** Characters in which a regular expression must end to be one. */
const longestRegex = 2000;
/** Templates inside templates; what is nested deeper is taken for one literal to the end. */
const deepestTemplate = 50;

/** A copy of JavaScript source, of the same length, whose comments, strings, templates and regular expressions are blank. */
export function maskJavaScript(text: string): string {
  const interesting = /\/\/|\/\*|["'`/]/g;
  const parts: string[] = [];
  let kept = 0;
  for (let found = interesting.exec(text); found; found = interesting.exec(text)) {
    const start = found.index;
    const end = literalEnd(text, start, found[0]);
    if (end === undefined) continue;
    parts.push(text.slice(kept, start), blank(text.slice(start, end)));
    kept = end;
    interesting.lastIndex = end;
  }
  return parts.join('') + text.slice(kept);
}

function literalEnd(text: string, start: number, opening: string): number | undefined {
  if (opening === '//') return indexAfter(/[\r\n\u2028\u2029]/g, text, start, 0);
  if (opening === '/*') return indexAfter(/\*\//g, text, start + 2, 2);
  if (opening === '`') return templateEnd(text, start);
  if (opening !== '/') return quotedEnd(text, start, opening);
  return beforeRegex.test(text.slice(Math.max(0, start - 40), start).trimEnd()) ? regexEnd(text, start) : undefined;
}

function indexAfter(pattern: RegExp, text: string, from: number, length: number): number {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found ? found.index + length : text.length;
}

function quotedEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === quote) return at + 1;
    else if (character === '\n') return at;
  }
  return text.length;
}

/** Also over `${…}`, with the literals inside it. */
function templateEnd(text: string, start: number, depth = 0): number {
  if (depth > deepestTemplate) return text.length;
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '`') return at + 1;
    else if (character === '$' && text.charAt(at + 1) === '{') at = substitutionEnd(text, at + 2, depth) - 1;
  }
  return text.length;
}

function substitutionEnd(text: string, start: number, templates: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
    else if (character === '"' || character === "'") at = quotedEnd(text, at, character) - 1;
    else if (character === '`') at = templateEnd(text, at, templates + 1) - 1;
  }
  return text.length;
}

function regexEnd(text: string, start: number): number | undefined {
  let inClass = false;
  const limit = Math.min(text.length, start + longestRegex);
  for (let at = start + 1; at < limit; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '\n') return undefined;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at + 1;
  }
  return undefined;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
