import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';

/**
 * What a language model calls a tool with. The editor checks it against the schema of the manifest, but other extensions
 * may pass anything; each failure tells the model what to try instead.
 */
export class ToolInput {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws ExpectedError for what is no object, or has a field that the tool does not know */
  constructor(input: unknown, known: readonly string[]) {
    const fields = input ?? {};
    if (!isRecord(fields)) throw new ExpectedError('The input is no object.', `Fields: ${known.join(', ')}.`);
    const unknown = Object.keys(fields).find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new ExpectedError(`There is no field "${unknown}".`, `Fields: ${known.join(', ')}.`);
    this.fields = fields;
  }

  text(name: string): string | undefined {
    const value = this.given(name);
    if (value === undefined || typeof value === 'string') return value;
    throw wrong(name, 'a text');
  }

  count(name: string): number | undefined {
    const value = this.given(name);
    if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0)) return value as number | undefined;
    throw wrong(name, 'a whole number from 0 on');
  }

  share(name: string): number | undefined {
    const value = this.given(name);
    if (value === undefined || (typeof value === 'number' && value >= 0 && value <= 1)) return value;
    throw wrong(name, 'a number from 0 to 1');
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.given(name);
    const found = known.find((one) => one === value);
    if (value === undefined || found !== undefined) return found;
    throw wrong(name, `one of ${known.join(', ')}`);
  }

  /** One text counts as a list of it. */
  texts(name: string): readonly string[] | undefined {
    const value = this.given(name);
    if (value === undefined) return undefined;
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (texts.every((text) => typeof text === 'string')) return texts;
    throw wrong(name, 'a text, or a list of texts');
  }

  /** @throws ExpectedError when it is not given */
  required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw new ExpectedError(`The field "${name}" is missing.`, 'Call again with it.');
  }

  /** Models write null for what they leave out. */
  private given(name: string): unknown {
    return this.fields[name] ?? undefined;
  }
}

function wrong(name: string, what: string): ExpectedError {
  return new ExpectedError(`The field "${name}" has to be ${what}.`, 'Call again with that.');
}

/** Which part of a list is answered, and how the rest is had. */
export interface Page {
  readonly from: number;
  readonly count: number;
}

/** @param most entries of one answer */
export function pageOf(input: ToolInput, usual: number, most: number): Page {
  return { from: input.count('from') ?? 0, count: Math.min(input.count('count') ?? usual, most) };
}

/** What an answer says of the entries that it leaves out; undefined when there are none. */
export function moreOf({ from, count }: Page, total: number): string | undefined {
  const left = total - from - count;
  return left > 0 ? `${left} more: call again with "from": ${from + count}` : undefined;
}

/** The beginning of a text, and how much of it is left out. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`;
}
