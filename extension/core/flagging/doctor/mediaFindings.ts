import { basename, isAbsolute, relative, sep } from 'node:path';
import { setCell } from '../../csv/editCells';
import type { RecordSpan, TextEdit } from '../../csv/spans';
import type { LoggedValue, LogLayout } from '../log/types';
import type { LogRecord, ReadLog } from './records';
import type { Finding, Fix, LogFacts } from './types';

/** Files that are not there, paths that are valid on this machine alone, and files that nothing names. */
export function checkMedia(text: string, { layout, records }: ReadLog, facts: LogFacts): Finding[] {
  const unused = new Map<string, string[]>();
  for (const file of facts.unused) unused.set(basename(file), [...(unused.get(basename(file)) ?? []), file]);
  const found = records.flatMap((record) =>
    (record.sample?.values ?? []).flatMap((value) => {
      const rename: Rename = (title, names) => cellFix(text, layout, record, value, title, names);
      const span = record.span.cells[value.column.index] ?? record.span;
      const place = { span, line: record.line, row: record.sample?.row ?? null };
      return valueFindings(value, facts, unused, rename).map((finding) => ({ ...place, ...finding }));
    }),
  );
  const used = new Set(found.flatMap(({ kind, fix }) => (kind === 'missing-media' && fix ? fix.title : [])));
  const unusedStill = facts.unused.filter((file) => !used.has(useInstead(besideLog(file, facts) ?? file)));
  return [...found, ...unusedFiles(records[0], unusedStill)];
}

function useInstead(path: string): string {
  return `Use ${path} instead`;
}

/** The fix that gives paths in the cell at hand other texts. */
type Rename = (title: string, names: ReadonlyMap<string, string>) => Fix | null;
type CellFinding = Pick<Finding, 'kind' | 'message' | 'fix'>;

function valueFindings(
  { media }: LoggedValue,
  facts: LogFacts,
  unused: ReadonlyMap<string, readonly string[]>,
  rename: Rename,
): CellFinding[] {
  const missing = media.flatMap((path): CellFinding[] => {
    const fact = facts.media.get(path);
    if (!fact || 'file' in fact) return [];
    const [file, ...others] = unused.get(nameOf(path)) ?? [];
    const target = file !== undefined && others.length === 0 ? besideLog(file, facts) : undefined;
    const fix = target === undefined ? null : rename(useInstead(target), new Map([[path, target]]));
    return [{ kind: 'missing-media', message: fact.problem, fix }];
  });
  const names = new Map(media.flatMap((path) => relativePath(path, facts)));
  if (names.size === 0) return missing;
  const paths = [...names.keys()].map((path) => `“${path}”`).join(', ');
  const message = `${paths}: an absolute path is not found once the log's folder is moved or copied.`;
  return [...missing, { kind: 'absolute-path', message, fix: rename('Make the path relative', names) }];
}

/** The path from the log's folder for an absolute path to a file inside it. */
function relativePath(path: string, facts: LogFacts): [string, string][] {
  const fact = facts.media.get(path);
  if (!fact || !('file' in fact) || !/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)) return [];
  const target = besideLog(fact.file, facts);
  return target === undefined ? [] : [[path, target]];
}

function besideLog(file: string, { folder }: LogFacts): string | undefined {
  const path = relative(folder, file);
  const isOutside = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return isOutside ? undefined : path.replaceAll(sep, '/');
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Gives the paths in one cell other texts; the rest of the cell stays. */
function cellFix(
  text: string,
  { csv, format }: LogLayout,
  { span, cells }: LogRecord,
  { column, raw }: LoggedValue,
  title: string,
  names: ReadonlyMap<string, string>,
): Fix | null {
  if (format === 'jsonl') {
    const edits = renamedStrings(text, span, names);
    return edits.length > 0 ? { type: 'edits', title, edits } : null;
  }
  if (cells[column.index] !== raw) return null;
  const mended = renamed(raw, names);
  if (mended === raw) return null;
  return { type: 'edits', title, edits: [setCell(text, span, column.index, mended, csv)] };
}

/** The edits of the strings in a line of JSON that are these paths; its keys stay. */
function renamedStrings(
  text: string,
  { start, contentEnd }: RecordSpan,
  names: ReadonlyMap<string, string>,
): TextEdit[] {
  const strings = text.slice(start, contentEnd).matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g);
  return [...strings].flatMap(({ 1: string = '', 2: isKey, index }) => {
    const name = isKey === undefined ? names.get(JSON.parse(string) as string) : undefined;
    if (name === undefined) return [];
    return [{ start: start + index, end: start + index + string.length, text: JSON.stringify(name) }];
  });
}

/** A cell is a path, or JSON that holds paths as strings. */
function renamed(raw: string, names: ReadonlyMap<string, string>): string {
  const whole = names.get(raw);
  if (whole !== undefined) return whole;
  return [...names].reduce((text, [from, to]) => text.replaceAll(JSON.stringify(from), () => JSON.stringify(to)), raw);
}

function unusedFiles(header: LogRecord | undefined, unused: readonly string[]): Finding[] {
  if (unused.length === 0) return [];
  const files = unused.length === 1 ? 'a file' : `${unused.length} files`;
  return [
    {
      kind: 'unused-media',
      span: header?.span ?? { start: 0, end: 0 },
      line: 1,
      row: null,
      message: `No row names ${files} beside the log: ${listed(unused.map((file) => basename(file)))}.`,
      fix: { type: 'trash', title: `Put ${files} that no row names to the trash`, files: unused },
    },
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
