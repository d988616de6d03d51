import { isDeepStrictEqual } from 'node:util';
import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Pair,
  type YAMLSeq,
} from 'yaml';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { yamlText } from './yamlText';

/**
 * The YAML of a front matter, changed key by key. All lines of other keys stay byte for byte, and so do those of a value
 * that is already as it should be.
 */
export class YamlEdits {
  private document: Document;

  /**
   * @param text whole lines
   * @param line number of the first one in its file, from 1
   * @throws ExpectedError naming the line of what is no YAML, or no keys and values
   */
  constructor(
    private text: string,
    private readonly lineEnd: '\n' | '\r\n',
    private readonly line: number,
  ) {
    this.document = this.parse(text);
  }

  toString(): string {
    return this.text;
  }

  /** The value of a key; undefined without it. */
  get(key: string): unknown {
    return this.values()[key];
  }

  /** Writes a key, at the end where it is new; without a value it is removed. */
  set(key: string, value: unknown): void {
    const { [key]: present, ...others } = this.values();
    if (isDeepStrictEqual(present, value)) return;
    const [start, end] = this.spanOf(key);
    if (value === undefined) this.replace(start, end, '', others);
    else this.replace(start, end, yamlText({ [key]: value }), { ...others, [key]: value });
  }

  /** Writes one item of a list, in place of the one that `isIt` finds, else at the end. */
  setItem(key: string, item: object, isIt: (item: unknown) => boolean): void {
    const value = this.get(key);
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    const index = items.findIndex(isIt);
    if (index >= 0 && isDeepStrictEqual(items[index], item)) return;
    const wanted = index < 0 ? [...items, item] : items.with(index, item);
    const list = this.pairOf(key)?.value;
    const place = isSeq(list) && !list.flow ? itemPlace(this.text, list, index) : undefined;
    if (!place) this.set(key, wanted);
    else {
      const indented = yamlText([item]).replaceAll(/^(?=.)/gm, place.indent);
      this.replace(place.start, place.end, indented, { ...this.values(), [key]: wanted });
    }
  }

  private values(): Readonly<Record<string, unknown>> {
    const values: unknown = this.document.toJS();
    return isRecord(values) ? values : {};
  }

  private pairOf(key: string): Pair | undefined {
    const { contents } = this.document;
    return isMap(contents) ? contents.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;
  }

  /** The lines of a key and its value; the end of the text for a new one. */
  private spanOf(key: string): readonly [start: number, end: number] {
    const pair = this.pairOf(key);
    if (!pair) return [this.text.length, this.text.length];
    return [rangeOf(pair.key)[0], lineEndAfter(this.text, endOf(pair))];
  }

  /** @param wanted what the text should say then */
  private replace(start: number, end: number, text: string, wanted: object): void {
    const before = this.text.slice(0, start);
    const gap = before === '' || before.endsWith('\n') ? '' : this.lineEnd;
    const after = before + gap + text.replaceAll('\n', this.lineEnd) + this.text.slice(end);
    const document = this.parse(after);
    if (!isDeepStrictEqual(document.toJS() ?? {}, wanted)) throw this.notEditable();
    this.text = after;
    this.document = document;
  }

  private parse(text: string): Document {
    const document = parseDocument(text, { keepSourceTokens: true });
    const [error] = document.errors;
    const { contents } = document;
    if (error) {
      const place = error.code === 'MISSING_CHAR' ? rangeOf(lastLeaf(contents))[0] : error.pos[0];
      throw this.broken(error.message.split('\n', 1)[0] ?? '', text.slice(0, place).split('\n').length, error);
    }
    if (contents !== null && !(isScalar(contents) && contents.value === null) && !(isMap(contents) && !contents.flow)) {
      throw this.broken('it is no list of "key: value" lines', 1);
    }
    try {
      document.toJS();
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw this.broken(error.message, 1, error);
    }
    return document;
  }

  private broken(reason: string, line: number, cause?: Error): ExpectedError {
    const what = reason.replace(/ at line \d+, column \d+:?$/, '');
    return new ExpectedError(
      `The front matter of README.md is broken at line ${this.line + line - 1}: ${what}.`,
      'Correct that line; the front matter is YAML, with "key: value" on each line.',
      '',
      { cause },
    );
  }

  private notEditable(): ExpectedError {
    return new ExpectedError(
      'The front matter of README.md is written in a way that cannot be changed in place.',
      'Write configs and dataset_info as plain lists without anchors, or remove them.',
    );
  }
}

/** Lines of an item of a block list, or where a new one goes; undefined where it shares its line with other things. */
function itemPlace(
  text: string,
  list: YAMLSeq,
  index: number,
): { readonly start: number; readonly end: number; readonly indent: string } | undefined {
  const tokens = list.srcToken && 'items' in list.srcToken ? list.srcToken.items : [];
  const token = tokens.at(index)?.start.find(({ type }) => type === 'seq-item-ind');
  const last = list.items.at(index);
  if (!token || !last) return undefined;
  const start = text.lastIndexOf('\n', token.offset - 1) + 1;
  const indent = text.slice(start, token.offset);
  if (indent.trim() !== '') return undefined;
  const end = lineEndAfter(text, Math.max(token.offset, endOf(last)));
  return { start: index < 0 ? end : start, end, indent };
}

/** Where the last character of a node's content is, comments after it left out. */
function endOf(node: unknown): number {
  return rangeOf(lastLeaf(node))[1];
}

/** What a block ends with; what is left open reaches to the end of the text, so it is where that began, too. */
function lastLeaf(node: unknown): unknown {
  if (isPair(node)) return isNode(node.value) ? lastLeaf(node.value) : node.key;
  return isCollection(node) && !node.flow && node.items.length > 0 ? lastLeaf(node.items.at(-1)) : node;
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isNode(node) ? node.range : undefined;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

/** The end of the line that a place is on; the place itself where it is the beginning of one. */
function lineEndAfter(text: string, place: number): number {
  if (text[place - 1] === '\n') return place;
  const end = text.indexOf('\n', place);
  return end < 0 ? text.length : end + 1;
}
