import { excel } from '../../csv/dialect';
import { setCell } from '../../csv/editCells';
import { encode } from '../../csv/encodings';
import { recordSpan } from '../../csv/recordSpans';
import type { RecordFile } from '../../csv/recordTexts';
import type { Span, TextEdit } from '../../csv/spans';
import { textOf } from '../../dataset/readRecords';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';
import { membersOf, type JsonMember } from './jsonMembers';
import { fromUnitText, toUnitText } from './unitText';

/** A record of a file as a text of one character a code unit. */
export interface UnitRecord {
  readonly file: Pick<RecordFile, 'encoding' | 'separators'>;
  readonly text: string;
}

/** Where a cell of a table stands in its records. */
export interface Column {
  readonly name: string;
  /** From 0. */
  readonly position: number;
}

/** The edit that gives one cell a value and touches nothing else of the record. */
export type EditCell = (record: UnitRecord, column: Column, value: Json) => TextEdit;

/**
 * In CSV and TSV a quoted cell stays quoted, another one is quoted when its text needs it.
 *
 * @throws ExpectedError when the encoding has no bytes for the text
 */
export const editCsvCell: EditCell = ({ file, text }, { position }, value) => {
  const { encoding, separators } = file;
  const written = toUnitText(textOf(value), encoding);
  if (written === undefined) throw notWritable(textOf(value), encoding);
  return setCell(text, recordSpan(text, 0, separators), position, written, { ...excel, ...separators });
};

/**
 * In JSON Lines the characters of the value are replaced, of the last one when a key is there twice: readers take that.
 * A key that is missing is added behind the others, with their spacing.
 */
export const editJsonCell: EditCell = ({ file, text }, { name }, value) => {
  const members = membersOf(text);
  const own = members.findLast(({ key }) => isKey(name, textAt(text, key), file));
  const spelled = (json: string): string => spell(json, text, file);
  const gap = gapsOf(text, members);
  if (own) {
    const number = numberLike(textAt(text, own.value), value);
    return { ...own.value, text: number ?? spelled(jsonText(value, gap.comma)) };
  }
  const last = members.at(-1);
  const start = last ? last.value.end : text.indexOf('{') + 1;
  const added = JSON.stringify(name) + gap.colon + jsonText(value, gap.comma);
  return { start, end: start, text: spelled(last ? gap.comma + added : added) };
};

/** A number as the one in its place is written; undefined for what has no spelling of its own. */
function numberLike(old: string, value: Json): string | undefined {
  if (typeof value === 'number')
    return /^-?\d+\.0$/.test(old) && Number.isSafeInteger(value) ? `${value}.0` : undefined;
  // A number of more digits than JavaScript holds is a text in the table.
  const isLong = /^-?\d{16,}$/.test(old) && typeof value === 'string' && /^-?\d+$/.test(value);
  return isLong ? value : undefined;
}

interface Gaps {
  readonly comma: string;
  readonly colon: string;
}

/** What stands between members, and between a key and its value. */
function gapsOf(text: string, [first, second]: readonly JsonMember[]): Gaps {
  const colon = first ? text.slice(first.key.end, first.value.start) : ': ';
  const usual = colon === ':' ? ',' : ', ';
  return { colon, comma: first && second ? text.slice(first.value.end, second.key.start) : usual };
}

function jsonText(value: Json, comma: string): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[${value.map((item: Json) => JSON.stringify(item)).join(comma)}]`;
}

/** Characters that the encoding or the style of the line does not have are written as escapes. */
function spell(json: string, line: string, { encoding }: UnitRecord['file']): string {
  const isEscaped = /\\u[0-9a-f]{4}/i.test(line) && !/[^\0-\x7f]/.test(line);
  const written = isEscaped ? undefined : toUnitText(json, encoding);
  return written ?? json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0))}`);
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, '0');
}

function isKey(name: string, key: string, { encoding }: UnitRecord['file']): boolean {
  return JSON.parse(fromUnitText(key, encoding)) === name;
}

function textAt(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function notWritable(text: string, encoding: RecordFile['encoding']): ExpectedError {
  const lost = Array.from(text).find((character) => encode(character, encoding) === undefined) ?? '';
  return new ExpectedError(
    `The label ${JSON.stringify(text)} cannot be written in ${encoding}, which has no “${lost}”. Nothing was changed.`,
    'Choose a label without that character, or save the dataset as UTF-8.',
  );
}
