import { posix, win32 } from 'node:path';
import type { LogDialect } from './era';
import type { Attachment } from './row';

/** What decides on the name of a file besides the file. */
export interface MediaNaming {
  /** The next number in the component's directory: how many entries it has, or more when that name is taken. */
  readonly number: number;
  /** That many random lower-case hex digits. */
  readonly random: (digits: number) => string;
}

/** Where an attachment is stored: names below the flagging directory, the last one being the file's. */
export function mediaSegments(attachment: Attachment, { media }: LogDialect, naming: MediaNaming): string[] {
  const { directory, source } = attachment;
  const name = 'file' in source ? baseName(source.file) : `tmp${naming.random(8)}${source.extension}`;
  switch (media.folder) {
    case 'numbered':
      return [directory, `${naming.number}${extensionOf(attachment, name)}`];
    case 'flat':
      return [directory, 'file' in source ? withRandom(name, naming.random(8)) : name];
    case 'hex40':
      return 'file' in source ? [directory, naming.random(40), name] : [directory, name];
    case 'hex20':
      return [directory, naming.random(20), name];
  }
}

/** The flagging directory in both of its forms. */
export interface FlaggingDirectory {
  readonly absolute: string;
  readonly given: string;
}

/** The text that stands in the cell for a stored attachment. */
export function mediaCell(
  segments: readonly string[],
  { media }: LogDialect,
  directory: FlaggingDirectory,
  platform: NodeJS.Platform = process.platform,
): string {
  switch (media.path) {
    case 'relative':
      return segments.join('/');
    case 'absolute':
      return pythonPath([directory.absolute, ...segments], platform);
    case 'given':
      return pythonPath([directory.given, ...segments], platform);
  }
}

/** Joins as Python's `pathlib` does: `./a//b/` is `a/b`, while `..` stays. */
function pythonPath([first = '', ...rest]: readonly string[], platform: NodeJS.Platform): string {
  const system = platform === 'win32' ? win32 : posix;
  const { sep } = system;
  const { root } = system.parse(first);
  const parts = first
    .slice(root.length)
    .split(sep === '/' ? '/' : /[\\/]/)
    .filter((part) => part !== '' && part !== '.');
  return root.replaceAll('/', sep) + [...parts, ...rest].join(sep);
}

/** The name after the last separator of either kind, since a payload may come from another system; never `..`. */
function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return /^\.*$/.test(name) ? 'file' : name;
}

function withRandom(name: string, random: string): string {
  const { name: stem, ext } = posix.parse(name);
  return stem + random + ext;
}

/** The lower-case extension with its dot; that of the original name where the file has none. */
function extensionOf({ originalName }: Attachment, name: string): string {
  const extension = posix.extname(name) || posix.extname(baseName(originalName ?? ''));
  return /^\.[\p{L}\p{N}_-]{1,16}$/u.test(extension) ? extension.toLowerCase() : '';
}
