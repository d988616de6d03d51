/** Thrown inside the parser only. */
class NotALiteral extends Error {}

const words = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };

/** Deeper lists are left as text. */
const maximumDepth = 100;

/**
 * The list that Python's `repr` wrote as this text: what logs hold for several choices (Gradio 3.2 to 4.21) and several
 * files (3.24 to 3.50).
 *
 * @returns undefined for any other text
 */
export function parsePythonList(text: string): unknown[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  try {
    const reader = new Reader(text);
    const list = reader.list(0);
    return reader.atEnd() ? list : undefined;
  } catch (error) {
    if (error instanceof NotALiteral) return undefined;
    throw error;
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return this.at === this.text.length;
  }

  list(depth: number): unknown[] {
    if (depth > maximumDepth || !this.take('[')) throw new NotALiteral();
    const items: unknown[] = [];
    if (this.take(']')) return items;
    do items.push(this.item(depth));
    while (this.take(', '));
    if (!this.take(']')) throw new NotALiteral();
    return items;
  }

  private item(depth: number): unknown {
    const next = this.text[this.at];
    if (next === '[') return this.list(depth + 1);
    if (next === "'" || next === '"') return this.string(next);
    const word = this.match(/[^,\]]+/y);
    if (words.has(word)) return words.get(word);
    if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(word)) throw new NotALiteral();
    return Number(word);
  }

  private string(quote: string): string {
    let text = '';
    for (this.at++; ;) {
      text += this.match(quote === "'" ? /[^'\\]*/y : /[^"\\]*/y);
      if (this.take(quote)) return text;
      if (!this.take('\\')) throw new NotALiteral();
      text += this.escape();
    }
  }

  private escape(): string {
    const code = this.match(/x[\da-f]{2}|u[\da-f]{4}|U000[\da-f]{5}|U0010[\da-f]{4}/y);
    if (code) return String.fromCodePoint(parseInt(code.slice(1), 16));
    const character = escapes[this.text[this.at] ?? ''];
    if (character === undefined) throw new NotALiteral();
    this.at++;
    return character;
  }

  private take(part: string): boolean {
    if (!this.text.startsWith(part, this.at)) return false;
    this.at += part.length;
    return true;
  }

  /** What a sticky pattern matches here; empty when it does not. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}
