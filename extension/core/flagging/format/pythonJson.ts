import { ExpectedError } from '../../errors';
import { pythonFloat, ryuFloat } from './pythonFloat';
import { isList, isMap, maximumDepth, PythonFloat, toPythonValue, type PythonValue } from './pythonValue';

/** CPython refuses to convert longer integers since 3.11 (`sys.int_info.default_max_str_digits`). */
const maximumDigits = 4300;

/**
 * Python's `json.loads`: as strict as `JSON.parse`, except that `NaN`, `Infinity` and `-Infinity` are values.
 *
 * @returns undefined when the text is not JSON, or is nested too deeply to be read by anything
 * @throws ExpectedError for an integer of more than 4300 digits, at which Gradio fails as well
 */
export function parsePythonJson(text: string): PythonValue | undefined {
  return /^[ \t\n\r]*["[{\-\dNItfn]/.test(text) ? new Parser(text).parse() : undefined;
}

/** Python's `json.dumps` with its defaults: `", "` and `": "`, everything beyond ASCII escaped. */
export function dumpsPythonJson(value: unknown): string {
  return write(toPythonValue(value), pythonStyle);
}

/** Pydantic's `model_dump_json`, which Gradio 4.0 to 4.21 wrote: no spaces, nothing escaped that need not be. */
export function compactJson(value: unknown): string {
  return write(toPythonValue(value), compactStyle);
}

interface Style {
  readonly item: string;
  readonly pair: string;
  readonly string: (text: string) => string;
  readonly float: (value: number) => string;
}

const pythonStyle: Style = {
  item: ', ',
  pair: ': ',
  string: (text) =>
    JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  float: pythonFloat,
};

const compactStyle: Style = {
  item: ',',
  pair: ':',
  string: (text) => JSON.stringify(text),
  float: (value) => (Number.isFinite(value) ? ryuFloat(value) : 'null'),
};

function write(value: PythonValue, style: Style): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return style.string(value);
  if (value instanceof PythonFloat) return style.float(value.value);
  if (isList(value)) return `[${value.map((item) => write(item, style)).join(style.item)}]`;
  if (!isMap(value)) return String(value);
  const pairs = [...value].map(([key, item]) => style.string(key) + style.pair + write(item, style));
  return `{${pairs.join(style.item)}}`;
}

/** Thrown inside the parser only. */
class NotJson extends Error {}

const words: ReadonlyMap<string, PythonValue> = new Map<string, PythonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', new PythonFloat(NaN)],
  ['Infinity', new PythonFloat(Infinity)],
  ['-Infinity', new PythonFloat(-Infinity)],
]);

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parse(): PythonValue | undefined {
    try {
      this.space();
      const value = this.value();
      this.space();
      return this.at === this.text.length ? value : undefined;
    } catch (error) {
      if (error instanceof NotJson) return undefined;
      throw error;
    }
  }

  private value(): PythonValue {
    switch (this.text.charAt(this.at)) {
      case '"':
        return this.string();
      case '[':
        return this.nested(() => this.array());
      case '{':
        return this.nested(() => this.object());
      default:
        return this.wordOrNumber();
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > maximumDepth) throw new NotJson();
    this.at++;
    this.space();
    const value = read();
    this.depth--;
    return value;
  }

  private array(): PythonValue[] {
    const items: PythonValue[] = [];
    if (this.take(']')) return items;
    do {
      this.space();
      items.push(this.value());
      this.space();
    } while (this.take(','));
    this.expect(']');
    return items;
  }

  /** A repeated key keeps its first place and takes the last value, as in Python. */
  private object(): ReadonlyMap<string, PythonValue> {
    const pairs = new Map<string, PythonValue>();
    if (this.take('}')) return pairs;
    do {
      this.space();
      if (this.text[this.at] !== '"') throw new NotJson();
      const key = this.string();
      this.space();
      this.expect(':');
      this.space();
      pairs.set(key, this.value());
      this.space();
    } while (this.take(','));
    this.expect('}');
    return pairs;
  }

  private string(): string {
    const plain = /[ !#-[\]-\uffff]*/y;
    let text = '';
    this.at++;
    for (;;) {
      text += this.match(plain);
      if (this.take('"')) return text;
      this.expect('\\');
      text += this.escape();
    }
  }

  private escape(): string {
    const unit = this.match(/u[\da-fA-F]{4}/y);
    if (unit) return String.fromCharCode(parseInt(unit.slice(1), 16));
    const escape = escapes[this.text[this.at] ?? ''];
    if (escape === undefined) throw new NotJson();
    this.at++;
    return escape;
  }

  private wordOrNumber(): PythonValue {
    const word = words.get(this.match(/true|false|null|NaN|-?Infinity/y));
    return word === undefined ? this.number() : word;
  }

  private number(): PythonValue {
    const number = this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (!number) throw new NotJson();
    if (/[.eE]/.test(number)) return new PythonFloat(Number(number));
    if (number.replace('-', '').length > maximumDigits) {
      throw new ExpectedError(
        `A whole number has more than ${maximumDigits} digits, which Python refuses to read.`,
        'Shorten it, or choose the log format "guide".',
      );
    }
    return BigInt(number);
  }

  private space(): void {
    this.match(/[ \t\n\r]*/y);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) throw new NotJson();
  }

  /** Reads what a sticky pattern matches here; an empty string when it does not. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}
