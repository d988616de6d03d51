import { apostrophe, excel } from '../../csv/dialect';
import { parseRecords } from '../../csv/parse';
import { dialects, type Era, type LogDialect } from './era';
import { logNumber } from './logName';
import { normalisedJson } from './sanitise';

/** What the beginning of a log tells about it. */
export interface DetectedLog {
  /** The dialect in which it is continued. */
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
  const csv = text.startsWith("'") ? apostrophe : excel;
  const [header = [], ...rows] = parseRecords(text, csv);
  if (header.at(-1) !== 'timestamp' || isChatLog(header)) return undefined;
  const era = eraOf(fileName, header, rows, csv === apostrophe);
  return era && { dialect: dialects[era], header };
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
  return allThree ? eraOfRows(rows) : 'A';
}

const signs: readonly (readonly [Era, (cell: string) => boolean])[] = [
  ['D', (cell) => /^\{"(?:path|label|video|headers|image|type)":"?[^ ]/.test(cell)],
  ['C2', (cell) => isAbsolute(cell) && /[\\/][\da-f]{40}[\\/][^\\/]+$/.test(cell)],
  ['E', (cell) => /[\\/][\da-f]{20}[\\/][^\\/]+$/.test(cell)],
  ['C2', (cell) => isAbsolute(cell) && /[\\/]tmp[a-z\d_]{8}\.json$/.test(cell)],
  ['C1', (cell) => isAbsolute(cell) && /[\\/][^\\/]*[a-z\d_]{8}\.[^\\/.]+$/.test(cell)],
];

/** The era of a `log.csv` with all three columns: the first sign that any of its cells shows. */
function eraOfRows(rows: readonly (readonly string[])[]): Era {
  const cells = rows.flatMap((row) => row.slice(0, -3));
  const found = signs.find(([, shows]) => cells.some(shows))?.[0];
  if (found) return found;
  return cells.some((cell) => /^(?:-\d|True$|False$|\[')/.test(cell)) ? 'C2' : 'E';
}

/** Before 6.1 JSON was guarded like any text; since then valid JSON never is. */
function isPrefixedJson(cell: string): boolean {
  return cell.startsWith("'") && normalisedJson(cell.slice(1)) !== undefined;
}

function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
}

/** `ChatCSVLogger` logs conversations, with four cells below five names. */
function isChatLog(header: readonly string[]): boolean {
  return header.join() === 'conversation,index,value,flag,timestamp';
}
