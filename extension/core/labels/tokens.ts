/**
 * The tokens of a text as scikit-learn's `CountVectorizer` finds them with its defaults: lower case, then runs of at
 * least two letters, digits or underscores (`(?u)\b\w\w+\b`), each a whole code point.
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  eachToken(text, (lower, start, end) => tokens.push(lower.slice(start, end)));
  return tokens;
}

/** Visits the tokens as parts of the text in lower case, without making a string of each. */
export function eachToken(text: string, visit: (lower: string, start: number, end: number) => void): void {
  const lower = text.toLowerCase();
  if (!isAscii(lower)) {
    for (const { 0: token, index } of lower.matchAll(word)) visit(lower, index, index + token.length);
    return;
  }
  let start = -1;
  for (let index = 0; index <= lower.length; index++) {
    const inWord = index < lower.length && isWordCode[lower.charCodeAt(index)] === 1;
    if (inWord && start < 0) start = index;
    if (!inWord && start >= 0) {
      if (index - start > 1) visit(lower, start, index);
      start = -1;
    }
  }
}

/** Python's `\w`: categories L and N, and the underscore; marks are not part of words. */
const word = /[\p{L}\p{N}_]{2,}/gu;

/** Whether each of the first 128 characters is part of words; for most texts that is all, and several times as fast. */
const isWordCode = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0));

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

/** By code points, as Python sorts; JavaScript's own order compares UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one !== other) return codePointRank(one) - codePointRank(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
