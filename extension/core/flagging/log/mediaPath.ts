import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The file that a path of a log names, absolute and with links followed, or a sentence on why there is none. */
export type ResolvedMedia = { readonly file: string } | { readonly problem: string };

/** Where to look. */
export interface MediaPlaces {
  /** Absolute path of the log. */
  readonly log: string;
  /** Absolute; nothing outside of them is touched. */
  readonly folders: readonly string[];
}

/**
 * Finds the file that a cell names. The text is relative to the log's folder (Gradio up to 3.1, and ours), to the
 * folder in which the app ran (since 4.0), or absolute, on this machine or another one; its separators are those of
 * either system. What stands beside the log is preferred.
 */
export async function resolveMedia(text: string, { log, folders }: MediaPlaces): Promise<ResolvedMedia> {
  if (/^(?:[a-z][a-z\d+.-]+:\/\/|data:)/i.test(text))
    return { problem: `“${shown(text)}” is an address, not a file of this log.` };
  if (text === '' || text.includes('\0')) return { problem: 'The path is none that a file can have.' };
  const roots = await allForms(folders);
  const isInside = (path: string): boolean => roots.some((root) => contains(root, path));
  const isOutside = isAbsolute(text) && !isInside(resolve(text));
  let problem = isOutside
    ? `“${shown(text)}” is outside of the workspace and is not opened.`
    : `The file “${shown(text)}” was not found.`;
  for (const candidate of candidatesOf(text, dirname(log), folders).filter(isInside)) {
    const file = await realpath(candidate).catch(() => undefined);
    if (file === undefined) continue;
    if (!isInside(file)) problem = `“${shown(text)}” leads out of the workspace and is not opened.`;
    else if ((await stat(file)).isFile()) return { file };
    else problem = `“${shown(text)}” is a folder.`;
  }
  return { problem };
}

/** Absolute paths that the text may mean, the likeliest first. */
function candidatesOf(text: string, logFolder: string, folders: readonly string[]): string[] {
  const path = text.replaceAll('\\', '/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const rooted = isAbsolute(text) || path.startsWith('/') || /^[a-z]:/i.test(path);
  const found = rooted ? [] : [resolve(logFolder, path)];
  const name = basename(logFolder);
  for (let index = parts.length - 2; index >= 0; index--) {
    if (parts[index] === name) found.push(resolve(logFolder, ...parts.slice(index + 1)));
  }
  if (isAbsolute(text)) found.push(resolve(text));
  if (!rooted) found.push(...folders.map((folder) => resolve(folder, path)));
  // The folder of the log may have been renamed or moved: below it stand the component's folder, a random one, the file.
  for (const length of [3, 2]) if (parts.length > length) found.push(resolve(logFolder, ...parts.slice(-length)));
  return [...new Set(found)];
}

/** The folders as they were given and with links followed. */
async function allForms(folders: readonly string[]): Promise<string[]> {
  const forms = folders.map(async (folder) => [resolve(folder), await realpath(folder).catch(() => resolve(folder))]);
  return [...new Set((await Promise.all(forms)).flat())];
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function shown(text: string): string {
  return text.length > 100 ? `…${text.slice(-99)}` : text;
}
