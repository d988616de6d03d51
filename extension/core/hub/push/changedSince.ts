import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What no push takes along, and others write to all the time. */
const passedOver: ReadonlySet<string> = new Set(['.git', 'node_modules', '__pycache__']);

/**
 * Whether a file, or anything in a folder, was written after a moment. What was converted from it before is of no use
 * then. Links are not followed, as no push does.
 *
 * @param path absolute
 * @param time ms since 1970
 */
export async function changedSince(path: string, time: number): Promise<boolean> {
  const found = await stat(path);
  if (found.mtimeMs > time) return true;
  if (!found.isDirectory()) return false;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (passedOver.has(entry.name) || !(entry.isFile() || entry.isDirectory())) continue;
    if (await changedSince(join(path, entry.name), time)) return true;
  }
  return false;
}
