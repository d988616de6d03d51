/**
 * Where a Python string literal ends, whatever its prefix: a backslash keeps the next character from ending it, in raw
 * strings too.
 *
 * @param start of the first quote
 */
export function skipPythonString(text: string, start: number): number {
  const quote = text.charAt(start);
  return text.startsWith(quote.repeat(3), start) ? endOfLong(text, start, quote) : endOfShort(text, start, quote);
}

function endOfLong(text: string, start: number, quote: string): number {
  const fence = quote.repeat(3);
  for (let at = text.indexOf(fence, start + 3); at >= 0; at = text.indexOf(fence, at + 1)) {
    if (!isEscaped(text, at, start + 3)) return at + 3;
  }
  return text.length;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let slashes = 0;
  while (at - slashes > start && text.charAt(at - slashes - 1) === '\\') slashes++;
  return slashes % 2 === 1;
}

/** A line break ends a short string that was never closed. */
function endOfShort(text: string, start: number, quote: string): number {
  const stop = quote === '"' ? /["\\\r\n]/g : /['\\\r\n]/g;
  stop.lastIndex = start + 1;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === quote) return found.index + 1;
    if (found[0] !== '\\') return found.index;
    stop.lastIndex = found.index + (text.startsWith('\r\n', found.index + 1) ? 3 : 2);
  }
  return text.length;
}
