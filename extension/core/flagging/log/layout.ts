import { excel, type CsvDialect } from '../../csv/dialect';
import { parseRecords, readRecord } from '../../csv/parse';
import { detectLog, type DetectedLog } from '../format/detect';
import { columnKind } from './cellValue';
import { unguarded } from './guard';
import { cellsOfLine, keysOfLines } from './jsonLines';
import { isTimestamp } from './timestampCell';
import type { ColumnRole, LogLayout, LogLayoutName } from './types';

/** So much behind the header decides on the layout. UTF-16 units. */
const longestLook = 65_536;

const chatHeader = 'conversation,index,value,flag,timestamp';

/** A layout before its columns are known by their cells. */
interface Found {
  readonly era: LogLayoutName;
  readonly csv: CsvDialect;
  readonly names: readonly string[];
  readonly roles: readonly ColumnRole[];
  readonly header: readonly string[];
}

/**
 * The layout of a log. Never fails: what is no log is a table of `extra` columns.
 *
 * @param head the decoded text or its beginning, as long as the header and some rows; the rest is not looked at
 */
export function detectLayout(fileName: string, head: string): LogLayout {
  const text = head.replace(/^\ufeff/, '');
  return isLines(fileName) ? linesLayout(fileName, text) : csvLayout(fileName, text);
}

/** How much of a text decides on its layout. UTF-16 units. */
export function layoutEnd(fileName: string, text: string): number {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  return mark + (isLines(fileName) ? linesEnd(text) : readRecord(text, mark, excel).end) + longestLook;
}

function isLines(fileName: string): boolean {
  return /\.(?:jsonl|ndjson)$/i.test(fileName);
}

function linesEnd(text: string): number {
  return Math.max(text.indexOf('\n'), longestLook);
}

/** Whether a record is the header again or that of another log: several may have come into one file. */
export function isHeaderRecord(layout: LogLayout, cells: readonly string[]): boolean {
  if (layout.header.length === 0 || layout.era === 'unknown') return false;
  const hasTimestamp = layout.columns.some(({ role }) => role === 'timestamp');
  return (hasTimestamp && cells.length > 1 && cells.at(-1) === 'timestamp') || isSame(cells, layout.header);
}

function linesLayout(fileName: string, text: string): LogLayout {
  const lines = text.slice(0, linesEnd(text) + longestLook).split(/\r?\n/);
  const names = keysOfLines(lines);
  const isHub = fileName === 'metadata.jsonl' && names.includes('flag');
  const found: Found = {
    era: isHub ? 'hub' : 'unknown',
    csv: excel,
    names,
    roles: isHub ? hubRoles(names) : names.map(() => 'extra'),
    header: [],
  };
  const rows = lines.map((line) => cellsOfLine(line, names)).filter((cells) => cells.length > 0);
  return layoutOf(found, 'jsonl', rows);
}

function csvLayout(fileName: string, text: string): LogLayout {
  const head = text.slice(0, readRecord(text, 0, excel).end + longestLook);
  const found = knownLog(fileName, head) ?? unknownTable(head);
  const records = parseRecords(head, found.csv).filter((cells) => cells.length > 0);
  if (head.length < text.length && records.length > 2) records.pop();
  const lineEnd = /^[^\n]*(?<!\r)\n/.test(head) ? '\n' : '\r\n';
  const rows = found.header.length > 0 ? records.slice(1) : records;
  return layoutOf({ ...found, csv: { ...found.csv, lineEnd } }, 'csv', rows);
}

function knownLog(fileName: string, head: string): Found | undefined {
  const header = readRecord(head, 0, excel).cells;
  if (header.join() === chatHeader) {
    const roles: ColumnRole[] = ['component', 'component', 'flag', 'timestamp'];
    return { era: 'chat', csv: excel, names: ['conversation', 'index', 'flag', 'timestamp'], roles, header };
  }
  const detected = detectLog(fileName, head) ?? renamedLog(fileName, head);
  if (detected) return detectedLog(detected);
  if (/^data\.csv$/i.test(fileName) && /^(?:.+,)flag(?:,username)?$/s.test(header.join())) {
    const names = header.map((name) => unguarded(name, { era: 'hub' }));
    return { era: 'hub', csv: excel, names, roles: hubRoles(names), header };
  }
  return withoutHeader(fileName, head);
}

function detectedLog({ dialect, header }: DetectedLog): Found {
  const { era, csv, headerSanitisedTwice } = dialect;
  const once = header.map((name) => unguarded(name, { era }));
  const names = headerSanitisedTwice ? once.map((name) => unguarded(name, { era })) : once;
  return { era, csv, names, roles: rolesOf(names), header };
}

/** A copy under another name (`log (1).csv`, `reviewed.csv`): known by its last column, which holds times. */
function renamedLog(fileName: string, head: string): DetectedLog | undefined {
  const detected = detectLog(usualName(fileName, head), head);
  const rows = detected ? parseRecords(head, detected.dialect.csv).slice(1, 20) : [];
  return rows.some((cells) => isTimestamp(cells.at(-1))) ? detected : undefined;
}

function usualName(fileName: string, head: string): string {
  const stem = /^(dataset|logs|log)(?![a-z])/i.exec(fileName)?.[1]?.toLowerCase();
  if (stem !== undefined) return stem === 'dataset' ? 'dataset1.csv' : `${stem}.csv`;
  return head.startsWith("'") || /^[^\n]*flag,username,timestamp\r?\n/.test(head) ? 'log.csv' : 'logs.csv';
}

/** `SimpleCSVLogger` writes components alone; Gradio 5 also begins a log anew without a header when it was deleted. */
function withoutHeader(fileName: string, head: string): Found | undefined {
  if (!/^(?:logs?(?:-\d+)?|dataset\d+)\.csv$/i.test(fileName)) return undefined;
  const rows = parseRecords(head, excel).filter((cells) => cells.length > 0);
  const [first, ...rest] = rows;
  if (!first || isHeaderOfTable(first, rest)) return undefined;
  const timed = first.length > 1 && isTimestamp(first.at(-1));
  if (!timed && /^dataset/i.test(fileName)) return undefined;
  const names = first.map((_, index) => (timed && index === first.length - 1 ? 'timestamp' : `component ${index}`));
  return { era: 'simple', csv: excel, names, roles: timed ? rolesOf(names) : names.map(() => 'component'), header: [] };
}

/** Whether the first record has names, and a name where all others have a number. */
function isHeaderOfTable(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const isNumber = (cell: string | undefined): boolean => /^'?-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell ?? '');
  const isName = (cell: string): boolean =>
    /^[\p{L}_][\p{L}\p{N}_ .-]{0,60}$/u.test(cell) && !/^(?:nan|infinity|true|false|none)$/i.test(cell);
  return (
    rows.length > 1 &&
    new Set(first).size === first.length &&
    first.every(isName) &&
    first.some((_, index) => rows.every((row) => isNumber(row[index])))
  );
}

function unknownTable(head: string): Found {
  const counts = [',', '\t', ';'].map((delimiter) => {
    const csv = { ...excel, delimiter };
    return { csv, cells: readRecord(head, 0, csv).cells };
  });
  const { csv, cells } = counts.reduce((best, next) => (next.cells.length > best.cells.length ? next : best));
  const header = head === '' ? [] : cells;
  return { era: 'unknown', csv, names: header, roles: header.map(() => 'extra'), header };
}

/** Components first; `flag`, `username` and `timestamp`, each optional, end the header. One component is left. */
function rolesOf(names: readonly string[]): ColumnRole[] {
  const roles: ColumnRole[] = names.map(() => 'component');
  let last = names.length - 1;
  for (const role of ['timestamp', 'username', 'flag'] as const) {
    if (last > 0 && names[last] === role) roles[last--] = role;
  }
  return roles;
}

/** On the Hub the column of a file is followed by one with its address. */
function hubRoles(names: readonly string[]): ColumnRole[] {
  return names.map((name, index) => {
    if (name === 'flag' || name === 'username') return name;
    return index > 0 && name === `${names[index - 1]} file` ? 'extra' : 'component';
  });
}

function layoutOf(
  { era, csv, names, roles, header }: Found,
  format: LogLayout['format'],
  rows: readonly (readonly string[])[],
): LogLayout {
  const columns = names.map((name, index) => {
    const column = { index, name: name || `component ${index}`, role: roles[index] ?? 'extra' };
    const cells = column.role === 'component' ? rows.map((row) => row[index] ?? '') : [];
    return { ...column, kind: columnKind(cells, column, { era, format }) };
  });
  return { era, format, csv, columns, headerRecords: header.length > 0 ? 1 : 0, header };
}

function isSame(cells: readonly string[], others: readonly string[]): boolean {
  return cells.length === others.length && cells.every((cell, index) => cell === others[index]);
}
