import { apostrophe, encodeRecord, excel } from '../../csv/dialect';
import { parseRecords, readRecord } from '../../csv/parse';
import { componentDirectory } from './directory';
import { dialects, type Era, type LogDialect } from './era';
import { logNumber } from './logName';
import { normalisedJson, sanitise } from './sanitise';

/** What the beginning of a log tells about it. */
export interface DetectedLog {
  /** The dialect of its era, as `CSVLogger` wrote it. */
  readonly dialect: LogDialect;
  readonly header: readonly string[];
}

/**
 * The layout of an existing log, or undefined for a file that is none: another name, no header, a chat log.
 *
 * Some eras differ only where the rows show it. Without such a sign the newest release that writes this name and header
 * is assumed: E for `log.csv` with all three columns (`ClassicCSVLogger` of later releases writes the same), F2 for
 * `dataset1.csv`, A for `log.csv` with fewer columns.
 *
 * @param head the beginning of the file, some rows long; an incomplete last row does no harm
 */
export function detectLog(fileName: string, head: string): DetectedLog | undefined {
  const text = head.replace(/^\ufeff/, '');
  const csv = hasApostrophes(text) ? apostrophe : excel;
  const [header = [], ...rows] = parseRecords(text, csv);
  if (header.at(-1) !== 'timestamp' || isChatLog(header)) return undefined;
  const era = eraOf(fileName, header, rows, csv === apostrophe);
  return era && { dialect: dialects[era], header };
}

/**
 * The dialect for the next row of an existing log: that of the logger at work where the log may be its own, else the
 * log's. `ClassicCSVLogger` of Gradio 6 writes what looks like a log of Gradio 4.44.
 */
export function dialectToContinue(detected: LogDialect, own: LogDialect): LogDialect {
  const alike = detected.era === own.era || (detected.era === 'E' && own.fileName === 'log');
  return alike && own.header ? own : detected;
}

/** Whether every cell of the header is quoted by apostrophes; the first label may also begin with one. */
function hasApostrophes(text: string): boolean {
  const { cells, end } = readRecord(text, 0, apostrophe);
  const isHeader = cells.at(-1) === 'timestamp'; // a guarded label may begin with an apostrophe that a row closes
  return isHeader && encodeRecord(cells, apostrophe).trimEnd() === text.slice(0, end).trimEnd();
}

function eraOf(
  fileName: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  apostrophes: boolean,
): Era | undefined {
  const named = (era: Era): boolean => logNumber(dialects[era], fileName) !== undefined;
  if (named('guide')) return 'guide';
  if (named('F2')) return rows.flat().some(isPrefixedJson) ? 'F1' : 'F2';
  if (!named('E')) return undefined;
  const allThree = header.slice(-3).join() === 'flag,username,timestamp';
  if (apostrophes) return allThree ? 'B2' : 'B1';
  return allThree ? eraOfRows(header, rows) : 'A';
}

/** What a column of cells, empty ones left out, shows about the era; `directory` is where its files would be. */
type Sign = (cells: readonly string[], directory: string) => boolean;

/** A sign that one cell is enough for. */
const any =
  (shows: (cell: string, directory: string) => boolean): Sign =>
  (cells, directory) =>
    cells.some((cell) => shows(cell, directory));

/** A sign that a text could be by chance, and is not when the whole column is like that. */
const all =
  (pattern: RegExp): Sign =>
  (cells) =>
    cells.length > 0 && cells.every((cell) => pattern.test(cell));

/** How the data models of components begin without spaces. */
const compactModel = /^(?:\{"(?:path|label|video|headers|image|type)":|\[\{"(?:token|image)":)[^ ]/;

const signs: readonly (readonly [Era, Sign])[] = [
  ['D', any((cell) => compactModel.test(cell) && ![undefined, cell].includes(normalisedJson(cell)))],
  ['C2', any((cell, directory) => isAbsolute(cell) && /^[\da-f]{40}$/.test(folderOf(cell, directory)))],
  ['E', any((cell, directory) => /^[\da-f]{20}$/.test(folderOf(cell, directory)))],
  ['C2', any((cell, directory) => isAbsolute(cell) && isIn(directory, /^tmp[a-z\d_]{8}\.json$/, cell))],
  ['C1', any((cell, directory) => isAbsolute(cell) && isIn(directory, /[a-z\d_]{8}\.[^.]+$/, cell))],
  ['C2', any((cell) => /^-\d/.test(cell))],
  ['C2', all(/^(?:True|False)$/)],
  ['C2', all(/^\['.*'\]$/s)],
];

/** The era of a `log.csv` with all three columns: the first sign that any of its columns shows. */
function eraOfRows(header: readonly string[], rows: readonly (readonly string[])[]): Era {
  const columns = header.slice(0, -3).map((label, index) => ({
    cells: rows.map((row) => row[index] ?? '').filter((cell) => cell !== ''),
    directory: componentDirectory(label, index, 'keep-list'),
  }));
  const found = signs.find(([, shows]) => columns.some(({ cells, directory }) => shows(cells, directory)));
  return found?.[0] ?? 'E';
}

/** The random folder of a file's path: the one between the component's directory and the file, or an empty text. */
function folderOf(path: string, directory: string): string {
  const [component, folder = ''] = path.split(/[\\/]/).slice(-3);
  return component === directory ? folder : '';
}

/** Whether a path is that of such a file directly in the component's directory. */
function isIn(directory: string, name: RegExp, path: string): boolean {
  const [folder, file = ''] = path.split(/[\\/]/).slice(-2);
  return folder === directory && name.test(file);
}

/** Before 6.1 JSON was guarded like any text; since then valid JSON never is. */
function isPrefixedJson(cell: string): boolean {
  const json = cell.slice(1);
  return sanitise(json, 'prefix') === cell && normalisedJson(json) === json;
}

function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
}

/** `ChatCSVLogger` logs conversations, with four cells below five names. */
function isChatLog(header: readonly string[]): boolean {
  return header.join() === 'conversation,index,value,flag,timestamp';
}
