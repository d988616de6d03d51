import { ExpectedError } from '../../errors';
import type { StagingWarning } from './types';

/** Bytes of a name that file systems take. */
const longestName = 255;
/** Characters of a path that Windows takes below a folder of its own. */
const longestPath = 200;
/** Paths that a warning names. */
const named = 10;

/** @throws ExpectedError for a path that no repository, or not every system, can have */
export function checkPath(path: string): void {
  const problem = problemOf(path);
  if (problem === undefined) return;
  throw new ExpectedError(`${JSON.stringify(path)} cannot be pushed: ${problem}.`, 'Rename it, or leave it out.');
}

function problemOf(path: string): string | undefined {
  if (/\p{Cc}/u.test(path)) return 'its name has control characters';
  if (path.includes('\\')) return 'its name has a backslash, which parts folders on Windows';
  if (path.includes('\ufffd')) return 'its name is no UTF-8';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'it leads out of its folder';
  return parts[0] === '.git' ? 'it is a part of git itself' : undefined;
}

/** What is legal and still causes trouble on another machine. */
export function pathWarnings(paths: readonly string[]): StagingWarning[] {
  return [
    ...pathsWarning(
      'caseCollision',
      'Names that differ in upper and lower case only; Windows and macOS keep one of them',
      caseCollisions(paths),
    ),
    ...pathsWarning('fileLimit', 'Names that are too long for some systems', paths.filter(isTooLong)),
  ];
}

/** Paths that are the same for a file system that ignores case. */
function caseCollisions(paths: readonly string[]): string[] {
  const byFolded = new Map<string, string[]>();
  for (const path of paths) {
    const folded = path.normalize().toLowerCase();
    const same = byFolded.get(folded);
    if (same) same.push(path);
    else byFolded.set(folded, [path]);
  }
  return [...byFolded.values()].filter(({ length }) => length > 1).flat();
}

function isTooLong(path: string): boolean {
  return path.length > longestPath || path.split('/').some((name) => Buffer.byteLength(name) > longestName);
}

/** One warning that names the first paths and counts the others; none without paths. */
export function pathsWarning(kind: StagingWarning['kind'], what: string, paths: readonly string[]): StagingWarning[] {
  if (paths.length === 0) return [];
  const listed = paths.slice(0, 3).map((path) => JSON.stringify(path));
  const others = paths.length - listed.length;
  const more = others > 0 ? ` and ${others.toLocaleString('en')} more` : '';
  return [{ kind, message: `${what}: ${listed.join(', ')}${more}.`, paths: paths.slice(0, named) }];
}
